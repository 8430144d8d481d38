#pragma once

#include <atomic>
#include <cstdint>
#include <functional>

#include "harness/explore/explore.h"
#include "harness/graph/memory_model.h"
#include "harness/graph/verdict.h"

// A whole program, compiled with -fsanitize=thread and redirect.h (compiled.bzl), as a subject: its main() is thread 0,
// and what main() spawns are the others. Every execution of it is explored.
//
// What main() does before it spawns a thread is the initial state. Claims: those that every exploration makes, and that
// no assertion fails, main() returns 0, and no mutex is misused.

namespace doorway::compiled {

using MainFunction = int (*)(int argc, char** argv, char** environment);

struct Program {
  MainFunction main = nullptr;
  int argc = 0;
  char** argv = nullptr;
  char** environment = nullptr;
};

struct CheckResult {
  Report report;
  std::uint64_t searches = 0;      // until it was known which memory threads share
  std::uint64_t shared_cells = 0;  // pieces of memory that they do share
};

struct CheckOptions : ExploreOptions {
  bool plain_is_relaxed = false;    // plain accesses are relaxed atomic ones, so that none of them is a data race
  std::function<void()> on_search;  // called when the search begins, and when it begins anew
};

// `options`: as for Explore. Errors: ModelError.
CheckResult CheckProgram(const Program& program, const CheckOptions& options);

}  // namespace doorway::compiled
