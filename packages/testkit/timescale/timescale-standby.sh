#!/usr/bin/env bash
# timescale-standby.sh DIR up PORT: a synchronous physical standby of the server that timescale-up.sh started there. Prints its address.
# timescale-standby.sh DIR promote: makes it the primary.
# timescale-standby.sh DIR down: stops it, removes it, and lets the first server commit alone again if that one answers.
#
# Synchronous: a transaction is committed when the standby has it on its disk too. Without that a fail-over loses the last ones.
set -euo pipefail

DIR=${1:?usage: timescale-standby.sh DIR up PORT | promote | down}
COMMAND=${2:?usage: timescale-standby.sh DIR up PORT | promote | down}
HERE=$(dirname "$(readlink -f "$0")")
# shellcheck source-path=SCRIPTDIR source=server.sh
. "$HERE/server.sh"
STANDBY=$RUN/standby

sql() { "$HERE/timescale-psql.sh" "$DIR" -qAtc "$1" postgres; }

# pg_basebackup is unpacked with the others, and started with the prefix's own loader as they are
base_backup() {
  local libraries=$PREFIX/usr/lib/x86_64-linux-gnu
  local program=$BIN/pg_basebackup
  [ ! -e "$program.real" ] || program=$program.real
  server "$PREFIX/usr/lib64/ld-linux-x86-64.so.2" --library-path "$libraries" --argv0 "$BIN/pg_basebackup" "$program" "$@"
}

up() {
  local port=$1 tries
  is_answering || die "no server runs in $DIR"
  server rm -rf "$STANDBY"
  base_backup -h 127.0.0.1 -p "$(running_port)" -U postgres -D "$STANDBY" -R -X stream -c fast
  server "$BIN/pg_ctl" -s -w -t 60 -D "$STANDBY" -l "$RUN/standby.log" -o "-p $port" start
  sql "alter system set synchronous_standby_names = '*'"
  sql 'select pg_reload_conf()' >/dev/null
  for tries in $(seq 1 60); do
    if [ "$(sql "select count(*) from pg_stat_replication where sync_state = 'sync'")" = 1 ]; then
      echo "postgres://postgres@127.0.0.1:$port/postgres"
      return
    fi
    sleep 0.5
  done
  die "the standby did not follow in 30 s (after $tries tries)"
}

promote() {
  server "$BIN/pg_ctl" -s -w -t 60 -D "$STANDBY" promote
  # it must not wait for a standby that it does not have
  server sh -c "echo \"synchronous_standby_names = ''\" >>'$STANDBY/postgresql.auto.conf'"
  server "$BIN/pg_ctl" -s -D "$STANDBY" reload
}

down() {
  if server test -e "$STANDBY/postmaster.pid"; then server "$BIN/pg_ctl" -s -w -t 60 -D "$STANDBY" -m immediate stop || true; fi
  server rm -rf "$STANDBY"
  if is_answering; then
    sql 'alter system reset synchronous_standby_names'
    sql 'select pg_reload_conf()' >/dev/null
  fi
}

case $COMMAND in
  up) up "${3:?usage: timescale-standby.sh DIR up PORT}" ;;
  promote) promote ;;
  down) down ;;
  *) die "what is $COMMAND?" ;;
esac
