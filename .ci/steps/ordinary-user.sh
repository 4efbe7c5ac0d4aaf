#!/usr/bin/env bash
# ordinary-user.sh DIR COMMAND…: what a newcomer does, as a user without any right on a machine with Node and npm: a fresh clone in
# DIR and `npm ci` the first time, then COMMAND in that clone. Run as root, it becomes `nobody` with a home of its own; PATH has
# none of the servers and tools that the other steps install.
set -euo pipefail

dir=${1:?usage: ordinary-user.sh DIR COMMAND…}
shift
[[ $dir = /* ]] || dir=$PWD/$dir

HIDDEN='mosquitto*|nats*|pg_*|psql|postgres|initdb|createdb|openssl|promtool|docker*|chromium*|python3*'

# where packages come from on this machine; nothing else of root's settings
registry=$(npm config get registry)
as_ordinary() {
  local user=()
  [ "$(id -u)" != 0 ] || user=(runuser -u nobody --)
  "${user[@]}" env HOME="$dir/home" TMPDIR="$dir/home" PATH="$dir/bin" npm_config_registry="$registry" "$@"
}

prepare() {
  local program name
  mkdir -p "$dir"/{home,bin,shared}
  for program in /bin/* /usr/bin/* "$(dirname "$(command -v node)")"/*; do
    name=${program##*/}
    # shellcheck disable=SC2254 # patterns
    eval "case \$name in $HIDDEN) continue ;; esac"
    ln -sf "$program" "$dir/bin/$name"
  done
  git clone --quiet . "$dir/clone"
  cp -r ../shared/acceptance "$dir/shared/"
  [ "$(id -u)" != 0 ] || chown -R nobody "$dir/home" "$dir/clone" "$dir/shared"
  chmod 755 "$dir"
  cd "$dir/clone"
  as_ordinary npm ci --no-audit --no-fund
}

if [ ! -e "$dir/clone" ]; then (prepare); fi
cd "$dir/clone"
as_ordinary "$@"
