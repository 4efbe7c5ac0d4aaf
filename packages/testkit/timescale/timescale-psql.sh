#!/usr/bin/env bash
# timescale-psql.sh DIR [psql arguments …]: psql 17 on the server that timescale-up.sh started there, as postgres.
# Other client programs by name: CORDON_TIMESCALE_COMMAND=pg_dump timescale-psql.sh DIR --schema-only …
set -euo pipefail

DIR=${1:?usage: timescale-psql.sh DIR [psql arguments …]}
shift
# shellcheck source-path=SCRIPTDIR source=server.sh
. "$(dirname "$(readlink -f "$0")")/server.sh"

is_answering || die "no server runs in $DIR"
exec env PGHOST=127.0.0.1 PGPORT="$(running_port)" PGUSER="${PGUSER:-postgres}" "$BIN/${CORDON_TIMESCALE_COMMAND:-psql}" "$@"
