#!/usr/bin/env bash
# ordinary-user.sh DIR: what a newcomer does, as a user without any right: a fresh clone in DIR, `npm ci`, and the first hour
# with `npm start`. Run as root, it becomes `nobody` with a home of its own.
set -euo pipefail

dir=${1:?usage: ordinary-user.sh DIR}
mkdir -p "$dir/home"
git clone --quiet . "$dir/clone"
mkdir -p "$dir/shared"
cp -r ../shared/acceptance "$dir/shared/"
chown -R nobody "$dir"
chmod 755 "$dir"

# where packages come from on this machine; nothing else of root's settings
registry=$(npm config get registry)
as_nobody() { runuser -u nobody -- env HOME="$dir/home" TMPDIR="$dir/home" npm_config_registry="$registry" "$@"; }

cd "$dir/clone"
as_nobody npm ci --no-audit --no-fund
as_nobody node ../shared/acceptance/first-hour.mjs
