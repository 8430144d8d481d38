#pragma once

#include <atomic>
#include <cstdint>
#include <ostream>
#include <string>

#include "harness/compiled/program.h"
#include "harness/graph/memory_model.h"

// What is asked of the process of a compiled program: flags that begin with --doorway_, among those of the program's
// own.
//
//   --doorway_memory=sc|tso|rc11          default: rc11
//   --doorway_plain=relaxed               plain accesses of shared memory are relaxed atomic ones: no data races
//   --doorway_max_executions=N            default: all
//   --doorway_timeout=SECONDS             default: none
//   --doorway_expect=verified|CLAIM|error exit with 0 if that is what is found (no_data_race violated, say)
//   --doorway_executions=N                ... and there are so many complete executions
//   --doorway_stop_at=CLAIM|none          go on after violations of other claims
//   --doorway_show_all                    prints every execution
//   --doorway_help
//   --doorway_prints                      the program's own output is not thrown away

namespace doorway::compiled {

struct Command {
  MemoryModel memory = MemoryModel::kRc11;
  std::uint64_t max_executions = 0;
  double timeout_seconds = 0;
  bool plain_is_relaxed = false;
  std::string stop_at;
  std::string expect;
  std::uint64_t executions = 0;  // 0: any
  bool show_all = false;
  bool prints = false;
  bool helps = false;

  static std::string Help();

  // Takes the flags from the arguments. False: one is wrong, `error` says how.
  bool Parse(int* argc, char** argv, std::string* error);

  // Exit codes: 0 verified, 1 violated, 2 the program cannot be judged, 3 unknown; with an expectation 0 if it is met,
  // else 1.
  int Run(const Program& program, const std::atomic<bool>* interrupted, std::ostream& out) const;
};

}  // namespace doorway::compiled
