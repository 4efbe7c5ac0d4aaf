#!/usr/bin/env bash
# compose.sh DIR: docker-compose.yml against the Compose specification's schema, which comes out of Debian's package
# docker-compose: downloaded into DIR and unpacked there, not installed.
set -euo pipefail

dir=${1:?usage: compose.sh DIR}
mkdir -p "$dir"
(cd "$dir" && apt-get -qq download docker-compose && dpkg-deb -x docker-compose_*.deb .)
schema=$(find "$dir" -name compose_spec.json)
[ -n "$schema" ] || { echo 'the package docker-compose holds no compose_spec.json' >&2 && exit 1; }
node .ci/check-compose.mjs "$schema"
