#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>

#include "harness/behaviour/program.h"
#include "harness/behaviour/rerun.h"
#include "harness/front/foreign_test.h"
#include "harness/front/interleavings.h"
#include "harness/front/outcome.h"
#include "harness/front/schedules.h"
#include "harness/graph/execution.h"

// Really runs the executions that an explorer has found, for what their threads leave in plain data.
//
// An execution stands for many interleavings. Of plain data that no two threads write unordered, or in an order that
// does not matter (counters), they all leave the same; so two interleavings are run, as different as can be, and if all
// memory is the same after both, After is right for all. If it is not, every interleaving is run. An invariant is
// looked at in every cut of the execution, which a few interleavings lead through.

namespace doorway::front {

class RealRuns {
 public:
  // Of one execution, so many interleavings at most; more are a bound hit.
  static constexpr int kMaxInterleavings = 5000;

  explicit RealRuns(ForeignTest& test) : test_(test) {}

  void Attach(Program& program) { program_ = &program; }

  // `complete`: all threads have ended. What goes wrong that the explorer cannot know of. Errors: ModelError where a
  // thread does other than in `execution`.
  std::optional<Trouble> Run(const Execution& execution, bool complete);
  // The same, for an execution that shows something else, and may be a prefix: only that it can really happen.
  std::optional<Trouble> Confirm(const Execution& execution);

  std::uint64_t runs() const { return runs_; }
  const std::set<std::string>& bounds() const { return bounds_; }

 private:
  struct Ran {
    std::optional<Trouble> trouble;
    std::uint64_t memory = 0;  // fingerprint of what threads have left
  };
  Ran RunOne(const Execution& execution, const Interleavings& interleavings, Schedule& schedule, bool complete,
             bool judge);
  std::optional<Trouble> RunAll(const Execution& execution, const Interleavings& interleavings, Schedule& schedule,
                                bool complete, std::set<std::uint64_t>* memories);
  std::optional<Trouble> Finish(const Execution& execution, Rerun& rerun);
  std::optional<Trouble> LookAtInvariant(Rerun& rerun);

  ForeignTest& test_;
  Program* program_ = nullptr;
  std::uint64_t runs_ = 0;
  std::set<std::string> bounds_;
};

}  // namespace doorway::front
