#!/bin/bash
# `doorway new` from outside: what it makes compiles, and the tour of README.md is what one sees.
#   new_test.sh DOORWAY README
# DOORWAY has the families example, group, lock and the starters. What is compiled includes headers of the runfiles.
set -u

. "$(dirname "$0")/cli_testing.sh"
doorway=$(realpath "$1")
readme=$(realpath "$2")
root=$PWD
begin

# compiles FILE...: each without a warning, with the headers of this checkout and of the one at hand.
compiles() {
  local file
  for file; do
    g++ -std=c++20 -Wall -Wextra -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Werror -Wno-restrict -fsyntax-only \
      -I"$checkout" -I"$root" "$file" 2>err || fail "$file does not compile"
  done
}

# A checkout with the sources at hand, and a BUILD file in each folder.
checkout=$work/checkout
mkdir -p "$checkout/models"
touch "$checkout/models/model.bzl"
(cd "$root" && find -L . \( -name '*.h' -o -name '*.cc' \) -not -path './external/*') | while read -r file; do
  mkdir -p "$checkout/$(dirname "$file")"
  ln -sf "$root/$file" "$checkout/$file"
  printf 'cc_library(\n    name = "headers",\n    hdrs = glob(["*.h"]),\n)\n' >"$checkout/$(dirname "$file")/BUILD"
done
cd "$checkout/locks" || exit 1

echo "== lock"
run 0 new lock my_lock
cp out "$work/said"
says "wrote $checkout/models/my_lock/BUILD"
says "./bazelw run //models/my_lock:doorway -- check my_lock/lock"
says "./bazelw run //models/my_lock:doorway -- check my_lock/lock/relaxed_unlock"
says "./bazelw test //models/my_lock/..."
compiles "$checkout"/models/my_lock/my_lock.cc
cd "$checkout/models/my_lock" || exit 1
grep -rqi starter . && fail "something is called after the starter"
grep -q "class MyLock" my_lock.h || fail "no class MyLock"
grep -q 'model = "my_lock/lock/relaxed_unlock"' BUILD || fail "no test of the variant"
grep -q "exports_files" BUILD && fail "BUILD has what only the starter needs"

