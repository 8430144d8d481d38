#!/bin/bash
# The command line from outside: what it prints where, how it ends, and which files it leaves.
#   cli_test.sh DOORWAY CHECK_SCHEMA REPORT_SCHEMA COUNTEREXAMPLE_SCHEMA
# DOORWAY has the families example, bad and slow.
set -u

. "$(dirname "$0")/cli_testing.sh"
doorway=$(realpath "$1")
check_schema=$(realpath "$2")
report_schema=$(realpath "$3")
counterexample_schema=$(realpath "$4")
begin

echo "== usage"
run 2
grep -q check err || fail "no help without a command"
run 0 --help
says "Exit codes"
run 0 check --help
says "--max-executions"
run 2 chekc example/spinlock; complains "there is no command chekc; did you mean check?"
run 2 frobnicate; complains "choose one of list, check, replay, merge, report, explain"
run 2 check; complains "check takes models"
run 2 check example/spinlok; complains "there is no model example/spinlok; did you mean example/spinlock"
run 2 check spinlock; complains "did you mean example/spinlock"
run 2 check zzzzzz; complains "\`list\` shows all models"
run 2 check example/spinlock --memry=sc; complains "check has no flag --memry; did you mean --memory?"
run 2 check example/spinlock --zzzzzz; complains "\`check --help\` lists them"
run 0 check example/spinlock --memory=tso; says "memory model tso, engine graph"
run 2 check example/spinlock --memory=x86; complains "there is no memory model x86; --memory takes sc, tso or rc11"
run 2 check example/spinlock --memory=; complains "--memory: 1 required TEXT missing"
run 2 check example/spinlock --memory; complains "--memory"
run 2 check example/spinlock --engine=spin; complains "there is no engine spin; --engine takes graph, state, relacy or native"
run 2 check example/spinlock --engine=relacy; complains "example/spinlock is not compiled for Relacy; use --engine=graph"
run 2 check example/spinlock --messages=2; complains "example/spinlock has no parameter --messages; it has --threads (1 to 4)"
run 2 check example/spinlock --threads=9; complains "--threads=9 is out of range; example/spinlock takes 1 to 4"
run 2 check example/spinlock --threads=0; complains "takes 1 to 4"
run 2 check example/spinlock --threads=99999999999; complains "takes 1 to 4"
run 2 check example/spinlock --threads=two; complains "--threads=two is no whole number"
run 2 check example/spinlock --threads=; complains "--threads: 1 required TEXT missing"
run 2 check example/spinlock --max-executions=-1; complains "--max-executions=-1 is no whole number of 1 or more"
run 2 check example/spinlock --timeout=soon; complains "--timeout=soon is no number of seconds above 0"
run 2 check example/spinlock --timeout=0; complains "is no number of seconds above 0"
run 2 check example/spinlock --forever-rounds=0; complains "--forever-rounds=0"
run 2 check example/spinlock --stop-at=exclsion; complains "did you mean exclusion?"
run 2 check example/spinlock --claim=exclsion; complains "--claim=exclsion: example/spinlock has no such claim; did you mean exclusion?"
run 2 check --all --claim=exclusion; complains "drop --claim"
run 2 check --all --threads=3; complains "drop --threads, or drop --all"
run 2 check --all slow/counter; complains "nothing is expected of slow/counter; check it without --all"
run 2 list extra; complains "list does not take extra"
run 2 explain; complains "explain takes one model"
run 2 test example/spinlock; complains "test needs --expect"
for flag in fairness=strong max-states=5 max-memory=1G partial-order=on hash-compaction=on; do
  run 2 check example/spinlock --$flag; complains "--engine=state"
  run 2 check --all --engine=graph --$flag; complains "--engine=state"
done
run 2 check example/spinlock --seed=2; complains "add --random-walks=N"
for flag in max-executions=5 forever-rounds=3 memory=rc11 random-walks=5 seed=2; do
  run 2 check example/spinlock --engine=state --$flag; complains "--engine=graph"
done
state="check example/spinlock --engine=state"
run 2 $state --fairness=fair; complains "there is no fairness fair; --fairness takes weak or strong"
run 2 $state --max-states=0; complains "--max-states=0 is no whole number of 1 or more"
for size in 0 0G G 4X 4GB -1 1.5G 99999999999999999999 99999999999T; do
  run 2 $state --max-memory=$size; complains "--max-memory=$size is no size; write a whole number above 0, with K, M, G or T"
