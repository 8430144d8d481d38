#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harness/graph/property.h"
#include "harness/linearize/every_order.h"
#include "harness/linearize/history_automaton.h"
#include "properties/object_states.h"
#include "properties/recorded_operations.h"

// Claim: what an object's clients call and what comes of it (operation_notes.h) can be explained by one caller at a
// time, who keeps the order of those operations that did not overlap (Herlihy and Wing 1990). Which these are depends
// on the memory model, and so does the claim's name.
//
// `linearizable`, under SC and TSO: in every interleaving of the execution, by the order in time that it has. An
// operation begins with its first step and ends with its last; a store's step, under TSO, is that into the buffer. An
// execution graph stands for many interleavings; every_order.h tells how all of them are looked at.
//
// `hb_linearizable`, under RC11, which has no time: by happens-before, from the response of one to the invocation of
// the other. It is weaker: a read that nothing orders after a write, by memory orders, may return what was there
// before, however long ago the write was. That is what a client may rely on who has nothing but the object and C++20.
//
// Operations without a response (their threads wait, or the execution is over) may have taken effect or not.
// Antecedent: an execution in which an operation responds.

namespace doorway {

class LinearizableObject : public Property {
 public:
  explicit LinearizableObject(ObjectKind kind);

  std::string_view name() const override;
  std::string_view description() const override { return description_; }
  void ExploredUnder(MemoryModel memory) override;
  bool TakesThreadsAlike() const override { return !kind_.asks_caller; }
  // Errors: std::invalid_argument, if notes are not as operation_notes.h says.
  std::optional<Finding> Check(const Execution& execution) override;
  std::uint64_t antecedents() const override { return antecedents_; }
  // One (linearizable_monitor.h). Of `linearizable`, whatever the memory model.
  std::vector<std::unique_ptr<Monitor>> Monitors(int threads) const override;

 private:
  // An operation that has no place, and all that is known of why.
  struct Misfit {
    std::size_t operation = 0;
    std::vector<std::uint32_t> prefix;  // the longest linearization of what was before; operations
    std::vector<std::uint32_t> before;  // operations that had responded before it was invoked, where that was chosen
    std::vector<linearize::StateId> states;
    bool more_states = false;
  };

  std::optional<Misfit> CheckEveryInterleaving(const Execution& execution);
  std::optional<Misfit> CheckHappensBefore(const Execution& execution);
  Misfit Explain(const std::vector<linearize::HistoryEvent>& history);
  Finding Violation(const Misfit& misfit) const;
  std::string Describe(std::size_t operation) const;

  const ObjectKind kind_;
  bool by_happens_before_ = false;
  std::string description_;
  std::uint64_t antecedents_ = 0;
  // Of all executions so far.
  std::unique_ptr<ObjectStates> states_;
  linearize::HistoryAutomaton automaton_;
  // Of the execution being judged; kept for their memory.
  RecordedOperations operations_;
  std::vector<linearize::OperationClass> classes_;
};

// Linearizable<Queue>(), Linearizable<Register>(Register(Datum::Number(0))).
template <CallSpecification S>
class Linearizable final : public LinearizableObject {
 public:
  explicit Linearizable(S specification = S()) : LinearizableObject(KindOf(std::move(specification))) {}
};

}  // namespace doorway
