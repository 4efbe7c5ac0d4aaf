#!/usr/bin/env bash
# timescale-restore.sh DIR PORT FROM BACKUP ARCHIVE INSTANT: a second server in the new folder DIR, from a base backup and the archived
# write-ahead log, as the first one (of the folder FROM, whose programs it uses) was at that instant. Prints its URL when it takes writes.
set -euo pipefail

usage='usage: timescale-restore.sh DIR PORT FROM BACKUP ARCHIVE INSTANT'
DIR=${1:?$usage} PORT=${2:?$usage} FROM=${3:?$usage} BACKUP=${4:?$usage} ARCHIVE=${5:?$usage} INSTANT=${6:?$usage}
HERE=$(dirname "$(readlink -f "$0")")
# shellcheck source-path=SCRIPTDIR source=server.sh
. "$HERE/server.sh"

[ ! -e "$DATA" ] || die "there is a server in $DIR already"
ln -sfn "$(readlink -f "$FROM")/prefix" "$PREFIX"
mkdir -p "$RUN"
cp -a "$BACKUP" "$DATA"
: >"$DATA/recovery.signal"
sed -i "s#^include '.*/settings.conf'#include '$RUN/settings.conf'#" "$DATA/postgresql.conf"
[ "$(id -u)" != 0 ] || chown -R "$server_user:" "$RUN"
chmod 700 "$RUN" "$DATA"

settings=$(printf '%s\n' "${CORDON_TIMESCALE_SETTINGS:-}" "archive_mode = off" "restore_command = 'cp $ARCHIVE/%f %p'" \
  "recovery_target_time = '$INSTANT'" "recovery_target_action = promote")
url=$(CORDON_TIMESCALE_SETTINGS=$settings "$HERE/timescale-up.sh" "$DIR" "$PORT")
for _ in $(seq 300); do
  if [ "$("$HERE/timescale-psql.sh" "$DIR" -Atc 'select pg_is_in_recovery()')" = f ]; then
    echo "$url"
    exit 0
  fi
  sleep 0.2
done
die "the server in $DIR does not end its recovery: $(server tail -n 5 "$RUN/log")"
