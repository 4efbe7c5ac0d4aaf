#!/usr/bin/env bash
# timescale-down.sh DIR [fast|immediate]: stops the server that timescale-up.sh started there; no server is no error.
# `immediate` is the crash that PostgreSQL recovers from at the next start.
set -euo pipefail

DIR=${1:?usage: timescale-down.sh DIR [fast|immediate]}
# shellcheck source-path=SCRIPTDIR source=server.sh
. "$(dirname "$(readlink -f "$0")")/server.sh"

if is_alive; then server "$BIN/pg_ctl" -s -w -t 60 -D "$DATA" -m "${2:-fast}" stop || ! is_alive; fi