done
run 2 $state --symmetry=maybe; complains "--symmetry=maybe: it takes on or off"
run 0 $state --symmetry=off
run 2 $state --partial-order=maybe; complains "--partial-order=maybe: it takes on or off"
run 0 $state --partial-order=on
run 2 $state --hash-compaction=maybe; complains "--hash-compaction=maybe: it takes on or off"
run 0 $state --hash-compaction=on
grep -q "VERIFIED WITHIN BOUNDS" out || fail "hash compaction proves what it cannot"
grep -q "bounds hit: hash compaction: a state is omitted with a probability of at most" out || fail "no probability"
run 2 $state --jobs=0; complains "--jobs=0 is no whole number of 1 or more"
run 0 $state --jobs=2
run 0 check example/spinlock --jobs=2
run 2 check example/spinlock --jobs=2 --max-executions=5; complains "--max-executions is for one process; drop it, or --jobs"
run 2 check example/spinlock --jobs=2 --random-walks=5; complains "--random-walks is for one process; drop it, or --jobs"
run 2 $state --jobs=1000; complains "--jobs=1000 is out of range; it takes 1 to 256"
run 2 check slow/barging --stop-at=starvation_free; complains "the graph engine cannot judge it; use --engine=state"
run 2 check --all slow/barging --fairness=strong; complains "expectations have their own fairness"
run 2 check --all slow/barging --memory=tso; complains "nothing is expected of slow/barging under tso"
run 2 check --all slow/vacuous --engine=state; complains "nothing is expected of slow/vacuous on the state engine"
run 2 test example/spinlock --expect=verified --expect-states=3; complains "--expect-states is of the state engine"
run 2 test slow/barging --engine=state --expect=verified --expect-executions=3; complains "use --expect-states"
run 2 test example/spinlock --expect=good; complains "--expect=good is none of verified"
run 2 test example/spinlock --expect=violated; complains "is none of"
run 2 test example/spinlock --expect=verified:exclusion; complains "is none of"

echo "== list and explain"
run 0 list
says "example/message_passing"
says "expected: sc verified, rc11 verified"
run 0 list --json
json out "[m for m in d if m['name'] == 'example/spinlock'][0]['parameters'][0]['max'] == 4"
json out "[m for m in d if m['name'] == 'example/spinlock/relaxed_unlock'][0]['expected'][0] == {'engine': 'graph', 'memory_model': 'rc11', 'verdict': 'violated', 'claim': 'exclusion'}"
json out "[m for m in d if m['name'] == 'slow/barging'][0]['claims'] == [{'name': 'starvation_free', 'kind': 'liveness', 'description': 'who arrives gets in', 'engines': ['state']}]"
json out "[m for m in d if m['name'] == 'slow/barging'][0]['expected'][0] == {'engine': 'state', 'memory_model': 'sc', 'fairness': 'weak', 'parameters': {'clients': 3}, 'verdict': 'violated', 'claim': 'starvation_free'}"
run 0 explain slow/barging
says "starvation_free (liveness): who arrives gets in [state engine alone]"
says "  state sc clients=3 violated:starvation_free"
run 0 explain example/spinlock
says "source: models/example/spinlock.cc"
says "threads: 2, then after(), when all have finished"
says "--threads=2  (1 to 4)  clients of the lock"

