#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "harness/graph/memory_model.h"
#include "harness/linearize/call.h"
#include "harness/linearize/interval.h"

// Tiny programs as data, whose threads call operations of an object that is made of a few words; and the slow, obvious
// way to all that their clients can see: run them in every possible order, and write down when operations begin and
// end. For tests of claims about operations: linearizable_cross_check_test.cc.

namespace doorway::tiny {

inline constexpr int kWords = 2;
inline constexpr int kMostSteps = 4;

// One step of an operation, on one word. What it reads is the value of the step. Words are 0 in the beginning.
struct Step {
  enum Kind : std::uint8_t {
    kLoad,
    kStore,     // `value`
    kStoreSum,  // `value` plus what the step before has read
    kFetchAdd,
    kCas,    // from `expected` to `value`; reads whether it did
    kFence,  // seq_cst
    kAwait,  // a value that is not 0
  };
  Kind kind = kLoad;
  int word = 0;
  int value = 0;
  int expected = 0;
};

struct Operation {
  linearize::Call call;  // without its result
  std::vector<Step> steps;
  int result = -1;        // which step's value it returns; -1: nothing
  bool is_truth = false;  // as a truth
};

struct Program {
  std::vector<std::vector<Operation>> threads;
};

// What clients see of one run. An operation begins right before its first step, and ends right after its last.
struct History {
  std::vector<linearize::Call> calls;  // with results, of those that have responded
  std::vector<linearize::Interval> intervals;
};

// Of all runs, under kSc, or kTso (with store buffers, without limit); a run in which somebody waits for ever is one,
// too. Each different history once. REQUIRES: no operation has more than kMostSteps steps, or none.
std::vector<History> AllHistories(const Program& program, MemoryModel memory);

// "T0: write(1) {x0 = 1} read() {x1}"
std::string ToString(const Program& program, std::span<const linearize::FunctionInfo> functions);

}  // namespace doorway::tiny
