#!/bin/bash
# The process of an explored program: its flags, what it prints, its exit codes.
set -u
program=$1
racy=$2
endless=$3
silent=$4
failures=0

# expect STATUS PATTERN COMMAND...: the exit code, and a line that matches in what is printed.
expect() {
  local status=$1 pattern=$2 output
  shift 2
  output=$("$@" 2>&1)
  local got=$?
  if [ "$got" -ne "$status" ] || ! grep -qaE "$pattern" <<<"$output"; then
    echo "FAILED: $*: exit code $got for $status, or no '$pattern' in:"
    echo "$output"
    failures=$((failures + 1))
  fi
}

expect 0 'verified under rc11: 2 executions' "$program"
expect 0 'verified under tso: ' "$program" --doorway_memory=tso
expect 1 'VIOLATED no_data_race: .*data' "$racy"
expect 1 'write data = 42 .*message_passing_relaxed.cc:[0-9]+' "$racy"
expect 0 'VIOLATED' "$racy" --doorway_expect=no_data_race
expect 1 'EXPECTED verified, found no_data_race' "$racy" --doorway_expect=verified
expect 1 'EXPECTED verified in 3 executions' "$program" --doorway_expect=verified --doorway_executions=3
expect 3 'bound hit: max-executions: 1' "$program" --doorway_max_executions=1
expect 0 '  2  T1 .*start' "$program" --doorway_show_all
expect 0 'default: rc11' "$program" --doorway_help
expect 2 'bad flag --doorway_memory=x' "$program" --doorway_memory=x
expect 2 'bad flag --doorway_wrong' "$program" --doorway_wrong
expect 2 'bad flag --doorway_timeout=-1' "$program" --doorway_timeout=-1
expect 2 'nothing in this program is compiled to be explored' "$silent"

# Ctrl-C: no verdict.
"$endless" counts_a_lot >"$TEST_TMPDIR/output" 2>&1 &
pid=$!
sleep 1
kill -INT $pid
wait $pid
status=$?
if [ $status -ne 3 ] || ! grep -qa 'unknown under rc11' "$TEST_TMPDIR/output"; then
  echo "FAILED: after SIGINT: exit code $status, and"
  cat "$TEST_TMPDIR/output"
  failures=$((failures + 1))
fi
exit $((failures > 0))
