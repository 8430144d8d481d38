#!/bin/bash
# `doorway compare` and `doorway sweep` from outside.
#   workbench_test.sh DOORWAY CHECK_SCHEMA COMPARISON_SCHEMA SWEEP_SCHEMA
# DOORWAY has the families example, bad and slow.
set -u

. "$(dirname "$0")/cli_testing.sh"
doorway=$(realpath "$1")
check_schema=$(realpath "$2")
comparison_schema=$(realpath "$3")
sweep_schema=$(realpath "$4")
begin

# shows ROW: a row of a table, its blanks squeezed.
shows() { tr -s ' ' <out | sed 's/^ //; s/ $//' | grep -qxF -- "$1" || fail "$what does not show: $1"; }

echo "== compare: memory models"
run 1 compare example/message_passing/relaxed_flag --memory=rc11,sc,tso --json=compare.json
says "example/message_passing/relaxed_flag  messages=1"
shows "sc tso rc11"
shows "no_failed_check verified verified VIOLATED"
shows "executions 2 2 3"
says "bounds hit: none"
says "no_failed_check is broken first by rc11; it holds under sc and tso"
says "to see how: $doorway check example/message_passing/relaxed_flag --memory=rc11"
fits "$comparison_schema" compare.json
json compare.json "d['schema'] == 'doorway.comparison/1' and [r['memory_model'] for r in d['runs']] == ['sc', 'tso', 'rc11']"
json compare.json "d['first_broken'][0] == {'model': 'example/message_passing/relaxed_flag', 'claim': 'no_failed_check', 'memory_model': 'rc11', 'holds_under': ['sc', 'tso'], 'unknown_under': []}"
run 0 compare example/spinlock
shows "sc tso rc11"
run 0 compare example/spinlock --engine=state --threads=3
says "example/spinlock  threads=3"
shows "sc tso"
says "states"
run 0 compare example/test_and_set
says "bounds hit: forever loops: 2 rounds"
shows "starvation_free not judged not judged not judged"

echo "== compare: models"
run 1 compare example/spinlock example/spinlock/relaxed_unlock --json=compare.json --out=found --sarif=log.sarif
says "A  example/spinlock"
says "B  example/spinlock/relaxed_unlock"
says "engine graph, memory model rc11"
says "exclusion under rc11: kept by example/spinlock; broken by example/spinlock/relaxed_unlock"
fits "$comparison_schema" compare.json
json compare.json "'exclusion' in [c['claim'] for c in d['differences']]"
json log.sarif "d['runs'][0]['results'] != []"
[ -n "$(ls found/*.exclusion.json)" ] || fail "no counterexample in --out"
run 1 compare example/spinlock example/spinlock/relaxed_unlock --memory=sc,rc11 --claim=exclusion
shows "A sc A rc11 B sc B rc11"
run 0 compare example/spinlock slow/vacuous
says "vacuous"
run 3 compare example/spinlock slow/counter --max-executions=10
says "bounds hit, B: max-executions: 10"
run 3 compare slow/no_witness --memory=sc,tso
says "no witness"
run 2 compare bad/throws example/spinlock
says "bounds hit, A: a bad model"
says "not run"

echo "== compare: bad usage"
run 2 compare; complains "compare takes models"
run 2 compare example/spinlok; complains "did you mean example/spinlock"
run 2 compare example/spinlock --memory=sc; complains "there is nothing to compare example/spinlock with; name another model"
run 2 compare example/spinlock --memory=sc,x86; complains "there is no memory model x86; --memory takes sc, tso or rc11"
run 2 compare example/spinlock --memory=sc,; complains "--memory takes sc, tso or rc11"
run 2 compare example/spinlock example/spinlock; complains "example/spinlock is named twice"
run 2 compare example/spinlock --engine=state --memory=sc,rc11; complains "for --memory=rc11 use --engine=graph"
run 2 compare example/spinlock --threads=9; complains "takes 1 to 4"
run 2 compare example/spinlock example/message_passing --threads=2; complains "example/message_passing has no parameter --threads"
run 2 compare example/spinlock --claim=exclsion; complains "did you mean exclusion?"
run 2 compare example/spinlock --memry=sc; complains "did you mean --memory?"
run 2 compare example/spinlock --json=none/x.json; complains "there is no directory $work/none"
run 2 compre example/spinlock; complains "did you mean compare"

