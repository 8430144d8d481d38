#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/graph/execution.h"
#include "harness/graph/memory_model.h"
#include "harness/graph/monitor.h"

// A property judges one execution at a time and keeps what it measured. It is a predicate over the
// execution's partial order, so one graph speaks for all interleavings of it.

namespace doorway {

// A place in an execution that a finding points at: an event, or a mark between events.
struct Point {
  EventId event = kNoEvent;  // of a mark: the operation at or after it, else the one before it
  std::string what;          // "enter (red)", "write of page 0"
};

// Why an execution violates a claim, or witnesses an exists claim.
struct Finding {
  std::string claim;
  std::string sentence;       // "thread 0 (red) and thread 1 (black) are inside together"
  std::vector<Point> points;  // the two (or more) places the sentence speaks of, in reading order
  bool unordered = false;     // the point of the finding: nothing orders points[0] before points[1], nor back
};

struct Measure {
  static constexpr std::uint64_t kUnbounded = ~std::uint64_t{0};  // infinite runs make it grow without end

  std::string name;  // "max_bypass"
  std::uint64_t value = 0;
};

class Property {
 public:
  enum class Kind {
    kUniversal,  // holds of every execution; a Finding is a violation
    kExists,     // some execution shows it; a Finding is the witness
    kLiveness,   // holds of every fair infinite run (response.h); a Finding is such a run, a lasso
  };

  virtual ~Property() = default;

  virtual std::string_view name() const = 0;
  virtual Kind kind() const { return Kind::kUniversal; }
  // One line: what is claimed, in words.
  virtual std::string_view description() const = 0;

  // Told before all else under which memory model executions are explored; who is not told may take it for sc. Most
  // claims mean the same under all. One that does not has another name where it means something else.
  virtual void ExploredUnder(MemoryModel /*memory*/) {}

  // Whether the answers stay what they are where threads change places, with all that they have done: the claim looks
  // at no thread's number. What is explored may then be one order of threads that do the same.
  virtual bool TakesThreadsAlike() const { return false; }

  // Judges `execution`: finished, blocked or stuck. Counts what it measured.
  virtual std::optional<Finding> Check(const Execution& execution) = 0;

  // How often the claim had something to say ("two sections contended"). Zero after a whole exploration
  // is a failure of the model: the claim was never put to the test.
  virtual std::uint64_t antecedents() const = 0;

  // Executions on which the claim is not defined (fairness on executions that are not sequentially consistent).
  virtual std::uint64_t not_evaluated() const { return 0; }

  // What was measured besides (maxima over all executions).
  virtual std::vector<Measure> measures() const { return {}; }

  // The same claim as automata over single interleavings, of a model with that many threads: an execution violates (or
  // witnesses) the claim iff some interleaving of it makes one of them say so. None: the claim has the form above only,
  // and the state explorer cannot judge it.
  virtual std::vector<std::unique_ptr<Monitor>> Monitors(int /*threads*/) const { return {}; }
};

constexpr const char* Name(Property::Kind kind) {
  switch (kind) {
    case Property::Kind::kUniversal:
      return "universal";
    case Property::Kind::kExists:
      return "exists";
    case Property::Kind::kLiveness:
      return "liveness";
  }
  return "?";
}

}  // namespace doorway
