#!/usr/bin/env bash
# ordinary-user.sh DIR COMMAND…: what a newcomer does, as a user without any right on a machine with Node and npm: a fresh clone in
# DIR and `npm ci` the first time, then COMMAND in that clone. Run as root, it becomes `nobody` with a home of its own; PATH has
# none of the servers and tools that the other steps install.
set -euo pipefail

dir=${1:?usage: ordinary-user.sh DIR COMMAND…}
shift
[[ $dir = /* ]] || dir=$PWD/$dir

# where packages come from on this machine; nothing else of root's settings
registry=$(npm config get registry)
as_ordinary() {
  local user=()
  [ "$(id -u)" != 0 ] || user=(runuser -u nobody --)
  "${user[@]}" env HOME="$dir/home" TMPDIR="$dir/home" PATH="$dir/bin" npm_config_registry="$registry" "$@"
}

prepare() {
  mkdir -p "$dir"/{home,bin,shared}
  ln -s -t "$dir/bin" /usr/bin/*
  ln -sf -t "$dir/bin" "$(command -v node)" "$(command -v npm)" "$(command -v npx)"
  (cd "$dir/bin" && rm -f mosquitto* nats* pg_* psql postgres initdb createdb openssl promtool docker* chromium*)
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
