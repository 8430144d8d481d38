#pragma once

#include <absl/container/flat_hash_map.h>
#include <absl/container/flat_hash_set.h>
#include <absl/hash/hash.h>

#include <optional>
#include <utility>
#include <vector>

#include "harness/linearize/specification.h"
#include "harness/linearize/transition_system.h"

// A specification's states and operations, numbered in the order in which they come up. The specification must outlive
// it.

namespace doorway::linearize {

template <Specification S>
class InternedStates final : public TransitionSystem {
 public:
  using State = typename S::State;
  using Operation = typename S::Operation;

  explicit InternedStates(const S& specification) : specification_(specification) { Number(specification.Initial()); }
  InternedStates(const InternedStates&) = delete;
  InternedStates& operator=(const InternedStates&) = delete;

  OperationClass ClassOf(const Operation& operation) {
    const auto [place, added] = classes_.try_emplace(operation, static_cast<OperationClass>(operations_.size()));
    if (added) operations_.push_back(operation);
    return place->second;
  }
  const State& state(StateId id) const { return states_[id]; }
  const Operation& operation(OperationClass id) const { return operations_[id]; }

  void AppendSuccessors(StateId id, OperationClass operation, std::vector<StateId>& successors) override {
    auto next = specification_.Step(states_[id], operations_[operation]);
    if constexpr (std::is_same_v<decltype(next), std::optional<State>>) {
      if (next) successors.push_back(Number(std::move(*next)));
    } else {
      for (State& state : next) successors.push_back(Number(std::move(state)));
    }
  }
  bool ReadOnly(OperationClass operation) const override { return specification_.ReadOnly(operations_[operation]); }
  std::size_t classes() const override { return operations_.size(); }
  std::size_t states() const override { return states_.size(); }
  std::size_t bytes() const override {
    return states_.capacity() * sizeof(State) + numbers_.capacity() * sizeof(StateId) +
           classes_.capacity() * sizeof(std::pair<Operation, OperationClass>) +
           operations_.capacity() * sizeof(Operation);
  }

 private:
  // Numbers are found by the states that they stand for, so that each state is kept once.
  struct Sought {
    const State& state;
  };
  struct Hash {
    using is_transparent = void;
    const std::vector<State>* states;
    std::size_t operator()(StateId id) const { return absl::Hash<State>{}((*states)[id]); }
    std::size_t operator()(const Sought& sought) const { return absl::Hash<State>{}(sought.state); }
  };
  struct Same {
    using is_transparent = void;
    const std::vector<State>* states;
    bool operator()(StateId a, StateId b) const { return a == b; }
    bool operator()(StateId id, const Sought& sought) const { return (*states)[id] == sought.state; }
  };

  StateId Number(State&& state) {
    if (const auto known = numbers_.find(Sought{state}); known != numbers_.end()) return *known;
    states_.push_back(std::move(state));
    const StateId id = static_cast<StateId>(states_.size() - 1);
    numbers_.insert(id);
    return id;
  }

  const S& specification_;
  std::vector<State> states_;
  absl::flat_hash_set<StateId, Hash, Same> numbers_{0, Hash{&states_}, Same{&states_}};
  absl::flat_hash_map<Operation, OperationClass> classes_;
  std::vector<Operation> operations_;
};

}  // namespace doorway::linearize
