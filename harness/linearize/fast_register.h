#pragma once

#include <absl/container/flat_hash_map.h>

#include <concepts>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "harness/linearize/distinct_register.h"
#include "harness/linearize/interval.h"
#include "harness/linearize/specification.h"

// Finds out whether a history under a specification is one of a register of distinct writes, and if so checks it as
// such. A specification that can be a register says what each operation is to one:
//
//   std::optional<RegisterStep<Value>> AsRegister(const Operation&) const;   // nothing: no register has it
//   Value InitialOfRegister() const;

namespace doorway::linearize {

template <class V>
struct RegisterStep {
  using Value = V;
  bool write = false;
  std::optional<V> value{};  // that is written, or was read; nothing: what was read is not known
};

template <class S>
concept RegisterLike = Specification<S> && requires(const S& specification, const typename S::Operation& operation) {
  specification.AsRegister(operation)->write;
  specification.InitialOfRegister();
};

// Numbers in the result are places in `members`. Nothing if it is no such history.
template <RegisterLike S>
std::optional<DistinctRegisterResult> CheckAsRegister(const S& specification,
                                                      std::span<const typename S::Operation> operations,
                                                      std::span<const Interval> intervals,
                                                      std::span<const std::uint32_t> members) {
  using Value = decltype(specification.InitialOfRegister());
  absl::flat_hash_map<Value, std::uint32_t> numbers{{specification.InitialOfRegister(), 0}};
  std::vector<RegisterOperation> steps;
  std::vector<std::uint32_t> places;  // of the steps, in members
  for (std::uint32_t i = 0; i < members.size(); ++i) {
    const auto step = specification.AsRegister(operations[members[i]]);
    if (!step) return std::nullopt;
    if (!step->value) continue;  // any value will do
    const auto number = numbers.try_emplace(*step->value, static_cast<std::uint32_t>(numbers.size())).first->second;
    steps.push_back({step->write, number, intervals[members[i]]});
    places.push_back(i);
  }
  if (!WritesAreDistinct(steps, 0)) return std::nullopt;
  DistinctRegisterResult result = CheckDistinctRegister(steps, 0);
  for (std::uint32_t& i : result.sequence) i = places[i];
  if (!result.linearizable) result.misfit = places[result.misfit];
  return result;
}

}  // namespace doorway::linearize
