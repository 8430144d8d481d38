#pragma once

#include <absl/container/flat_hash_map.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "harness/linearize/check_intervals.h"
#include "harness/linearize/fast_register.h"
#include "harness/linearize/interned_states.h"
#include "harness/linearize/search.h"
#include "harness/linearize/specification.h"

// Is a history linearizable? Herlihy and Wing 1990: is there a sequence of its operations, each between its invocation
// and its response, that one caller alone could have seen; where operations that have not responded may or may not be
// in it.
//
//   const std::vector<Call> calls = ...;           // of properties/sequential/register.h
//   const std::vector<Interval> intervals = ...;
//   const Result result = Check(Register(), std::span(calls), intervals, {.seconds = 10});
//   if (result.answer == Answer::kNo) ... result.counterexample->misfit ...
//
// The result depends on the arguments alone, unless a limit ends the search.

namespace doorway::linearize {

// Up to shortly before the response of `misfit`, the history is linearizable; up to it, it is not. (What has not
// responded by then is pending, but if it takes effect, then so that it returns what it will return.)
struct Counterexample {
  std::uint32_t misfit = 0;
  std::vector<std::uint32_t> prefix;  // a linearization of what was before, of this part of the history
  bool prefix_known = false;          // false: limits ran out before one was found
  // All states, shown, in which the object can be once everything that responded before the misfit has taken effect.
  // None lets the misfit take effect; nor can it earlier, without something else having no place.
  std::vector<std::string> states;
  bool more_states = false;  // there are more than these
};

enum class How : std::uint8_t {
  kBest,    // key by key, where the specification has keys; without search, where theory knows better
  kSearch,  // a search over the whole
};

struct Result {
  Answer answer = Answer::kUnknown;
  Limit limit = Limit::kNone;                    // kUnknown: which ran out
  std::optional<Counterexample> counterexample;  // kNo
  std::uint64_t parts = 0;                       // one, or as many as there are keys
  std::uint64_t fast_parts = 0;                  // of these: known to be a register of distinct writes, and judged so
  std::uint64_t configurations = 0;              // of all searches
  std::uint64_t states = 0;                      // different ones, of all searches
  std::size_t peak_bytes = 0;                    // the most that a search kept
};

namespace internal {

// How far the search goes to explain a "no" that is known already.
inline constexpr std::uint64_t kConfigurationsToExplain = 200000;

// Adds what is found of one part, whose operations are `members` of the whole.
template <Specification S>
void SearchPart(const S& specification, std::span<const typename S::Operation> operations,
                std::span<const Interval> intervals, std::span<const std::uint32_t> members, const Limits& limits,
                Result& result) {
  InternedStates<S> states(specification);
  std::vector<OperationClass> classes;
  std::vector<Interval> times;
  classes.reserve(members.size());
  times.reserve(members.size());
  for (const std::uint32_t i : members) {
    classes.push_back(states.ClassOf(operations[i]));
    times.push_back(intervals[i]);
  }
  IntervalsResult part = CheckIntervals(states, classes, times, limits);
  result.configurations += part.search.configurations;
  result.states += states.states();
  result.peak_bytes = std::max(result.peak_bytes, part.search.bytes);
  if (part.search.answer == Answer::kUnknown) result.limit = part.search.limit;
  if (part.search.answer != Answer::kNo) return;
  Counterexample counterexample;
  counterexample.misfit = members[part.search.misfit];
  counterexample.prefix_known = part.prefix_known;
  for (const std::uint32_t i : part.prefix) counterexample.prefix.push_back(members[i]);
  for (const StateId id : part.search.states) counterexample.states.push_back(specification.Show(states.state(id)));
  counterexample.more_states = part.search.more_states;
  result.counterexample = std::move(counterexample);
}

// A part that is a register of distinct writes needs no search, unless to explain why it is not linearizable: the
// states of the misfit. Returns whether it was one.
template <RegisterLike S>
bool CheckPartAsRegister(const S& specification, std::span<const typename S::Operation> operations,
                         std::span<const Interval> intervals, std::span<const std::uint32_t> members,
                         const Limits& limits, Result& result) {
  const std::optional<DistinctRegisterResult> known = CheckAsRegister(specification, operations, intervals, members);
  if (!known) return false;
  ++result.fast_parts;
  if (known->linearizable) return true;
  Limits explaining = limits;
  explaining.max_configurations = std::min(limits.max_configurations, kConfigurationsToExplain);
  const Limit before = result.limit;
  SearchPart(specification, operations, intervals, members, explaining, result);
  if (result.counterexample && result.counterexample->prefix_known) return true;
  result.limit = before;
  Counterexample counterexample;
  counterexample.misfit = members[known->misfit];
  counterexample.prefix_known = counterexample.more_states = true;
  auto state = specification.Initial();
  for (const std::uint32_t i : known->sequence) {
    counterexample.prefix.push_back(members[i]);
    if (auto next = specification.Step(state, operations[members[i]])) state = std::move(*next);
  }
  counterexample.states.push_back(specification.Show(state));
  result.counterexample = std::move(counterexample);
  return true;
}

template <Specification S>
void CheckPart(const S& specification, std::span<const typename S::Operation> operations,
               std::span<const Interval> intervals, std::span<const std::uint32_t> members, const Limits& limits,
               Result& result) {
  ++result.parts;
  if constexpr (RegisterLike<S>) {
    if (CheckPartAsRegister(specification, operations, intervals, members, limits, result)) return;
  }
  SearchPart(specification, operations, intervals, members, limits, result);
}

// Each key's operations. Without keys: all.
template <Specification S>
std::vector<std::vector<std::uint32_t>> Parts(const S& specification, std::span<const typename S::Operation> operations,
                                              How how) {
  std::vector<std::vector<std::uint32_t>> parts;
  if constexpr (Partitioned<S>) {
    if (how == How::kBest) {
      absl::flat_hash_map<decltype(specification.KeyOf(operations[0])), std::uint32_t> places;
      for (std::uint32_t i = 0; i < operations.size(); ++i) {
        const auto place =
            places.try_emplace(specification.KeyOf(operations[i]), static_cast<std::uint32_t>(parts.size())).first;
        if (place->second == parts.size()) parts.emplace_back();
        parts[place->second].push_back(i);
      }
      return parts;
    }
  }
  parts.emplace_back(operations.size());
  for (std::uint32_t i = 0; i < operations.size(); ++i) parts[0][i] = i;
  return parts;
}

}  // namespace internal

// `operations[i]` lasted `intervals[i]`; in any order. How::kSearch always searches the whole history. The limits are
// of the whole. Errors: std::invalid_argument, if an operation responds before it is invoked.
template <Specification S>
Result Check(const S& specification, std::span<const typename S::Operation> operations,
             std::span<const Interval> intervals, const Limits& limits = {}, How how = How::kBest) {
  const auto begun = std::chrono::steady_clock::now();
  Result result;
  for (const std::vector<std::uint32_t>& members : internal::Parts(specification, operations, how)) {
    if (limits.stop != nullptr && limits.stop->load(std::memory_order_relaxed)) {
      result.limit = Limit::kStopped;
      break;
    }
    Limits rest = limits;
    rest.seconds -= std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    if (how == How::kSearch) {
      ++result.parts;
      internal::SearchPart(specification, operations, intervals, std::span<const std::uint32_t>(members), rest, result);
    } else {
      internal::CheckPart(specification, operations, intervals, std::span<const std::uint32_t>(members), rest, result);
    }
    if (result.counterexample) break;
  }
  if (result.counterexample) {
    result.answer = Answer::kNo;
    result.limit = Limit::kNone;
  } else if (result.limit == Limit::kNone) {
    result.answer = Answer::kYes;
  }
  return result;
}

}  // namespace doorway::linearize
