#pragma once

#include <cstdint>
#include <functional>

#include "harness/front/foreign_test.h"
#include "harness/front/outcome.h"
#include "harness/graph/execution.h"
#include "harness/graph/memory_model.h"

// Explores all executions of a test that was written for another tool, and really runs each of them.

namespace doorway::front {

struct Limits {
  MemoryModel memory = MemoryModel::kRc11;
  std::uint64_t max_executions = 0;  // 0: all
  int max_operations = 2000;         // of a thread
  int loop_rounds = 2;               // of loops that get nowhere and write (machine_repeats.cc)

  std::function<void(std::uint64_t executions)> on_progress;  // a few times a second
  std::function<void(const Execution&)> on_execution;         // each, once it has been judged
};

// One at a time in a process.
Outcome RunForeignTest(ForeignTest& test, const Limits& limits);

}  // namespace doorway::front