echo "== lock, like another one"
cd "$checkout" || exit 1
for like in group/strict_fair group/two_state lock/clh lock/phase_fair; do
  name=like_${like#*/}
  run 0 new lock "$name" --like=$like
  compiles "models/$name/$name.cc"
  grep -q "executions = [1-9]" "models/$name/BUILD" || fail "no executions are pinned"
  grep -q "states = [1-9]" "models/$name/BUILD" || fail "no states are pinned"
  grep -q '"//locks:headers"\|"//harness/sync:headers"' "models/$name/BUILD" || fail "no library is found"
done
grep -q "class LikeTwoState" models/like_two_state/like_two_state.h || fail "the class is not renamed"
grep -q "using LikeStrictFair = PackedGroupLock<Sync, StrictFair>;" models/like_strict_fair/like_strict_fair.h ||
  fail "the alias is not renamed"
run 2 new lock other --like=group/two_state/no_wake
complains "its lock is not in a header of its own that could be copied; choose one of group/"
run 2 new lock other --like=example/spinlock; complains "choose one of group/"
run 2 new lock other --like=group/strict_fare; complains "did you mean group/strict_fair"
no_file "$checkout/models/other"

echo "== protocol"
run 0 new protocol my_protocol
compiles models/my_protocol/my_protocol.cc
run 0 new protocol my_passing --like=example/message_passing
says "check my_passing/message_passing"
says "check my_passing/message_passing/relaxed_flag  # must fail"
compiles models/my_passing/message_passing.cc
grep -q 'model = "my_passing/message_passing/relaxed_flag"' models/my_passing/BUILD || fail "no test of the variant"
grep -q "spinlock" models/my_passing/* && fail "there is another design, too"

echo "== elsewhere"
cd "$work" || exit 1
run 2 new lock my_lock; complains "$work is in no checkout of Doorway; go into one, or say where to write: --into=DIR"
run 2 new lock my_lock --into=away --like=group/strict_fair; complains "its source is in a checkout of Doorway"
run 0 new lock my_lock --into=away/my_lock
says "This is in no checkout: move it to models/my_lock of one."
cmp away/my_lock/my_lock.h checkout/models/my_lock/my_lock.h || fail "another lock elsewhere"
BUILD_WORKSPACE_DIRECTORY=$checkout run 0 new lock by_bazel
no_file "$work/models"
[ -e "$checkout/models/by_bazel/BUILD" ] || fail "bazel run says where the checkout is"
run 0 new lock below --into=checkout/models/mine/below
says "./bazelw run //models/mine/below:doorway -- check below/lock"
grep -q '#include "models/mine/below/below.h"' checkout/models/mine/below/below.cc || fail "another package"
run 2 new lock beside --into=checkout/beside; complains "models of the checkout $checkout are below $checkout/models"

echo "== bad usage"
cd "$checkout" || exit 1
cp models/my_lock/my_lock.h before
run 2 new lock my_lock; complains "$checkout/models/my_lock exists, and nothing is overwritten; choose another name"
run 2 new protocol my_lock; complains "nothing is overwritten"
cmp before models/my_lock/my_lock.h || fail "something was overwritten"
run 2 new lock group; complains "models/group exists"
run 2 new lock MyLock; complains "did you mean my_lock?"
run 2 new lock my-lock; complains "did you mean my_lock?"
run 2 new lock ../up; complains "did you mean up?"
run 2 new lock class; complains "did you mean my_class?"
run 2 new lock ""; complains "did you mean my_lock?"
run 2 new; complains "new takes what to make and its name"
run 2 new lock; complains "new takes what to make and its name"
run 2 new lock a b; complains "new takes what to make and its name"
run 2 new lok my_other; complains "new makes no lok; did you mean lock?"
run 2 new frobnicator my_other; complains "write lock or protocol"
run 2 new lock my_other --lik=group/strict_fair; complains "did you mean --like?"
run 2 new lock my_other --like=; complains "--like: 1 required TEXT missing"
touch file
run 2 new lock my_other --into=models/my_lock/BUILD/x; complains "is not a directory"
chmod 555 models
[ -w models ] || { run 2 new lock my_other; complains "cannot write"; }
chmod 755 models
no_file models/my_other

echo "== the tour of README.md"
tour() { sed -n '/^## From an idea to a first verdict/,/^## [^F]/p' "$readme"; }
[ -n "$(tour)" ] || fail "README.md has no tour"
# plain: blanks squeezed, times and sizes gone: what a tour and a run have in common.
plain() { sed -E 's/[0-9]+\.[0-9]+/N/g; s/[0-9,]+ native runs/N native runs/; s/[ \t]+/ /g; s/^ //; s/ $//' "$1"; }
# As in README.md, of a starter: it is what `new` copies.
as_in_tour() { sed 's/starter_lock/my_lock/g; s/StarterLock/MyLock/g' "$1"; }
: >"$work/seen"
tour | grep -oE -- '-- (check|compare|sweep) my_lock[^#`]*' | sort -u | while read -r _ arguments; do
  # shellcheck disable=SC2086
  "$doorway" ${arguments//my_lock/starter_lock} >"$work/one" 2>&1
  [ $? -le 1 ] || { echo "doorway $arguments" >>"$work/bad"; cat "$work/one"; }
  as_in_tour "$work/one" >>"$work/seen"
done
[ ! -e "$work/bad" ] || fail "commands of the tour fail: $(cat "$work/bad")"
plain "$work/seen" >"$work/seen.plain"
# Blocks without a language are what is shown.
tour | awk '/^```/ { inside = !inside; output = $0 == "```"; next } inside && output && NF' >"$work/shown"
[ -s "$work/shown" ] || fail "the tour shows no output"
plain "$work/shown" | while read -r line; do
  grep -qxF -- "$line" "$work/seen.plain" || echo "$line" >>"$work/missing"
done
[ ! -e "$work/missing" ] || fail "README.md shows what is not seen: $(cat "$work/missing")"
tour | grep -oE '^\./bazelw run //[a-z/:_]+ -- new .*' | sed 's/.* -- //; s/ *#.*//' | while read -r arguments; do
  [ "$arguments" = "new lock my_lock" ] || echo "$arguments" >>"$work/untested"
done
[ ! -e "$work/untested" ] || fail "the tour makes what is not made above: $(cat "$work/untested")"

conclude
