#!/bin/bash
# plot.py draws what the benchmark writes, and says what is wrong with anything else.
set -u
plot=$1
here=${TEST_TMPDIR:-$(mktemp -d)}
failed=0

expect() {  # NAME TEXT FILE
  grep -qF -- "$2" "$3" || { echo "FAIL $1: no '$2' in:"; cat "$3"; failed=1; }
}

cat >"$here/figures.json" <<'END'
{"context": {}, "benchmarks": [
  {"name": "uncontended/SlowLock", "run_type": "iteration", "rounds_per_second": 1.5e7},
  {"name": "uncontended/QuickLock", "run_type": "iteration", "rounds_per_second": 6e7},
  {"name": "two_groups/Unfair<1>/iterations:1/manual_time", "run_type": "iteration", "rounds_per_second": 2000,
   "fairness": 0.5, "longest_wait_us": 12345.0}
]}
END
"$plot" "$here/figures.json" "$here/figures.svg" || { echo "FAIL: figures are not drawn"; failed=1; }
python3 -c 'import sys, xml.dom.minidom; xml.dom.minidom.parse(sys.argv[1])' "$here/figures.svg" ||
  { echo "FAIL: no XML"; failed=1; }
expect "a rate" "60 M/s" "$here/figures.svg"
expect "a name" "Unfair&lt;1&gt;" "$here/figures.svg"
expect "fairness and wait" "2 k/s, fairness 0.50, 12.3 ms" "$here/figures.svg"
expect "unfair is red" "#d73027" "$here/figures.svg"
[ "$(grep -o 'QuickLock\|SlowLock' "$here/figures.svg" | head -1)" = QuickLock ] ||
  { echo "FAIL: the quickest does not come first"; failed=1; }

refused() {  # NAME CONTENT TEXT
  printf '%s' "$2" >"$here/bad.json"
  "$plot" "$here/bad.json" "$here/bad.svg" 2>"$here/errors"
  [ $? -eq 2 ] || { echo "FAIL $1: exit code"; failed=1; }
  expect "$1" "$3" "$here/errors"
  [ "$(wc -l <"$here/errors")" -eq 1 ] || { echo "FAIL $1: more than a line"; failed=1; }
}
refused "no JSON" "figures" "--benchmark_out_format=json"
refused "other JSON" '{"benchmarks": [{"name": 7}]}' "no figures of locks/bench"
refused "a list" '[1, 2]' "no figures of locks/bench"
refused "other benchmarks" '{"benchmarks": [{"name": "other/X", "rounds_per_second": 1}]}' "without a filter"
"$plot" "$here/none.json" "$here/bad.svg" 2>"$here/errors"
expect "no file" "No such file" "$here/errors"
"$plot" 2>"$here/errors"
expect "no arguments" "takes two files" "$here/errors"
exit $failed
