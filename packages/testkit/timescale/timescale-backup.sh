#!/usr/bin/env bash
# timescale-backup.sh DIR TARGET: a base backup of the running server that timescale-up.sh started in DIR, into the new folder TARGET,
# while the server goes on working. Its write-ahead log is archived by the server itself: start it with an archive_command.
set -euo pipefail

DIR=${1:?usage: timescale-backup.sh DIR TARGET}
TARGET=${2:?usage: timescale-backup.sh DIR TARGET}
HERE=$(dirname "$(readlink -f "$0")")
CORDON_TIMESCALE_COMMAND=pg_basebackup "$HERE/timescale-psql.sh" "$DIR" \
  --pgdata="$TARGET" --checkpoint=fast --wal-method=none --no-sync --no-password
