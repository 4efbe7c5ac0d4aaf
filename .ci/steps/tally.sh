# Sourced by .ci/run, with $work set: runs steps, counts what passed and what failed.
# shellcheck shell=bash disable=SC2154

passed=0
failed=0
mark=${work##*/} # in the environment of every process of a step, so that leftovers.sh can know them

within() { CORDON_CI_STEP=$mark timeout --kill-after=10 "$@" </dev/null; }

# count NAME STARTED PASSED FAILED
count() {
  passed=$((passed + $3))
  failed=$((failed + $4))
  echo "── $1: $3 passed, $4 failed, $((SECONDS - $2)) s"
}

# check NAME SECONDS COMMAND…: one thing, which holds when the command ends well in time
check() {
  local name=$1 started=$SECONDS
  shift
  echo "── $name"
  if within "$@"; then count "$name" "$started" 1 0; else count "$name" "$started" 0 1; fi
}

# suite NAME SECONDS COMMAND…: vitest, which writes down how many of its tests passed
suite() {
  local name=$1 started=$SECONDS report=$work/$1.json status=0 counts
  shift
  echo "── $name"
  install -m 666 /dev/null "$report" # the step may be another user's
  within "$@" --reporter=default --reporter=json --outputFile="$report" || status=$?
  counts=$(node .ci/steps/count-tests.mjs "$report" "$status") || counts='0 1'
  # shellcheck disable=SC2086 # two numbers
  count "$name" "$started" $counts
}
