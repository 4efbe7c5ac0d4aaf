#!/bin/sh
# serve.sh CONF ACCOUNTS: nats-server with nats-server.conf and site.conf of the folder CONF and the accounts of the file ACCOUNTS.
#
# For a container: whoever writes the accounts is in another one and cannot signal this server. So this waits until the file is
# there, and has the server read it again within a second of each change.
set -eu

conf=${1:?usage: serve.sh CONF ACCOUNTS}
accounts=${2:?usage: serve.sh CONF ACCOUNTS}

# One folder with all three, because the one includes the others by name.
home=$(mktemp -d)
ln -s "$conf/nats-server.conf" "$conf/site.conf" "$home/"
ln -s "$accounts" "$home/accounts.conf"
# A new file takes the place of the old one in one step: another inode or another time.
stamp() { stat -L -c '%i %Y' "$home/accounts.conf"; }

until [ -s "$accounts" ]; do sleep 1; done
seen=$(stamp)
nats-server --config "$home/nats-server.conf" &
server=$!
trap 'kill -TERM "$server" 2>/dev/null' TERM INT

while kill -0 "$server" 2>/dev/null; do
  now=$(stamp) || now=$seen
  if [ "$now" != "$seen" ]; then
    seen=$now
    kill -HUP "$server"
  fi
  sleep 1 &
  wait $! || true # a signal ends the waiting
done
status=0
wait "$server" || status=$?
rm -rf "$home"
exit "$status"