echo "== linearize"
cat >good.jsonl <<'EOF'
{"process": 0, "type": "invoke", "f": "write", "args": [1]}
{"process": 1, "type": "invoke", "f": "read"}
{"process": 1, "type": "ok", "result": 0}
{"process": 2, "type": "invoke", "f": "write", "args": [2]}
{"process": 1, "type": "invoke", "f": "read"}
{"process": 0, "type": "ok"}
{"process": 1, "type": "ok", "result": 1}
EOF
sed '$d' good.jsonl >bad.jsonl
echo '{"process": 1, "type": "ok", "result": 3}' >>bad.jsonl
run 0 linearize good.jsonl --spec=register --initial=0
says "good.jsonl: VERIFIED, linearizable as register"
says "4 operations of 3 processes, 1 pending"
run 1 linearize good.jsonl --spec=register
says "read() = 0 of process 1, lines 2 to 3, has no place in any order."
run 1 linearize bad.jsonl --spec=cas_register --initial=0 --json=linearize.json
says "bad.jsonl: VIOLATED, not linearizable as cas_register"
says "read() = 3 of process 1, lines 5 to 7, has no place in any order."
says "the state is 1 or 2"
says "    1 to    6  0        write(1)"
json linearize.json "d['schema'] == 'doorway.linearize/1' and d['verdict'] == 'violated' and d['pending'] == 1"
json linearize.json "d['counterexample']['misfit'] == {'process': '1', 'operation': 'read() = 3', 'invoke_line': 5, 'response_line': 7}"
json linearize.json "[o['operation'] for o in d['counterexample']['prefix']] == ['read() = 0', 'write(1)']"
json linearize.json "sorted(d['counterexample']['states']) == ['1', '2']"
printf '{:process 0, :type :invoke, :f :put, :key "a", :value 1}\n{:process 1, :type :invoke, :f :get, :key "b", :value nil}\n' >kv.edn
printf '{:process 1, :type :ok, :f :get, :key "b", :value 1}\n' >>kv.edn
run 1 linearize kv.edn --spec=kv
says "2 keys"
says 'get("b") = 1 of process 1'
run 1 linearize kv.edn --spec=kv --whole
says 'get("b") = 1 of process 1'
run 0 linearize - --spec=mutex < <(printf 'x - 7\t:invoke\t:acquire\tnil\nx - 7\t:ok\t:acquire\tnil\nx - 8\t:invoke\t:acquire\tnil\n')
run 1 linearize - --spec=mutex < <(printf 'x - 7\t:invoke\t:acquire\tnil\nx - 7\t:ok\t:acquire\tnil\nx - 8\t:invoke\t:acquire\tnil\nx - 8\t:ok\t:acquire\tnil\n')
says "the state is held by process 7"
# No order of 24 writes at once lets a read see what nobody wrote; and there are 24 * 2^23 ends of them.
python3 -c "
for i in range(24): print('{\"process\": %d, \"type\": \"invoke\", \"f\": \"write\", \"args\": [%d]}' % (i, i))
print('{\"process\": 98, \"type\": \"invoke\", \"f\": \"cas\", \"args\": [1, 2]}')
print('{\"process\": 99, \"type\": \"invoke\", \"f\": \"read\"}')
print('{\"process\": 99, \"type\": \"ok\", \"result\": 99}')
for i in range(24): print('{\"process\": %d, \"type\": \"info\"}' % i)" >hard.jsonl
run 3 linearize hard.jsonl --spec=cas_register --initial=0 --max-memory=1M
says "UNKNOWN, the search for cas_register did not come to its end: memory"
run 3 linearize hard.jsonl --spec=cas_register --initial=0 --timeout=0.05 --json=linearize.json
json linearize.json "d['verdict'] == 'unknown' and d['limit'] == 'time' and 'counterexample' not in d"
run 2 linearize; complains "linearize takes a history"
run 2 linearize good.jsonl; complains "linearize needs --spec: what the object is; one of register, cas_register"
run 2 linearize good.jsonl --spec=registr; complains "there is no specification registr; did you mean register?"
run 2 linearize good.jsonl --spec=zzzzzz; complains "--spec takes register, cas_register"
run 2 linearize good.jsonl --spec=register --format=xml; complains "--format takes jsonl, edn or log"
run 2 linearize good.jsonl --spec=register --limit=3; complains "register takes no --limit"
run 2 linearize good.jsonl --spec=mutex --initial=3; complains "mutex takes no --initial"
run 2 linearize good.jsonl --spec=semaphore --initial=-1; complains "--initial=-1: semaphore takes a whole number of 0 or more"
run 2 linearize good.jsonl --spec=counter --initial=x; complains "--initial=x: counter takes a whole number"
run 2 linearize good.jsonl --spec=queue --limit=0; complains "--limit=0 is no whole number of 1 or more"
run 2 linearize good.jsonl --spec=queue; complains "good.jsonl, line 1: there is no operation write; queue has enqueue"
run 2 linearize nowhere.jsonl --spec=register; complains "nowhere.jsonl cannot be read: No such file or directory"
run 2 linearize . --spec=register; complains ". cannot be read: Is a directory"
run 2 linearize /dev/null --spec=register; complains "/dev/null, line 1: the history is empty"
run 2 linearize good.jsonl --spec=register --timeout=0; complains "--timeout=0 is no number of seconds above 0"
run 2 linearize good.jsonl --spec=register --json=none/x.json; complains "none/x.json"

