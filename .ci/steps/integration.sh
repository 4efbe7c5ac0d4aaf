#!/usr/bin/env bash
# integration.sh DIR [vitest arguments …]: the test suite on the real TimescaleDB (unpacked into DIR) and,
# where tests ask for one, on the real Mosquitto or NATS server, and with openssl.
set -euo pipefail

dir=${1:?usage: integration.sh DIR [vitest arguments …]}
shift
scripts=packages/testkit/timescale
port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })')

trap '"$scripts/timescale-down.sh" "$dir" immediate' EXIT
CORDON_TEST_DATABASE_URL=$("$scripts/timescale-up.sh" "$dir" "$port")
export CORDON_TEST_DATABASE_URL CORDON_TEST_MOSQUITTO=1 CORDON_TEST_NATS=1 CORDON_TEST_OPENSSL=1
PATH=$PATH:$(readlink -f "$dir")/prefix/usr/lib/postgresql/17/bin # pg_dump of the same version, for the schema's dump
npm test -- "$@"
