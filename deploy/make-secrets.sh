#!/bin/sh
# make-secrets.sh HOST…: every secret that docker-compose.yml mounts, and the broker's certificate for HOST (the names and
# addresses that tags reach it by), in deploy/secrets. Also the authority of the tags that sign in with a certificate. What is there already is kept: delete a file to have a new one.
#
# deploy/secrets itself is closed to everyone else (0700). The files in it are readable (0644), because the containers'
# users, who have other numbers than yours, read them where they are mounted.
set -eu

here=$(dirname "$(readlink -f "$0")")
secrets=${CORDON_SECRETS_DIR:-$here/secrets}
[ $# -gt 0 ] || set -- localhost 127.0.0.1

mkdir -p "$secrets"
chmod 700 "$secrets"

# make NAME TEXT: the file NAME with TEXT, unless it is there
make() {
  [ -s "$secrets/$1" ] || printf '%s\n' "$2" >"$secrets/$1"
  chmod 644 "$secrets/$1"
}
random() { openssl rand -hex 32; }

make admin-token "$(random)"
make postgres-password "$(random)"
make database-url "postgres://postgres:$(cat "$secrets/postgres-password")@timescaledb:5432/cordon"
make mqtt-gateway-password "$(random)"
make mqtt-ingest-password "$(random)"
make nats-ingest-password "$(random)"
make nats-live-password "$(random)"
make nats-system-password "$(random)"
make webhook-key "$(random)"
make grafana-password "$(random)"

"$here/mosquitto/make-certs.sh" "$secrets/broker" mosquitto nats nats-1 nats-2 nats-3 "$@"
chmod 755 "$secrets/broker" "$secrets/broker/server"
chmod 644 "$secrets/broker/server/server.key"

"$here/mosquitto/make-tag-certs.sh" "$secrets/tags" ca
chmod 755 "$secrets/tags" "$secrets/tags/broker"

echo "Secrets are in $secrets. Tags must trust $secrets/broker/ca/ca.crt."
