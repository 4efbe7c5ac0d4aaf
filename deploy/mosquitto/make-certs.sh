#!/bin/sh
# make-certs.sh DIR HOST…: a private certificate authority in DIR/ca and, signed by it, the broker's certificate in
# DIR/server for these host names and addresses. What is there already is kept: delete DIR/server to renew it.
#
#   DIR/ca/ca.crt                  for tags and clients, which must trust it
#   DIR/ca/ca.key                  signs further certificates; not for the broker
#   DIR/server/server.crt, .key    for the broker
#
# A certificate from a public authority goes into DIR/server in its place.
set -eu

dir=${1:?usage: make-certs.sh DIR HOST…}
shift
[ $# -gt 0 ] || set -- localhost 127.0.0.1

# subjectAltName = DNS:… for names, IP:… for addresses
names=
for host in "$@"; do
  case $host in
    *:* | *[0-9].[0-9]*.[0-9]*.[0-9]*) names="$names,IP:$host" ;;
    *) names="$names,DNS:$host" ;;
  esac
done

new_key() { (umask 077 && openssl ecparam -name prime256v1 -genkey -noout -out "$1"); }

if [ ! -f "$dir/ca/ca.crt" ]; then
  mkdir -p "$dir/ca"
  new_key "$dir/ca/ca.key"
  openssl req -x509 -new -sha256 -key "$dir/ca/ca.key" -days 3650 -subj '/CN=Cordon broker CA' \
    -addext 'keyUsage = critical, keyCertSign, cRLSign' -out "$dir/ca/ca.crt"
fi

if [ ! -f "$dir/server/server.crt" ]; then
  mkdir -p "$dir/server"
  new_key "$dir/server/server.key"
  extensions=$(mktemp)
  trap 'rm -f "$extensions" "$dir/server/server.csr"' EXIT
  printf 'subjectAltName = %s\nextendedKeyUsage = serverAuth\nbasicConstraints = critical, CA:FALSE\n' "${names#,}" >"$extensions"
  openssl req -new -sha256 -key "$dir/server/server.key" -subj "/CN=$1" -out "$dir/server/server.csr"
  # 825 days: the longest that Apple's clients, OwnTracks among them, accept
  openssl x509 -req -sha256 -in "$dir/server/server.csr" -days 825 -CA "$dir/ca/ca.crt" -CAkey "$dir/ca/ca.key" \
    -CAcreateserial -extfile "$extensions" -out "$dir/server/server.crt" 2>/dev/null
fi
