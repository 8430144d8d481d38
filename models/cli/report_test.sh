#!/bin/bash
# `doorway report` from outside: what it finds in a folder, what its page links to, and what it refuses.
#   report_test.sh DOORWAY CHECK_SCHEMA REPORT_SCHEMA
# DOORWAY has the families example, bad and slow.
set -u

. "$(dirname "$0")/cli_testing.sh"
doorway=$(realpath "$1")
check_schema=$(realpath "$2")
report_schema=$(realpath "$3")
begin

# shows PAGE TEXT: the page has the text.
shows() { grep -qF -- "$2" "$1" || fail "$1 does not show: $2"; }
# leads PAGE COUNT: the page has so many links to files, and each leads to one.
leads() {
  python3 - "$@" 2>err <<'END' || fail "$1 does not have $2 links that lead somewhere"
import os, re, sys, urllib.parse
page, count = sys.argv[1], int(sys.argv[2])
links = [l for l in re.findall(r'href="([^"]*)"', open(page).read()) if not l.startswith('#')]
files = [os.path.join(os.path.dirname(page), urllib.parse.unquote(l)) for l in links]
assert all(os.path.isfile(f) for f in files), files
assert len(set(files)) == count, sorted(set(files))
END
}

echo "== what commands leave"
mkdir r
run 0 check --all example/spinlock example/spinlock/relaxed_unlock slow/barging --out=r --json=r/all.json
fits "$report_schema" r/*.report.json r/all.json
json r/example.spinlock.rc11.report.json "d['expected'] == {'verdict': 'verified', 'met': True}"
[ "$(ls r/*.report.json | wc -l)" = 7 ] || fail "not a report a run: $(ls r)"
[ -e r/slow.barging.state_sc_strong.report.json ] || fail "strong fairness is the same file as weak"
[ -e r/slow.barging.state_sc.clients-3.starvation_free.html ] || fail "a configuration has no name of its own"
run 0 report r
says "7 runs: 4 verified, 0 verified within bounds, 3 violated, 0 unknown"
says "page: $work/r/index.html"
shows r/index.html "Every run is as expected, or verified."
shows r/index.html "7 runs stand in several files, and are shown once."
shows r/index.html '<section id="family-example">'
shows r/index.html '<section id="family-slow">'
shows r/index.html '<small class="met">as expected</small>'
shows r/index.html 'starvation-free: weak fairness'
leads r/index.html 4
cp r/index.html before.html
run 0 report r
cmp before.html r/index.html || fail "the page is another one the second time"
run 0 report r --html=elsewhere.html
leads elsewhere.html 4
mv r moved
run 0 report moved --html=moved.html
leads moved.html 4
run 0 report ./moved/
run 0 report moved --html=/dev/stdout
says "</html>"
[ "$(head -c 15 out)" = "<!DOCTYPE html>" ] || fail "there is more than the page on stdout"

echo "== growth, and what did not run"
mkdir s c
run 0 sweep example/spinlock --threads=1..4 --json=s/sweep.json --out=s/out
run 3 sweep slow/counters --threads=1..5 --budget=0.5 --json=s/counters.json
run 0 report s
shows s/index.html '<figure class="growth"><figcaption><code>example/spinlock</code>'
shows s/index.html "<title>4: 24</title>"
shows s/index.html "the budget of 0.5 s was spent"
run 1 compare example/message_passing/relaxed_flag --memory=sc,rc11 --json=c/compare.json --out=c
run 0 report c
shows c/index.html "to look at"
shows c/index.html "the flag is up but the message is old"

echo "== findings alone"
run 1 check example/spinlock/relaxed_unlock
run 0 report cache/doorway --html=cache.html
says "2 executions without a report"
shows cache.html "Executions without a report"
grep -q 'href="cache/doorway/example.spinlock.relaxed_unlock.rc11.exclusion.html"' cache.html || fail "no link to the page"

echo "== what a test leaves"
mkdir undeclared
export TEST_UNDECLARED_OUTPUTS_DIR=$work/undeclared TEST_TARGET=//models/some:test
run 1 test example/spinlock/relaxed_unlock --expect=verified
says "replay: ./bazelw run //models/cli/testing:doorway -- replay bazel-testlogs/models/some/test/test.outputs/outputs.zip --entry=example.spinlock.relaxed_unlock.rc11.exclusion.json"
violations=$(grep -c "^FAIL .*expected verified, got violated" out)
[ "$violations" -gt 0 ] && [ "$(ls undeclared | wc -l)" = $((5 * violations + 1)) ] ||
  fail "a failing test leaves not its report, and a text, a JSON, a page, a graph and a litmus test a violation"
json undeclared/example.spinlock.relaxed_unlock.rc11.report.json "d['expected'] == {'verdict': 'verified', 'met': False}"
rm undeclared/*
run 0 test example/message_passing/relaxed_flag --expect=violated:no_failed_check
[ -z "$(ls undeclared)" ] || fail "a passing test leaves files"
export DOORWAY_REPORTS=1  # as --config=reports does
run 0 test example/message_passing/relaxed_flag --expect=violated:no_failed_check
[ "$(ls undeclared)" = example.message_passing.relaxed_flag.rc11.report.json ] || fail "a passing test leaves not its report"
fits "$report_schema" undeclared/*
json undeclared/*.json "d['expected']['met'] and d['counterexample']['path'] is None"
rm -r undeclared
unset TEST_UNDECLARED_OUTPUTS_DIR TEST_TARGET

echo "== what Bazel leaves"
# bazel_test NAME CODE ARGUMENTS...: as a test of that name; its outputs become a zip.
bazel_test() {
  local folder=testlogs/models/some/$1/test.outputs code=$2
  shift 2
  mkdir -p undeclared "$folder"
  TEST_UNDECLARED_OUTPUTS_DIR=$work/undeclared TEST_TARGET=//models/some:test run "$code" test "$@"
  (cd undeclared && zip -q ../outputs.zip -- *) && mv outputs.zip "$folder" && rm -r undeclared
}
bazel_test passes 0 example/spinlock --expect=verified
bazel_test fails 1 example/spinlock/relaxed_unlock --expect=verified
bazel_test threads 0 example/spinlock --engine=native --seconds=0.1
bazel_test relacy 0 slow/vacuous --engine=relacy
for shard in 1 2; do run 0 check example/spinlock --threads=3 --memory=tso --shard=$shard/2 --json=part.$shard; done
mkdir undeclared
TEST_UNDECLARED_OUTPUTS_DIR=$work/undeclared run 0 merge part.1 part.2 --expect=verified
json undeclared/example.spinlock.tso.threads-3.report.json "d['expected']['met'] and 'shard' not in d"
rm -r undeclared
run 3 check slow/counters --max-executions=100 --checkpoint=testlogs/kept.json
echo "<xml>" >testlogs/models/some/passes/test.xml
run 0 report testlogs
says "4 runs: 1 verified, 1 verified within bounds, 1 violated, 1 unknown"
says "1 not as expected"
shows testlogs/index.html "expected: verified"
shows testlogs/index.html "in it: example.spinlock.relaxed_unlock.rc11.exclusion.html"
shows testlogs/index.html "in it: example.spinlock.relaxed_unlock.rc11.no_data_race.html"
grep -q "Executions without a report" testlogs/index.html && fail "the second violation is of no run"
leads testlogs/index.html 1
says "left out, 1 file that is no result of doorway: kept.json"
(cd testlogs && ln -s . loop)
run 0 report testlogs
says "4 runs: "

echo "== foreign and broken files"
echo '{"name": "somebody else"}' >moved/package.json
echo '{"$schema": "x"}' >moved/other.json
ln -s nowhere moved/dangling.json
mkfifo moved/pipe.json
run 0 report moved
says "left out, 4 files that are no result of doorway: dangling.json, other.json, package.json and 1 more"
shows moved/index.html "<code>package.json</code> is no result of Doorway"
head -c 700 moved/example.spinlock.rc11.report.json >moved/cut.json
run 2 report moved
grep -q "doorway: the page is without 1 file: cut.json is cut off or is no JSON; run what should have written it again" err ||
  fail "the broken file is not named"
says "7 runs: "
shows moved/index.html "Not all is here: 1 file could not be read"
sed 's|doorway.report/1|doorway.report/9|' moved/example.spinlock.rc11.report.json >moved/cut.json
run 2 report moved
grep -q "cut.json is doorway.report/9, which this doorway does not know" err || fail "another version is not named"
rm moved/cut.json
printf 'PK\003\004 and nothing' >moved/outputs.zip
run 2 report moved
grep -q "outputs.zip cannot be read: it is a damaged zip" err || fail "the broken zip is not named"
rm moved/outputs.zip
mkdir moved/closed
chmod 000 moved/closed
[ -r moved/closed ] || { run 2 report moved; grep -q "closed cannot be read" err || fail "a closed folder is not named"; }
chmod 755 moved/closed

echo "== bad usage"
run 2 report; complains "report takes a folder"
run 2 report none; complains "there is no folder $work/none; leave results there: \`check --all --out=none\`"
run 2 report before.html; complains "is a file; report takes the folder that it is in"
run 2 report r moved; complains "report does not take moved"
run 2 report moved --htlm=x; complains "did you mean --html"
mkdir empty
run 2 report empty; complains "there is no result of doorway in empty"
no_file empty/index.html
cp moved/package.json empty
run 2 report empty; complains "package.json is no result of Doorway's; leave some there"
echo "<html>mine</html>" >empty/index.html
cp empty/index.html mine.html
run 2 report empty; complains "a file that is no page of \`doorway report\` is there; move it, or name another one: --html=PATH"
run 2 report moved --html=mine.html; complains "a file that is no page of"
grep -q mine mine.html || fail "somebody's file is gone"
run 2 report moved --html=none/x.html; complains "there is no directory $work/none"
run 2 report moved --html=.; complains "it is a directory; name a file in it"
run 2 report moved --html=/dev/full
grep -q "cannot write /dev/full" err || fail "a full device is no error"
[ -z "$(find . -name '.*.html.*')" ] || fail "a part of a page is left behind"

conclude
