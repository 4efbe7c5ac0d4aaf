#!/usr/bin/env bash
# leftovers.sh none|kill MARK: processes that the steps of a run have left behind. They are known by CORDON_CI_STEP=MARK, which
# every process of a step inherits, so nothing else on the machine is touched.
#   none   fails, and shows them, when some still run after five seconds
#   kill   ends them
set -euo pipefail

# This script runs as a step itself: it and its children must not look like leftovers.
if [ -n "${CORDON_CI_STEP:-}" ]; then exec env -u CORDON_CI_STEP "$0" "$@"; fi
mark=${2:?usage: leftovers.sh none|kill MARK}

leftovers() {
  local environ pid
  for environ in /proc/[0-9]*/environ; do
    pid=${environ//[^0-9]/}
    if [ "$pid" != "$PPID" ] && grep -qzx "CORDON_CI_STEP=$mark" "$environ" 2>/dev/null; then echo "$pid"; fi
  done
}

none() {
  local found
  for _ in 1 2 3 4 5; do
    found=$(leftovers)
    [ -n "$found" ] || return 0
    sleep 1
  done
  echo 'left running:'
  ps -o pid,args -p "$(tr '\n' ',' <<<"$found" | sed 's/,*$//')"
  return 1
}

case $1 in
  none) none ;;
  kill) for pid in $(leftovers); do kill -KILL "$pid" 2>/dev/null || true; done ;;
  *) echo "leftovers.sh: $1?" >&2 && exit 2 ;;
esac
