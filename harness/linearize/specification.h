#pragma once

#include <concepts>
#include <optional>
#include <string>
#include <vector>

// What an object does when it is used by one caller at a time: the other half of a claim of linearizability.
//
//   struct Counter {
//     using State = int;
//     struct Operation { int added; std::optional<int> read; ... == and AbslHashValue ... };
//     State Initial() const { return 0; }
//     std::optional<State> Step(State state, const Operation& operation) const {
//       if (operation.read && *operation.read != state) return std::nullopt;
//       return state + operation.added;
//     }
//     bool ReadOnly(const Operation& operation) const { return operation.added == 0; }
//     std::string Show(State state) const;
//   };
//
// Step is pure. It returns the state after the operation, with the response that the operation had (any, if it is
// pending), or nothing: the object would have answered otherwise, or would have made the caller wait (a lock that is
// held). An object whose outcomes are several returns a vector of states.
//
// ReadOnly says that an operation, with its response, changes no state whatever. It may say false of one that is; the
// search is then slower. Saying true of one that changes a state is a bug: tests step every specification to look for
// it (properties/sequential).
//
// States and operations are equality-comparable and hashable by Abseil. A specification may have `KeyOf(operation)`:
// operations on different keys do not influence each other, and each key's are checked alone (Herlihy and Wing 1990:
// linearizability is local).

namespace doorway::linearize {

template <class S>
concept Specification = std::equality_comparable<typename S::State> &&
    std::equality_comparable<typename S::Operation> &&
    requires(const S& specification, const typename S::State& state, const typename S::Operation& operation) {
  { specification.Initial() } -> std::convertible_to<typename S::State>;
  requires std::same_as<decltype(specification.Step(state, operation)), std::optional<typename S::State>> ||
      std::same_as<decltype(specification.Step(state, operation)), std::vector<typename S::State>>;
  { specification.ReadOnly(operation) } -> std::convertible_to<bool>;
  { specification.Show(state) } -> std::convertible_to<std::string>;
};

template <class S>
concept Partitioned = Specification<S> && requires(const S& specification, const typename S::Operation& operation) {
  specification.KeyOf(operation);
};

}  // namespace doorway::linearize
