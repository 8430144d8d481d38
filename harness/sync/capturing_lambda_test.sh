#!/bin/sh
# A predicate or function that captures must not compile, and the compiler must say what to write instead.
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

# compile NAME WANTED CODE: WANTED is a part of the message; empty: it must compile.
compile() {
  printf '#include "harness/sync/model_sync.h"\nusing namespace doorway;\nvoid F(ModelSync::Atomic<int>& word, int limit) {\n  %s\n}\n' "$3" >"$work/code.cc"
  if ${CXX:-g++} -std=c++20 -fsyntax-only -I. "$work/code.cc" 2>"$work/out"; then compiles=yes; else compiles=no; fi
  if [ -z "$2" ] && [ $compiles = yes ]; then return; fi
  if [ -n "$2" ] && [ $compiles = no ] && grep -q "$2" "$work/out"; then return; fi
  echo "FAILED: $1: compiles=$compiles"
  cat "$work/out"
  failed=1
}

wanted='capture nothing: write a function object with no members'
compile 'await' "$wanted" 'word.await([limit](int v) { return v < limit; }, with());'
compile 'await_update, predicate' "$wanted" 'word.await_update([limit](int v) { return v < limit; }, [](int) { return 1; }, with());'
compile 'await_update, function' "$wanted" 'word.await_update([](int) { return true; }, [&](int) { return limit; }, with());'
compile 'update' "$wanted" 'word.update([=](int v) { return v + limit; }, with());'
compile 'try_update' "$wanted" 'word.try_update([=](int v) { return std::optional<int>(v + limit); }, with(), std::memory_order_relaxed, std::memory_order_relaxed);'
compile 'operands instead of captures' '' 'word.await([](int v, int l) { return v < l; }, with(limit));'
compile 'a type with padding' 'constraint' 'struct Padded { char c; int i; }; ModelSync::Atomic<Padded>* padded = nullptr; (void)padded; (void)word; (void)limit;'
exit $failed
