#!/bin/sh
# make-tag-certs.sh DIR COMMAND …: certificates by which tags sign in to the broker (listener 8884), from an authority of their
# own in DIR. It signs nothing but tags: whoever holds its key can be any tag, so it does not belong on the broker's machine.
#
#   make-tag-certs.sh DIR ca             the authority, and an empty list of revoked certificates; what is there is kept
#   make-tag-certs.sh DIR issue ID       DIR/tags/ID.key and .crt for the tag ID (of OwnTracks: user/device, in files user+device)
#   make-tag-certs.sh DIR revoke ID      puts the tag's certificate on the list
#
#   DIR/broker/tags-ca.crt, tags.crl     for the broker, which reads the list again on SIGHUP
#   DIR/ca/                              stays closed
#
# A tag is cut off by POST /tags/{id}/revocation, at once and without any of this; the list keeps its connection out as well.
set -eu

dir=${1:?usage: make-tag-certs.sh DIR ca|issue ID|revoke ID}
command=${2:?usage: make-tag-certs.sh DIR ca|issue ID|revoke ID}
id=${3:-}
ca=$dir/ca
broker=$dir/broker

# The names that a tag can have. The dot of Cordon's own accounts is not among them, and X.509 has room for 64 characters.
refuse_id() {
  echo "$id cannot be a tag with a certificate: 1 to 64 of A-Z a-z 0-9 _ -, or two such parts with a slash" >&2
  exit 2
}
if [ "$command" != ca ]; then
  case $id in
    '' | *[!A-Za-z0-9_/-]* | /* | */ | */*/*) refuse_id ;;
  esac
  [ ${#id} -le 64 ] || refuse_id
fi
file=$dir/tags/$(printf '%s' "$id" | tr / +)

new_key() { (umask 077 && openssl ecparam -name prime256v1 -genkey -noout -out "$1"); }

write_list() {
  openssl ca -config "$ca/openssl.cnf" -gencrl -out "$broker/tags.crl" 2>/dev/null
  chmod 644 "$broker/tags.crl" "$broker/tags-ca.crt"
}

case $command in
  ca)
    [ ! -f "$broker/tags-ca.crt" ] || exit 0
    mkdir -p "$ca/issued" "$dir/tags" "$broker"
    chmod 700 "$ca" "$dir/tags"
    : >"$ca/index.txt"
    # The list is good for ten years: one that has run out would keep every tag out, and no list has to be new for a tag to be cut off.
    cat >"$ca/openssl.cnf" <<END
[ca]
default_ca = tags
[tags]
database = $ca/index.txt
new_certs_dir = $ca/issued
rand_serial = yes
unique_subject = no
certificate = $broker/tags-ca.crt
private_key = $ca/ca.key
default_md = sha256
default_days = 1825
default_crl_days = 3650
policy = name
x509_extensions = tag
[name]
commonName = supplied
[tag]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = clientAuth
END
    new_key "$ca/ca.key"
    openssl req -x509 -new -sha256 -key "$ca/ca.key" -days 7300 -subj '/CN=Cordon tags CA' \
      -addext 'keyUsage = critical, keyCertSign, cRLSign' -out "$broker/tags-ca.crt"
    write_list
    ;;
  issue)
    new_key "$file.key"
    # A slash ends a name in -subj.
    openssl req -new -sha256 -key "$file.key" -subj "/CN=$(printf '%s' "$id" | sed 's,/,\\/,g')" -out "$file.csr"
    openssl ca -batch -config "$ca/openssl.cnf" -in "$file.csr" -out "$file.crt" -notext 2>/dev/null
    rm "$file.csr"
    ;;
  revoke)
    openssl ca -config "$ca/openssl.cnf" -revoke "$file.crt" 2>/dev/null
    write_list
    ;;
  *) echo "make-tag-certs.sh: $command?" >&2 && exit 2 ;;
esac
