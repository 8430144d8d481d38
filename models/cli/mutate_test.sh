#!/bin/bash
# `doorway mutate` and `doorway orders` from outside.
#   mutate_test.sh DOORWAY CHECK_SCHEMA MUTATION_SCHEMA ORDERS_SCHEMA
# DOORWAY has the families example, bad and slow.
set -u

. "$(dirname "$0")/cli_testing.sh"
doorway=$(realpath "$1")
check_schema=$(realpath "$2")
mutation_schema=$(realpath "$3")
orders_schema=$(realpath "$4")
begin

echo "== mutate"
run 0 mutate example/spinlock --json=mutants.json
says "   1  killed      models/example/spinlock.cc:27 await_update  acquire -> relaxed: exclusion"
says "models/example/spinlock.cc:29 store  left out: no_stuck_thread"
says "models/example/spinlock.cc:29 store  after the next operation"
says "7 mutants: 6 killed, 0 survived, 1 equivalent, 0 undecided"
says "6 of the 6 that behave differently are killed (100 %)"
says "that holds for example/spinlock under rc11, threads=2"
fits "$mutation_schema" mutants.json
json mutants.json "d['schema'] == 'doorway.mutation/1' and (d['killed'], d['equivalent']) == (6, 1)"
json mutants.json "d['mutants'][0]['claim'] == 'exclusion' and d['mutants'][0]['line'] == 27"
run 0 mutate example/spinlock --memory=sc
says "await_update  acquire -> relaxed: no_data_race"
run 0 mutate example/spinlock --show=2
says "mutant 2: models/example/spinlock.cc:27 await_update  writes nothing"
says "VIOLATED exclusion: thread 0 (red) and thread 1 (red) are inside together"
run 0 mutate example/spinlock --expect-killed=6
run 1 mutate example/spinlock --expect-killed=5 --expect-survived=1
says "FAIL: expected are 5 killed, 1 survived, none undecided"

echo "== orders"
run 0 orders example/spinlock --threads=2..3 --json=orders.json
says "models/example/spinlock.cc:27 await_update  acquire  =       relaxed: exclusion, thread 0 (red)"
says "0 of 2 orders are stronger than needed; cost used 2, needed 2, the least there is"
says "that holds under rc11 for example/spinlock threads=2, example/spinlock threads=3"
fits "$orders_schema" orders.json
json orders.json "d['schema'] == 'doorway.orders/1' and d['cheapest'] and len(d['configurations']) == 2"
json orders.json "[o['needed'] for o in d['orders']] == ['acquire', 'release']"
run 0 orders example/spinlock --expect-used=2
run 1 orders example/spinlock --expect-used=2 --expect-needed=1
says "FAIL: expected are orders of cost 2, of which 1 is needed"

echo "== what does not hold as it is"
run 1 mutate example/spinlock/relaxed_unlock
says "example/spinlock/relaxed_unlock rc11 as it is: violated (exclusion); what changes do to it would say nothing"
run 1 orders example/spinlock/relaxed_unlock
says "as it is: violated (exclusion)"
run 3 mutate slow/counter --max-executions=10
says "slow/counter rc11 as it is: unknown (max-executions: 10)"
run 2 mutate bad/throws; complains "model bad/throws:"
run 2 orders bad/throws; complains "model bad/throws:"

echo "== bad usage"
for command in mutate orders; do
  run 2 $command; complains "$command takes one model"
  run 2 $command example/spinlok; complains "did you mean example/spinlock"
  run 2 $command example/spinlock --engine=state; complains "$command explores with the graph engine; leave out --engine"
  run 2 $command example/spinlock --random-walks=9; complains "$command needs every execution"
  run 2 $command example/spinlock --in=nowhere; complains "has no atomic operation and no fence in nowhere"
  run 2 $command example/spinlock --messages=2; complains "has no parameter --messages"
  run 2 $command example/spinlock --json=/nowhere/x.json; complains "/nowhere"
done
run 2 mutate example/spinlock --expect-killed=many; complains "--expect-killed"
run 2 mutate example/spinlock --show=0; complains "--show"
run 2 orders example/spinlock --threads=3..2; complains "--threads"

conclude