echo "== sweep"
run 0 sweep example/spinlock --threads=1..3 --json=sweep.json --csv=sweep.csv
says "example/spinlock: engine graph, memory model rc11"
says "threads  verdict"
shows "3 verified 6 0 0.00"
fits "$sweep_schema" sweep.json
json sweep.json "d['schema'] == 'doorway.sweep/1' and d['parameters'] == ['threads'] and d['left_out'] == [] and d['why_left_out'] is None"
json sweep.json "[r['configuration']['threads'] for r in d['runs']] == [1, 2, 3] and [r['executions'] for r in d['runs']] == [1, 2, 6]"
[ "$(cut -d, -f1-3 sweep.csv | tr '\n' ' ')" = "threads,verdict,violated 1,verified, 2,verified, 3,verified, " ] || fail "$(cat sweep.csv)"
run 1 sweep example/spinlock/relaxed_unlock --threads=1,2 --out=swept
says "violated: exclusion"
says "to see how it fails: $doorway check example/spinlock/relaxed_unlock --memory=rc11"
[ -n "$(ls swept/threads=2/*.exclusion.json)" ] || fail "no counterexample in --out"
sed 's|"executions": 6|"executions": -6|' sweep.json >bad.json
"$check_schema" "$sweep_schema" bad.json 2>err && fail "a run that is no report fits"
run 1 sweep slow/barging --clients=2..3 --engine=state --json=sweep.json
fits "$sweep_schema" sweep.json
says "states   transitions"
run 3 sweep slow/counters --threads=1..5 --budget=0.5 --json=sweep.json --csv=sweep.csv
says "left out, since the budget of 0.5 s was spent: "
says "of 5 configurations: "
says "threads=5"
says "timeout: "
fits "$sweep_schema" sweep.json
json sweep.json "len(d['runs']) + len(d['left_out']) == 5 and d['left_out'][-1] == {'threads': 5}"
grep -q "^5,left_out," sweep.csv || fail "the CSV does not say what was left out"
run 3 sweep slow/counters --threads=4..5 --timeout=0.2
[ "$(grep -c "unknown .* timeout: " out)" = 2 ] || fail "not each is stopped by --timeout"

echo "== sweep: bad usage"
run 2 sweep; complains "sweep takes one model"
run 2 sweep example/spinlock example/message_passing --threads=1..2; complains "sweep takes one model"
run 2 sweep example/spinlock; complains "sweep takes a range of a parameter, --threads=1..4; example/spinlock has --threads (1 to 4)"
run 2 sweep slow/vacuous; complains "slow/vacuous has no parameters to sweep over"
run 2 sweep example/spinlok --threads=1..2; complains "did you mean example/spinlock"
run 2 sweep example/spinlock --messages=1..2; complains "example/spinlock has no parameter --messages; it has --threads (1 to 4)"
run 2 sweep example/spinlock --threads=1..9; complains "--threads=9 is out of range; example/spinlock takes 1 to 4"
run 2 sweep example/spinlock --threads=3..1; complains "--threads=3..1: write the smaller number first: 1..3"
run 2 sweep example/spinlock --threads=1-3; complains "--threads=1-3: write a range, 1..4, or values, 1,2,4"
run 2 sweep example/spinlock --threads=1..2 --budget=soon; complains "--budget=soon is no number of seconds above 0"
run 2 sweep example/spinlock --threads=1..2 --budgt=3; complains "did you mean --budget?"
run 2 sweep example/spinlock --threads=1..2 --csv=none/x.csv; complains "there is no directory $work/none"
run 2 sweep example/spinlock --threads=1..2 --json=.; complains "it is a directory"

echo "== Ctrl-C"
# interrupted SECONDS ARGUMENTS...: as run, with a Ctrl-C after so many seconds.
interrupted() {
  local seconds=$1
  shift
  "$doorway" "$@" >out 2>err &
  local pid=$!
  sleep "$seconds"
  kill -INT $pid
  wait $pid
  [ $? = 3 ] || fail "interrupted: exit code is not 3"
  what="doorway $*, interrupted"
}
interrupted 1 compare slow/counter example/spinlock --json=compare.json
says "bounds hit, A: interrupted"
says "bounds hit, B: interrupted before"
fits "$comparison_schema" compare.json
json compare.json "d['runs'][0]['verdict'] == 'unknown' and d['not_run'] == [{'model': 'example/spinlock', 'memory_model': 'rc11', 'why': 'interrupted before'}]"
interrupted 1 sweep slow/counters --threads=1..5 --json=sweep.json --csv=sweep.csv
says "left out, since it was interrupted: "
fits "$sweep_schema" sweep.json
json sweep.json "d['why_left_out'] == 'it was interrupted' and len(d['runs']) + len(d['left_out']) == 5"

conclude