echo "== check"
run 0 check example/spinlock --threads=3 --json=report.json
says "example/spinlock: VERIFIED"
says "memory model rc11, engine graph, threads=3"
says "bounds hit: none"
[ -s err ] && fail "a progress line without a terminal"
json report.json "d['schema'] == 'doorway.report/1' and d['verdict'] == 'verified' and d['executions'] == 6"
json report.json "d['configuration'] == {'threads': 3} and d['bounds_hit'] == [] and 'counterexample' not in d"
json report.json "set(d) >= {'model', 'memory_model', 'engine', 'claims', 'blocked', 'native_runs', 'seconds', 'cpu_seconds', 'peak_bytes'}"
run 0 check example/message_passing/relaxed_flag --memory=sc

echo "== real threads"
run 3 check example/spinlock --engine=native --seconds=0.1 --json=native.json
says "example/spinlock: UNKNOWN, no violation in "
says "memory model of this machine, engine native"
fits "$report_schema" native.json
json native.json "d['engine'] == 'native' and d['memory_model'] == 'hardware' and d['native_runs'] > 0"
run 2 check example/spinlock --engine=native --memory=sc; complains "drop --memory"
run 2 check example/spinlock --engine=native --timeout=1; complains "--seconds"
run 2 check example/spinlock --engine=native --jobs=2; complains "--jobs"
run 2 check example/spinlock --engine=native --shard=1/2; complains "--shard"
run 2 check example/spinlock --copies=2; complains "--engine=native"
run 2 check example/message_passing --engine=native; complains "is not compiled for real threads"
run 2 test example/spinlock --engine=native --expect=verified; complains "real threads verify nothing"

