#!/bin/bash
# The pages of findings in a real browser: see browser_test.js.
#   browser_test.sh DOORWAY DRIVER
# Needs Chromium (Debian's chromium), Node.js, and the npm package playwright-core, whose folder
# PLAYWRIGHT_CORE names. Screenshots go to $SCREENSHOTS, else to the test's outputs.
set -eu

doorway=$(realpath "$1")
driver=$(realpath "$2")
: "${PLAYWRIGHT_CORE:?the folder of the npm package playwright-core}"
work=$(mktemp -d "${TEST_TMPDIR:-/tmp}/browser_test.XXXXXX")
trap 'rm -rf "$work"' EXIT

# check CODE ARGUMENTS...: a page of what doorway finds.
check() {
  local code=$1 got=0
  shift
  "$doorway" check "$@" --out="$work" >"$work/out" || got=$?
  [ "$got" = "$code" ] || { cat "$work/out"; echo "doorway check $*: exit code $got, not $code"; exit 1; }
}
check 1 example/spinlock/relaxed_unlock --stop-at=exclusion              # exclusion, under RC11
check 1 example/spinlock/relaxed_unlock --claim=no_data_race             # a race
check 1 example/message_passing/relaxed_flag                             # a stale read
check 1 group/two_state/wake_before_decrement                            # a deadlock
check 1 group/two_state --engine=state --rounds=0 --reds=1               # a lasso
check 1 classic/peterson/release_entry --engine=state --memory=tso       # store buffers
check 1 uffd_wp/none --memory=sc                                         # many variables
check 0 example/message_passing                                          # a witness

"$doorway" sweep group/strict_fair --reds=1..3 --blacks=1..2 --json="$work/sweep.json" >"$work/out"
"$doorway" report "$work" >"$work/out"

node "$driver" "$PLAYWRIGHT_CORE" "$work" "${SCREENSHOTS:-${TEST_UNDECLARED_OUTPUTS_DIR:-$work}}"
