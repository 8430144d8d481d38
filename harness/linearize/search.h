#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "harness/linearize/interval.h"
#include "harness/linearize/partial_order.h"
#include "harness/linearize/transition_system.h"

// Is there a sequence of the operations that keeps their order and that the transition system accepts? A depth-first
// search that remembers where it has been: Wing and Gong 1993, with the memory of Lowe 2017 ("Testing for
// linearizability"). search.cc tells what is added to that. Exponential in the number of operations that overlap, at
// worst (Gibbons and Korach 1997: the question is NP-complete), linear in the length of most histories.

namespace doorway::linearize {

struct Limits {
  double seconds = std::numeric_limits<double>::infinity();
  std::size_t max_bytes = std::numeric_limits<std::size_t>::max();               // of what the search keeps
  std::uint64_t max_configurations = std::numeric_limits<std::uint64_t>::max();  // about, of each search
  const std::atomic<bool>* stop = nullptr;  // set by another thread or a signal: end now
};

enum class Answer : std::uint8_t { kYes, kNo, kUnknown };
enum class Limit : std::uint8_t { kNone, kTime, kMemory, kConfigurations, kStopped };

struct SearchResult {
  static constexpr std::size_t kMostStates = 8;

  Answer answer = Answer::kUnknown;
  Limit limit = Limit::kNone;           // kUnknown: which ran out
  std::uint64_t configurations = 0;     // different pairs (operations placed, state) that were visited
  std::size_t bytes = 0;                // that the search kept in the end
  std::vector<std::uint32_t> sequence;  // kYes: the operations that took effect, in such an order
  // kNo: an operation that cannot be placed. Over intervals it is the one with the earliest response up to which the
  // history is not linearizable, and `states` are all states in which the object can be once everything that responded
  // before has taken effect. None lets it take effect; nor can it earlier, without something else having no place. Over
  // other orders it is one that some longest sequence has no place for; `states` has the state after it.
  std::uint32_t misfit = 0;
  std::vector<StateId> states;  // at most kMostStates
  bool more_states = false;
};

// classes[i] and intervals[i] are of operation i. REQUIRES: sorted by invocation.
SearchResult Search(TransitionSystem& system, std::span<const OperationClass> classes,
                    std::span<const Interval> intervals, const Limits& limits);

// Over any partial order. kNo: `sequence` is a longest one.
SearchResult Search(TransitionSystem& system, std::span<const OperationClass> classes, const PartialOrder& order,
                    const Limits& limits);

}  // namespace doorway::linearize
