#pragma once

#include "harness/graph/execution.h"
#include "harness/graph/note_kind.h"
#include "properties/mm/execution_builder.h"

// Runs of an imaginary group lock, step by step, for tests: every step is an update of one lock word, and each section
// touches a location of its own thread.

namespace doorway {

class LockRun {
 public:
  using Builder = mm::ExecutionBuilder;

  explicit LockRun(int threads, Builder::OrderIs order = Builder::OrderIs::kCoherent)
      : builder_(threads, 1 + threads, order) {}

  // Arrives and waits.
  LockRun& Queue(int thread, Value group) {
    builder_.Update(thread, 0);
    builder_.Tag(thread, notes::kDoorway, thread, group);
    return *this;
  }
  // Arrives and is admitted at once.
  LockRun& Join(int thread, Value group) {
    Queue(thread, group);
    builder_.Tag(thread, notes::kAdmit, thread, group);
    return *this;
  }
  // `by` leaves and admits; thread by thread, in that order.
  LockRun& Admit(int by, int thread) {
    builder_.Tag(by, notes::kAdmit, thread, 0);
    return *this;
  }
  // Sees that it has been admitted.
  LockRun& Wake(int thread) {
    builder_.Read(thread, 0);
    return *this;
  }
  LockRun& Enter(int thread, Value group) {
    builder_.Note(thread, notes::kEnter, thread, group);
    builder_.Write(thread, 1 + thread);
    return *this;
  }
  LockRun& Leave(int thread, Value group) {
    builder_.Note(thread, notes::kLeave, thread, group);
    return *this;
  }
  LockRun& Exit(int thread) {
    builder_.Update(thread, 0);
    return *this;
  }
  // A whole pass that does not wait.
  LockRun& Pass(int thread, Value group) {
    return Join(thread, group).Enter(thread, group).Leave(thread, group).Exit(thread);
  }

  Builder& builder() { return builder_; }
  Execution Build() { return builder_.Build(); }

 private:
  Builder builder_;
};

}  // namespace doorway
