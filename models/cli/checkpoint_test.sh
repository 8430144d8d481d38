#!/bin/bash
# `doorway check --checkpoint` and `--resume` from outside.
#   checkpoint_test.sh DOORWAY
# DOORWAY has the families example and slow.
set -u

. "$(dirname "$0")/cli_testing.sh"
doorway=$(realpath "$1")
begin

echo "== in pieces"
run 0 check slow/counters --json=whole.json
run 3 check slow/counters --max-executions=100 --checkpoint=kept
says "max-executions: 100"; says "to go on from here: the same command, with --resume=kept"
for most in 200 400 800; do
  run 3 check slow/counters --max-executions=$most --checkpoint=kept --resume=kept
done
run 0 check slow/counters --resume=kept --jobs=2 --json=resumed.json
says "slow/counters: VERIFIED"; says "bounds hit: none"
json resumed.json "[d[k] == json.load(open('whole.json'))[k] for k in ('executions', 'blocked', 'claims')] == [True] * 3"
run 0 check slow/counters --resume=kept --checkpoint=done
run 0 check slow/counters --resume=done --json=again.json
json again.json "d['executions'] == json.load(open('whole.json'))['executions']"

echo "== a counterexample is found again"
run 1 check example/spinlock/relaxed_unlock --stop-at=none --json=whole.json
run 1 check example/spinlock/relaxed_unlock --stop-at=none --checkpoint=kept
run 1 check example/spinlock/relaxed_unlock --stop-at=none --resume=kept --json=resumed.json
json resumed.json "[d[k] == json.load(open('whole.json'))[k] for k in ('executions', 'blocked')] == [True] * 2"
says "VIOLATED"

echo "== killed"
# Waits until the run has kept a state, and ends it.
end_by() {
  rm -f kept
  "$doorway" check slow/counters --threads=4 --checkpoint=kept "${@:2}" >out 2>err &
  for _ in $(seq 300); do
    [ -e kept ] && break
    sleep 0.1
  done
  kill "$1" $!
  wait $! 2>/dev/null
}
for how in "-KILL 1" "-KILL 2" "-TERM 1"; do
  end_by ${how% *} --jobs=${how#* }
  counted=$(python3 -c "import json
print(sum(p['executions'] for p in json.load(open('kept'))['search']['parts'] if p))") || fail "kept, after kill $how"
  [ "$counted" -gt 0 ] || fail "nothing was counted before kill $how"
  run 3 check slow/counters --threads=4 --resume=kept --timeout=2 --jobs=2 --json=resumed.json
  json resumed.json "d['executions'] >= $counted"
done

echo "== what does not fit"
run 3 check slow/counters --threads=3 --max-executions=2000 --checkpoint=kept --shard=1/2
run 2 check slow/counters --threads=3 --resume=kept
complains "--resume=kept: it is of a run with --shard=1/2, and this one is without --shard"
run 2 check slow/counters --resume=kept --shard=1/2
complains "it is of a run with --threads=3, and this one is with --threads=2"
run 2 check slow/counters --threads=3 --resume=kept --shard=1/2 --memory=tso; complains "--memory=rc11"
run 2 check slow/counter --resume=kept --shard=1/2
complains "--resume=kept: it is of slow/counters, and this run is of slow/counter"
sed 's/"build":"[0-9a-f]*"/"build":"0"/' kept >other
run 2 check slow/counters --resume=other --shard=1/2; complains "another build of doorway"
sed 's/"parts":\[/&null,/' kept >other
run 2 check slow/counters --threads=3 --resume=other --shard=1/2; complains "the search is split otherwise; start again"
for text in "" "{}" "[1]" '{"schema":"doorway.checkpoint/1"}' "$(head -c 300 kept)"; do
  echo "$text" >other
  run 2 check slow/counters --resume=other; complains "--resume=other: it is no checkpoint, or a broken one"
done
run 2 check slow/counters --resume=none; complains "No such file"
run 2 check slow/counters --checkpoint=none/kept; complains "there is no directory"
run 2 check slow/counters --checkpoint=; complains "--checkpoint"
run 2 check slow/counters example/spinlock --checkpoint=kept; complains "--checkpoint is of one search"
run 2 check --all --resume=kept; complains "--resume is of one search"
run 2 check slow/counters --checkpoint=kept --random-walks=10; complains "random walks"
run 2 check slow/counters --checkpoint=kept --estimate; complains "drop --checkpoint"
run 2 check slow/counters --checkpoint=kept --engine=state; complains "--engine=graph"
run 2 check example/spinlock --checkpoint=kept --engine=native; complains "--checkpoint"

conclude
