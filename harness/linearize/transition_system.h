#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

// A specification as the search sees it: states and operations are numbers.

namespace doorway::linearize {

using StateId = std::uint32_t;         // 0 is the initial state
using OperationClass = std::uint32_t;  // operations that are equal, response and all, are one class

class TransitionSystem {
 public:
  virtual ~TransitionSystem() = default;
  // Appends the states that an operation of the class may lead to; nothing if it cannot take effect. The same each
  // time. The search calls it rarely: it remembers.
  virtual void AppendSuccessors(StateId state, OperationClass operation, std::vector<StateId>& successors) = 0;
  // Whether no operation of the class ever changes a state.
  virtual bool ReadOnly(OperationClass operation) const = 0;
  virtual std::size_t classes() const = 0;
  virtual std::size_t states() const = 0;  // so far
  virtual std::size_t bytes() const = 0;   // about; without what a state keeps elsewhere
};

}  // namespace doorway::linearize
