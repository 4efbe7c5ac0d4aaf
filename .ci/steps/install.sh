#!/usr/bin/env bash
# install.sh: the programs that the steps need, where they are missing, and the npm packages of the lock file.
set -euo pipefail

# program, and the Debian package that has it
NEEDED=(
  mosquitto:mosquitto
  mosquitto_pub:mosquitto-clients
  nats-server:nats-server
  chromium:chromium
  openssl:openssl
  shellcheck:shellcheck
  setpriv:util-linux
  git:git
)
FILES=(
  /usr/share/keyrings/debian-archive-keyring.gpg:debian-archive-keyring
  /usr/share/zoneinfo/Europe/London:tzdata
  /etc/ssl/certs/ca-certificates.crt:ca-certificates
)

missing=()
for entry in "${NEEDED[@]}"; do
  PATH=$PATH:/usr/sbin command -v "${entry%%:*}" >/dev/null || missing+=("${entry#*:}")
done
for entry in "${FILES[@]}"; do
  [ -e "${entry%%:*}" ] || missing+=("${entry#*:}")
done

export DEBIAN_FRONTEND=noninteractive
if [ "$(id -u)" = 0 ]; then
  apt-get -qq update
  # RUNLEVEL=1: Debian would start a broker of its own on port 1883
  [ ${#missing[@]} = 0 ] || RUNLEVEL=1 apt-get -qq install --yes --no-install-recommends "${missing[@]}"
elif [ ${#missing[@]} != 0 ]; then
  echo "missing, and only root can install them: ${missing[*]}" >&2
  exit 1
fi

npm ci --no-audit --no-fund
