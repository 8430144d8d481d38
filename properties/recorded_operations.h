#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "harness/graph/execution.h"
#include "harness/linearize/call.h"

// The operations of one execution, by its notes (operation_notes.h), thread by thread, each thread's in program order.

namespace doorway {

struct RecordedOperation {
  linearize::Call call;            // with its result, if it has responded and said what
  const Mark* invoke = nullptr;    // of the execution
  const Mark* response = nullptr;  // null: it is pending
};

class RecordedOperations {
 public:
  // Replaces the operations by those of `execution`, to whose marks they point. `asks_caller`: calls of different
  // threads differ. Errors: std::invalid_argument, if a thread has two operations at a time, or responds without one,
  // or calls none of the `functions`.
  void Collect(const Execution& execution, std::span<const linearize::FunctionInfo> functions, bool asks_caller);

  std::size_t size() const { return operations_.size(); }
  const RecordedOperation& operator[](std::size_t i) const { return operations_[i]; }
  auto begin() const { return operations_.begin(); }
  auto end() const { return operations_.end(); }

  int callers() const { return static_cast<int>(first_.size()) - 1; }
  // Those of one caller are from FirstOf(caller) up to FirstOf(caller + 1).
  std::size_t FirstOf(int caller) const { return first_[static_cast<std::size_t>(caller)]; }

 private:
  std::vector<RecordedOperation> operations_;
  std::vector<std::size_t> first_;
  std::vector<const Mark*> marks_;  // by thread and sequence
};

}  // namespace doorway
