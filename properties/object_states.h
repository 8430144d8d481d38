#pragma once

#include <concepts>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "harness/linearize/call.h"
#include "harness/linearize/interned_states.h"
#include "harness/linearize/specification.h"

// A specification (properties/sequential) as claims see it, whichever it is: states and calls are numbers, which are
// found as they are needed.

namespace doorway {

class ObjectStates {
 public:
  virtual ~ObjectStates() = default;
  virtual linearize::TransitionSystem& system() = 0;
  virtual linearize::OperationClass ClassOf(const linearize::Call& call) = 0;
  virtual const linearize::Call& CallOf(linearize::OperationClass operation) const = 0;
  virtual std::string Show(linearize::StateId state) const = 0;
};

// The object that is claimed to be linearizable.
struct ObjectKind {
  std::string_view name;  // "queue"
  std::span<const linearize::FunctionInfo> functions;
  bool asks_caller = false;
  std::function<std::unique_ptr<ObjectStates>()> make_states;  // each time the same, numbered anew
};

template <class S>
concept CallSpecification = linearize::Specification<S> && std::same_as<typename S::Operation, linearize::Call>;

namespace internal {

template <CallSpecification S>
class StatesOf final : public ObjectStates {
 public:
  explicit StatesOf(const S& specification) : specification_(specification) {}
  linearize::TransitionSystem& system() override { return states_; }
  linearize::OperationClass ClassOf(const linearize::Call& call) override { return states_.ClassOf(call); }
  const linearize::Call& CallOf(linearize::OperationClass operation) const override {
    return states_.operation(operation);
  }
  std::string Show(linearize::StateId state) const override { return specification_.Show(states_.state(state)); }

 private:
  const S specification_;
  linearize::InternedStates<S> states_{specification_};
};

}  // namespace internal

template <CallSpecification S>
ObjectKind KindOf(S specification) {
  return {S::kName, S::kFunctions, S::kAsksCaller, [specification = std::move(specification)] {
            return std::unique_ptr<ObjectStates>(std::make_unique<internal::StatesOf<S>>(specification));
          }};
}

}  // namespace doorway
