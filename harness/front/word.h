#pragma once

#include <cstdint>

#include "harness/front/operations.h"
#include "harness/graph/label.h"

// A blocking object is one word of eight bytes: every step on it is one update, as if made under a lock of its own. A
// thread's number is an operand, so a step is a pure function of word and operands.

namespace doorway::front {

struct WordStep {
  const char* verb;
  Transform transform;
  View view;  // what the caller is told
  Order order;
  Order failure_order = Order::kRelaxed;  // where it does not write
  bool zero_writes = true;                // it writes where the view is 0, and only there
};

// The view of the word as the step found it. `blocks`: the transform may make the thread wait.
Value Do(Object word, const WordStep& step, const Operands& operands, bool blocks, Site site);

// The same, where the step may fail spuriously, once in each thread and object. False: it did.
bool TryToDo(Object word, const WordStep& step, const Operands& operands, Site site, Value* view);

// Waits until `step`, which does not block, makes `done` of the view true; or, at any time, gives up, as by a timeout.
// Whether it did not give up.
bool DoInTime(Object word, const WordStep& step, const Operands& operands, bool (*done)(Value view), Site site,
              Value* view);

// Of the running thread, 0..31.
Value Self();

}  // namespace doorway::front
