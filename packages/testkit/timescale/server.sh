# Sourced by the timescale-*.sh scripts with DIR set: where the server's parts are, and who runs them.
# shellcheck shell=bash disable=SC2034

mkdir -p "$DIR"
DIR=$(readlink -f "$DIR")
PREFIX=$DIR/prefix          # the unpacked packages
BIN=$PREFIX/usr/lib/postgresql/17/bin
RUN=$DIR/run                # owned by the server's user: data, log, socket
DATA=$RUN/data

# PostgreSQL refuses to run as root: root hands over to `postgres` where that user exists, else to `nobody`.
as_server_user=()
if [ "$(id -u)" = 0 ]; then
  server_user=$(getent passwd postgres >/dev/null && echo postgres || echo nobody)
  as_server_user=(setpriv --reuid="$server_user" --regid="$(id -g "$server_user")" --clear-groups)
fi

die() {
  echo "timescale: $*" >&2
  exit 1
}

server() { (cd / && "${as_server_user[@]}" "$@"); }
pid_file_line() { server sed -n "$1p" "$DATA/postmaster.pid" 2>/dev/null; }
running_port() { pid_file_line 4; }

# A killed server whose parent has not collected it yet is not alive, though it still has a pid.
is_alive() {
  local pid
  pid=$(pid_file_line 1) && [ -n "$pid" ] && grep -q '^State:[[:space:]]*[^ZX]' "/proc/$pid/status" 2>/dev/null
}
is_answering() { is_alive && "$BIN/pg_isready" -q -h 127.0.0.1 -p "$(running_port)"; }
