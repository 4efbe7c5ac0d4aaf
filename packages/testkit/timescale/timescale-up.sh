#!/usr/bin/env bash
# timescale-up.sh DIR [PORT]: the real TimescaleDB on 127.0.0.1:PORT, everything of it below DIR. Prints the connection URL.
#
# The first call downloads and unpacks (about 10 s) and makes the cluster; later calls start it (0.2 s) or find it running.
# It may have been stopped in any way, also by `timescale-down.sh DIR immediate` or a kill: PostgreSQL recovers by itself.
# Anyone on this machine may sign in as postgres without a password: for tests and load, never for people's data.
#
#   CORDON_TIMESCALE_SETTINGS   further lines of postgresql.conf, taken at every start, e.g. $'work_mem = 64MB\nfsync = off'
set -euo pipefail

DIR=${1:?usage: timescale-up.sh DIR [PORT]}
PORT=${2:-55432}
HERE=$(dirname "$(readlink -f "$0")")
# shellcheck source-path=SCRIPTDIR source=server.sh
. "$HERE/server.sh"

# max_background_workers = 0: TimescaleDB otherwise keeps a scheduler connected to every database that has the extension.
# Test databases come and go by the hundred, the template must be free of connections to be copied, and this edition
# (Apache-2) has no jobs that a scheduler could run. Set it for tests of the Community edition.
settings() {
  cat <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = '$RUN'
timezone = 'UTC'
log_timezone = 'UTC'
shared_preload_libraries = 'timescaledb'
timescaledb.telemetry_level = off
timescaledb.max_background_workers = 0
max_connections = 200
shared_buffers = 512MB
synchronous_commit = on
max_wal_size = 4GB
checkpoint_timeout = 15min
checkpoint_completion_target = 0.9
wal_compression = lz4
CONF
  printf '%s\n' "${CORDON_TIMESCALE_SETTINGS:-}"
}

create_cluster() {
  mkdir -p "$RUN"
  [ "$(id -u)" != 0 ] || chown "$server_user:" "$RUN"
  chmod 700 "$RUN"
  server "$BIN/initdb" --version >/dev/null || die "the user ${server_user:-$USER} cannot reach $BIN: make the folders above readable"
  rm -rf "$RUN/new"
  server "$BIN/initdb" -D "$RUN/new" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-instructions >"$DIR/initdb.log" 2>&1 ||
    die "initdb failed: $(tail -n 3 "$DIR/initdb.log")"
  server sh -c "echo \"include '$RUN/settings.conf'\" >>'$RUN/new/postgresql.conf'"
  mv "$RUN/new" "$DATA" # last, so that data that exists is whole
}

start() {
  settings | server tee "$RUN/settings.conf" >/dev/null
  server "$BIN/pg_ctl" -s -w -t 60 -D "$DATA" -l "$RUN/log" -o "-p $PORT" start
}

# Just after a kill the old processes may still hold the data folder; PostgreSQL then refuses to start, rightly.
start_patiently() {
  local attempt
  for attempt in 1 2 3 4 5; do
    if start >"$DIR/start.log" 2>&1; then return; fi
    sleep "$attempt"
  done
  die "the server did not start: $(cat "$DIR/start.log") $(server tail -n 5 "$RUN/log")"
}

exec 9>"$DIR/lock"
flock 9 # several tests may ask at once; each command below that outlives this script closes the lock
[ -x "$BIN/postgres" ] || "$HERE/unpack.sh" "$PREFIX"
[ "$(id -u)" != 0 ] || chmod a+x "$DIR"
[ -d "$DATA" ] || create_cluster
if ! is_answering; then
  start_patiently 9>&-
elif [ "$(running_port)" != "$PORT" ]; then
  die "already running on port $(running_port)"
fi
echo "postgres://postgres@127.0.0.1:$PORT/postgres"
