#!/usr/bin/env bash
# unpack.sh PREFIX: Debian trixie's PostgreSQL 17 and TimescaleDB (Apache-2 edition), downloaded and unpacked into PREFIX.
#
# Nothing outside PREFIX is touched: apt works with lists, cache and status of its own, and the programs run with the
# prefix's own loader and C library, so the host may be older than trixie. The mirror is the one that this machine's apt
# already uses; the packages are verified with Debian's archive keys.
# Needs apt, dpkg, debian-archive-keyring and tzdata on amd64. 39 MB of packages, 105 MB on disk.
set -euo pipefail

PREFIX=${1:?usage: unpack.sh PREFIX}
SUITE=trixie
KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg
LOADER=usr/lib64/ld-linux-x86-64.so.2
LIBRARIES=usr/lib/x86_64-linux-gnu
PROGRAMS=usr/lib/postgresql/17/bin

# The server, the clients, and every library they link or load. apt's own resolver would add perl, adduser and 80 MB more
# for maintainer scripts that never run here; `check_links` fails when Debian adds a library to the list.
PACKAGES=(
  postgresql-17 postgresql-client-17 postgresql-17-timescaledb libpq5
  libc6 libgcc-s1 libstdc++6 libicu76 libssl3t64 libxml2 liblzma5 liblz4-1 libzstd1 zlib1g libxxhash0
  libldap2 libsasl2-2 libgssapi-krb5-2 libkrb5-3 libk5crypto3 libkrb5support0 libcom-err2 libkeyutils1
  libpam0g libaudit1 libcap-ng0 libsystemd0 libcap2 libreadline8t64 libtinfo6
)
COMMANDS=(postgres initdb pg_ctl pg_isready psql pg_dump pg_restore pg_basebackup)

die() {
  echo "timescale: $*" >&2
  exit 1
}

check_host() {
  [ "$(dpkg --print-architecture 2>/dev/null)" = amd64 ] || die 'only Debian and its derivatives on amd64 are supported'
  [ -r "$KEYRING" ] || die 'the package debian-archive-keyring is missing'
  [ -d /usr/share/zoneinfo/Europe ] || die 'the package tzdata is missing'
}

# One "deb" line for each Debian repository of this machine, its suite replaced by ours.
sources() {
  local uris main security
  # shellcheck disable=SC2016 # apt's own words
  uris=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | sort -u)
  main=$(grep -m1 '/debian/*$' <<<"$uris") || die 'no Debian mirror among the sources of apt on this machine'
  echo "deb [signed-by=$KEYRING] $main $SUITE main"
  if security=$(grep -m1 '/debian-security/*$' <<<"$uris"); then
    echo "deb [signed-by=$KEYRING] $security $SUITE-security main"
  fi
}

# Prepares an apt that knows only our suite and believes that nothing is installed.
private_apt() {
  mkdir -p "$1/lists/partial" "$1/cache/archives/partial" "$1/debs"
  : >"$1/status"
  sources >"$1/sources.list"
  cat >"$1/apt.conf" <<CONF
Dir::Etc::sourcelist "$1/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
Dir::State "$1";
Dir::State::lists "$1/lists";
Dir::State::status "$1/status";
Dir::Cache "$1/cache";
APT::Architecture "amd64";
APT::Sandbox::User "";
Acquire::Languages "none";
Acquire::Retries "3";
CONF
}

download() {
  export APT_CONFIG=$1/apt.conf
  apt-get -qq update
  (cd "$1/debs" && apt-get -qq download "${PACKAGES[@]}")
}

# Each command becomes a script that starts the real program with the prefix's loader. --argv0 keeps PostgreSQL able to
# find its share and lib folders from its own name.
wrap_commands() {
  local command
  for command in "${COMMANDS[@]}"; do
    mv "$1/$PROGRAMS/$command" "$1/$PROGRAMS/$command.real"
    cat >"$1/$PROGRAMS/$command" <<WRAPPER
#!/bin/sh
bin=\$(dirname "\$(readlink -f "\$0")")
root=\${bin%/$PROGRAMS}
exec "\$root/$LOADER" --library-path "\$root/$LIBRARIES" --argv0 "\$bin/$command" "\$bin/$command.real" "\$@"
WRAPPER
    chmod 755 "$1/$PROGRAMS/$command"
  done
}

check_links() {
  local object missing
  for object in "$1/$PROGRAMS"/{postgres,psql}.real "$1"/usr/lib/postgresql/17/lib/timescaledb*.so; do
    missing=$("$1/$LOADER" --library-path "$1/$LIBRARIES" --list "$object" | grep 'not found' || true)
    [ -z "$missing" ] || die "${object##*/} needs libraries that are not in the list of packages:" "$missing"
  done
}

check_host
work=$PREFIX.unpacking
rm -rf "$work" "$PREFIX"
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/root"
private_apt "$work/apt"
download "$work/apt"
for package in "$work"/apt/debs/*.deb; do dpkg-deb -x "$package" "$work/root"; done
rm -rf "$work"/root/usr/lib/postgresql/17/lib/{llvmjit*,bitcode} "$work"/root/usr/share/{doc,man,locale,lintian,doc-base}
wrap_commands "$work/root"
check_links "$work/root"
chmod 755 "$work/root"
mv "$work/root" "$PREFIX" # last, so that a prefix that exists is whole