echo "== findings"
run 1 check example/message_passing example/message_passing/relaxed_flag --json=report.json --out=a/b
says "VIOLATED no_failed_check: "
says "replay: $doorway replay $work/a/b/example.message_passing.relaxed_flag.rc11.no_failed_check.json"
json report.json "[r['verdict'] for r in d] == ['verified', 'violated']"
fits "$report_schema" report.json
fits "$report_schema" a/b/*.report.json
for file in a/b/*.json; do [ "${file%.report.json}" != "$file" ] || fits "$counterexample_schema" "$file"; done
page=a/b/example.message_passing.relaxed_flag.rc11.no_failed_check
says "HTML: $work/$page.html"
says "DOT: $work/$page.dot"
grep -q "replay $work/$page.json</code>" $page.html || fail "the page does not say how to replay"
grep -q "^digraph" $page.dot || fail "no graph"
says "litmus: $work/$page.litmus"
grep -q "^exists (.*1:r0=1.*)$" $page.litmus || fail "no litmus test"
json report.json "d[1]['counterexample']['html'] == '$work/$page.html' and all(c['witness']['html'] for c in d[0]['claims'] if c['kind'] == 'exists')"
run 1 check example/message_passing/relaxed_flag --sarif=log.sarif
json log.sarif "d['version'] == '2.1.0' and [r['ruleId'] for r in d['runs'][0]['results']] == ['no_failed_check']"
run 1 replay $page.json --html=again.html
sed '/<footer>/d' again.html >a.html; sed '/<footer>/d' $page.html >b.html
cmp a.html b.html || fail "the page of the replay is another one"
json report.json "d[1]['counterexample']['path'] == '$work/a/b/example.message_passing.relaxed_flag.rc11.no_failed_check.json'"
grep -q "STALE" a/b/*.no_failed_check.txt || fail "the text file has no trace"
run 1 check example/spinlock/relaxed_unlock
says "replay: $doorway replay $work/cache/doorway/example.spinlock.relaxed_unlock.rc11.exclusion.json"
run 3 check slow/counter --max-executions=10 --json=report.json
says "UNKNOWN"
says "bounds hit: max-executions: 10"
json report.json "d['verdict'] == 'unknown' and d['bounds_hit'] != []"
run 0 check slow/counter --random-walks=20 --seed=4 --json=report.json
says "bounds hit: random walks: 20, seed 4"
says "executions in all, give or take"
json report.json "d['verdict'] == 'verified_within_bounds' and d['estimate']['walks'] == 20"
run 2 check slow/counter --random-walks=0; complains "--random-walks=0 is no whole number of 1 or more"
run 1 check example/spinlock/relaxed_unlock --random-walks=100 --stop-at=exclusion --out=walks
run 1 replay walks/example.spinlock.relaxed_unlock.rc11.exclusion.json
run 0 check example/spinlock slow/counter --estimate
says "example/spinlock rc11: "
says " executions, complete and blocked; exactly: the search ended"
says "slow/counter rc11: about "
says " random walks; "
run 2 check example/spinlock --estimate --out=a --json=b; complains "--estimate judges nothing and writes nothing; drop --json and --out"
run 2 check example/spinlock --estimate --engine=state; complains "--engine=graph"
run 2 check example/spinlock --estimate --engine=relacy; complains "drop --engine=relacy"
run 3 check slow/counter --timeout=0.3
says "bounds hit: timeout"
run 3 check slow/no_witness
says "no execution shows it"
run 0 check slow/vacuous
says "VACUOUS"
run 0 check example/message_passing --json=/dev/stdout
says "example/message_passing: VERIFIED"
says '"schema": "doorway.report/1"'

run 0 check example/spinlock --expand-updates --json=report.json
says "engine graph, threads=2, updates expanded"
json report.json "d['expand_updates'] and d['verdict'] == 'verified'"

echo "== check --all"
run 0 check --all example/spinlock example/spinlock/relaxed_unlock --sarif=log.sarif
says "5 of 5 as expected"
json log.sarif "d['runs'][0]['results'] == []"
run 1 check --all slow/vacuous
says "idle: vacuous"
run 3 check --all example/spinlock --engine=graph --max-executions=1 --memory=sc
says "0 of 1 as expected"

echo "== shards"
for text in 0/2 3/2 2 1/ a/b 1/2/3 -1/2 1/2x; do
  run 2 check example/spinlock --shard=$text; complains "--shard=$text: write 1/8 for the first of eight"
done
run 1 check example/spinlock/relaxed_unlock --memory=sc --random-walks=100 --pct=2; says "VIOLATED"
run 0 check example/spinlock --random-walks=10 --pct=3 --seed=4; says "random walks: 10 by priorities, depth 3, seed 4"
run 2 check example/spinlock --pct=3; complains "add --random-walks=N"
run 2 check example/spinlock --random-walks=5 --pct=0; complains "--pct=0"
run 2 check example/spinlock --shard=1/2 --random-walks=5; complains "--shard is a part of a search"
run 2 check example/spinlock --engine=state --shard=1/2; complains "--engine=graph"
run 0 check example/spinlock --threads=3 --memory=tso --json=whole.json
for shard in 1 2 3; do
  run 0 check example/spinlock --threads=3 --memory=tso --shard=$shard/3 --jobs=2 --json=part.$shard
  says "VERIFIED WITHIN BOUNDS"; says "bounds hit: shard $shard of 3"
done
fits "$report_schema" part.1
run 0 merge part.2 part.1 part.3 --json=merged.json
says "example/spinlock: VERIFIED"; says "bounds hit: none"
json merged.json "[d[k] == json.load(open('whole.json'))[k] for k in ('executions', 'blocked', 'stuck')] == [True] * 3"
run 0 merge part.1 part.2 part.3 --expect=verified --xml=merged.xml; says "PASS exclusion"
run 1 merge part.1 part.2 part.3 --expect=violated:exclusion
run 2 merge; complains "merge takes the files"
run 2 merge part.1 part.3; complains "of 3 shards, these are missing: 2"
run 2 merge part.1 part.1; complains "part.1 is shard 1 as well"
run 2 merge whole.json; complains "this report is not of a shard"
echo '{"schema": "doorway.report/1", "shard": {"index": 1}}' >broken.json
run 2 merge broken.json; complains "this is no report"
echo nothing >broken.json
run 2 merge broken.json; complains "this is no report"
mkdir found
run 1 check example/spinlock/relaxed_unlock --shard=1/1 --json=found/report.json --out=found
mv found elsewhere
run 1 merge elsewhere/report.json; says "VIOLATED exclusion"
run 1 merge elsewhere/report.json --json=/dev/null
run 0 merge elsewhere/report.json --expect=violated:exclusion; says "PASS exclusion"
rm elsewhere/*exclusion*
run 1 merge elsewhere/report.json --expect=violated:exclusion; says "keep --out beside --json"

echo "== symmetry of the graph engine"
run 0 check example/spinlock --threads=3 --json=whole.json
run 0 check example/spinlock --threads=3 --symmetry=on --json=report.json
says "(standing for "; says "interchangeable: threads 0, 1, 2 (executions that differ in nothing else are one)"
fits "$report_schema" report.json
json report.json "d['represented'] == json.load(open('whole.json'))['executions'] == 6 * d['executions']"
for shard in 1 2; do run 0 check example/spinlock --threads=3 --symmetry=on --shard=$shard/2 --json=part.$shard; done
run 0 merge part.1 part.2 --json=merged.json
json merged.json "[d[k] == json.load(open('report.json'))[k] for k in ('executions', 'represented', 'interchangeable')] == [True] * 3"
run 0 check example/spinlock --threads=3 --shard=2/2 --json=part.2
run 2 merge part.1 part.2; complains '"interchangeable"'
run 1 check example/spinlock/relaxed_unlock --symmetry=on; says "VIOLATED"
run 0 check example/message_passing --symmetry=on --json=report.json; json report.json "d['interchangeable'] is None"
run 2 check example/spinlock --engine=native --symmetry=on; complains "--symmetry"
run 0 check --all example/spinlock --engine=graph --symmetry=on; says "2 of 2 as expected"
run 2 check example/spinlock --symmetry=yes; complains "--symmetry=yes: it takes on or off"

echo "== the state engine"
run 1 check slow/barging --engine=state --json=report.json --out=lasso
says "memory model sc, engine state, clients=2"
says "under weak fairness"
says "from here on, for ever:"
json report.json "d['engine'] == 'state' and d['fairness'] == 'weak' and min(d['states'], d['transitions'], d['depth']) > 0"
json report.json "d['claims'][0]['kind'] == 'liveness' and d['counterexample']['claim'] == 'starvation_free'"
lasso=$work/lasso/slow.barging.state_sc.starvation_free.json
fits "$report_schema" report.json
fits "$counterexample_schema" "$lasso"
json "$lasso" "d['lasso']['starved'] in (0, 1) and d['lasso']['running'] != [] and d['lasso']['fairness'] == 'weak'"
run 1 replay "$lasso"
says "(weak fairness)"
says "back to step"
sed 's|"starved": .*,|"starved": 7,|' "$lasso" >spoiled.json
run 2 replay spoiled.json; complains "lasso: \"starved\" is 7, not within 0 to 1"
sed 's|"cycle_begins_at_step": .*,|"cycle_begins_at_step": 1,|' "$lasso" >spoiled.json
run 2 replay spoiled.json; complains "the file does not replay: its infinite run is none, in turn "
run 0 check slow/barging --engine=state --fairness=strong --max-memory=1G --jobs=1
says "slow/barging: VERIFIED"
says "under strong fairness"
run 0 check slow/barging
says "not judged by the graph engine: starvation_free"
run 0 check --all slow/barging
says "ok     slow/barging state sc clients=3: violated:starvation_free  ("
says "ok     slow/barging state sc strong: verified  ("
says "2 of 2 as expected"
run 0 test slow/barging --engine=state --expect=violated:starvation_free --xml=test.xml
run 0 test slow/barging --engine=state --fairness=strong --expect=verified --xml=test.xml --add-to-xml
grep -q 'testsuite name="slow/barging.state_sc"' test.xml || fail "test.xml does not name the engine"
grep -q 'testsuite name="slow/barging.state_sc_strong"' test.xml || fail "test.xml has not both searches"
run 1 test slow/barging --engine=state --fairness=strong --expect=verified --expect-states=1
says "FAIL states: expected 1, got "
run 1 check slow/barging --engine=state --memory=tso --out=tso
says "memory model tso, engine state"
says "replay: "
run 1 replay tso/slow.barging.state_tso.starvation_free.json
says "waits for ever"
run 1 check slow/polling --engine=state --out=lasso
says "tries again and again, and waits for ever"
run 1 replay lasso/slow.polling.state_sc.starvation_free.json
says "tries again and again, and waits for ever"
run 0 check --all slow/polling
run 0 check slow/fourth_round
says "VERIFIED WITHIN BOUNDS"
run 1 check slow/fourth_round --engine=state --out=lasso
says "VIOLATED no_failed_check: thread 0: check failed: a fourth round"
run 1 replay lasso/slow.fourth_round.state_sc.no_failed_check.json
says "replayed 4 steps"
run 3 check slow/counter --engine=state --max-states=10
says "UNKNOWN"
run 3 check slow/counter --engine=state --max-memory=1K
says "UNKNOWN"

echo "== relacy"
run 0 check slow/vacuous --engine=relacy --json=report.json
says "VERIFIED WITHIN BOUNDS"
says "relacy is a weaker judge"
json report.json "d['engine'] == 'relacy' and d['verdict'] == 'verified_within_bounds'"
run 1 check slow/no_witness --engine=relacy --json=report.json
says "upstream Relacy says: DATA RACE"
json report.json "d['counterexample'] == {'claim': 'idle', 'sentence': 'upstream Relacy says: DATA RACE', 'path': None, 'html': None}"
run 2 check slow/vacuous --engine=relacy --timeout=3; complains "Relacy runs to bounds of its own"
run 2 check slow/vacuous --engine=relacy --expand-updates; complains "--expand-updates, or use"
run 2 check slow/vacuous --engine=relacy --memory=sc; complains "Relacy knows the C++ memory model only"
run 0 test slow/vacuous --engine=relacy
run 1 test slow/no_witness --engine=relacy
says "FAIL what_relacy_finds_we_find: Relacy finds idle violated"

echo "== unwritable outputs"
run 2 check example/spinlock --json=none/report.json; complains "cannot write $work/none/report.json: there is no directory $work/none"
run 2 check example/spinlock --sarif=none/log; complains "cannot write $work/none/log"
run 2 check example/spinlock --json=.; complains "it is a directory; name a file in it"
touch file
run 2 check example/spinlock --out=file/out; complains "$work/file is not a directory"
no_file none
run 2 check example/spinlock --json=/dev/full
grep -q "cannot write /dev/full" err || fail "a full device is no error"
chmod 555 a
[ -w a ] || { run 2 check example/spinlock --out=a/new; complains "cannot write into"; }
chmod 755 a

echo "== bad models"
for model in throws crashes shares_plain_state reads_uninitialised never_stops allocates writes_in_a_spin; do
  run 2 check "bad/$model" --json=bad.json --out=bad
  complains "doorway: model bad/$model: "
  no_file bad.json
  no_file bad
done
run 2 check bad/throws example/spinlock --json=bad.json
says "example/spinlock: VERIFIED"
json bad.json "[r['model'] for r in d] == ['example/spinlock']"

echo "== replay"
found=$work/a/b/example.message_passing.relaxed_flag.rc11.no_failed_check.json
run 1 replay "$found"
says "VIOLATED no_failed_check: "
run 0 replay "$work/a/b/example.message_passing.rc11.delivered.json"
says "WITNESS delivered: "
run 2 replay; complains "replay takes a file"
run 2 replay none.json; complains "cannot read $work/none.json"
run 2 replay a; complains "there is no JSON in it"
run 2 replay a/b; complains "choose one: --entry=example.message_passing.rc11.delivered.json or"
run 1 replay a/b --entry="$(basename "$found")"
head -c 700 "$found" >bad.json
run 2 replay bad.json; complains "is cut off or is no JSON"
: >bad.json
run 2 replay bad.json; complains "is cut off or is no JSON"
echo '{"name": "somebody else"}' >bad.json
run 2 replay bad.json; complains "not of ours"
run 2 replay report.json; complains "is a report, not a counterexample"
# spoil FROM TO: the counterexample, with a text replaced.
spoil() { sed "s|$1|$2|" "$found" >bad.json; run 2 replay bad.json; }
spoil 'counterexample/1' 'counterexample/2'; complains "this doorway reads doorway.counterexample/1"
spoil '"model": ".*"' '"model": "example/mesage_passing"'; complains "did you mean example/message_passing"
spoil '"messages": 1' '"mesages": 1'; complains "another version of the model: example/message_passing/relaxed_flag has no parameter"
spoil '"messages": 1' '"messages": 7'; complains "takes 1 to 3"
spoil '"memory_model": "rc11"' '"memory_model": "tso"'; complains "the file does not replay"
spoil '"memory_model": "rc11"' '"memory_model": "x86"'; complains "not sc, tso or rc11"
spoil '"memory_model": "rc11"' '"memory_model": "sc"'; complains "the file does not replay"
spoil '"line": .*,' '"line": 1,'; complains "the file does not replay: step 1"
spoil '"operation": "load"' '"operation": "exchange"'; complains "the file does not replay"
spoil '"claim": ".*"' '"claim": "no_data_race"'; complains "replays, but it no longer violates no_data_race"
run 1 check example/spinlock/relaxed_unlock --expand-updates --out=expanded
run 1 replay expanded --entry=example.spinlock.relaxed_unlock.rc11.expanded.exclusion.json
says "threads=2, updates expanded"
grep -v expand_updates expanded/*.exclusion.json >bad.json
run 2 replay bad.json; complains "the file does not replay"
spoil '"reads_from": 2' '"reads_from": 77'; complains "step 3: \"reads_from\" is 77, not within 1 to 2"
sed 's|"model": ".*"|"model": "example/message_passing"|' "$found" >bad.json
run 2 replay bad.json; complains "the file does not replay"
if command -v zip >/dev/null; then
  (cd a/b && zip -q ../../outputs.zip "$(basename "$found")" ./*.txt)
  run 1 replay outputs.zip
  says "VIOLATED no_failed_check: "
  mkdir test.outputs && mv outputs.zip test.outputs
  run 1 replay test.outputs
  head -c 100 test.outputs/outputs.zip >bad.zip
  run 2 replay bad.zip; complains "it is a damaged zip"
fi

echo "== Ctrl-C"
for signal in INT TERM; do
  "$doorway" check slow/counter example/spinlock --json=partial.json >out 2>err &
  pid=$!
  sleep 1
  kill -$signal $pid
  wait $pid
  [ $? = 3 ] || fail "interrupted by $signal: exit code is not 3"
  what="doorway interrupted by $signal"
  says "UNKNOWN"
  says "bounds hit: interrupted"
  grep -q "interrupted before example/spinlock" err || fail "what was not run is not said"
  json partial.json "d[0]['verdict'] == 'unknown' and d[0]['executions'] > 0 and d[0]['bounds_hit'] == ['interrupted']"
  [ -z "$(find . -name '.*.json.*')" ] || fail "temporary files are left"
  rm -f partial.json
done

echo "== test"
run 0 test example/spinlock --expect=verified --expect-executions=2 --xml=test.xml
says "PASS exclusion"
grep -q 'tests="6" failures="0"' test.xml || fail "test.xml has not six passed cases"
run 1 test example/spinlock --expect=verified --expect-executions=3 --xml=test.xml
says "FAIL executions: expected 3, got 2"
grep -q '<failure message="expected 3, got 2' test.xml || fail "test.xml has no failure"
run 1 test example/spinlock --expect=violated:exclusion
says "FAIL exclusion: expected violated, got verified"
says "FAIL expectation: the rule expects violated:exclusion, the model's registration verified"
run 1 test example/spinlock --expect=verified_within_bounds --threads=3
says "FAIL verdict: expected verified_within_bounds, got verified"
run 0 test example/message_passing/relaxed_flag --expect=violated:no_failed_check
run 1 test example/message_passing/relaxed_flag --expect=violated:exclusion
says "FAIL exclusion: the model has no claim exclusion"
run 1 test slow/vacuous --expect=verified
says "FAIL idle: vacuous"
run 0 test slow/no_witness --expect=unknown:never --memory=sc
run 1 test slow/counter --expect=verified --max-executions=5
says "got unknown (bounds hit: max-executions: 5)"
run 1 test bad/throws --expect=verified --xml=test.xml
says "FAIL model: "
grep -q 'failures="1"' test.xml || fail "test.xml hides a bad model"

conclude
