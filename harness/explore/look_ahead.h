#pragma once

#include "harness/behaviour/program.h"

// What a value would do to a thread, before any graph is copied for it. May run the thread's code, once for each new
// value.

namespace doorway {

// Whether reading `value` at `node` only makes thread t wait: an await goes on waiting, or a spin wants another
// iteration.
inline bool Blocks(Program& program, const Node* node, ThreadId t, Value value) {
  if (node->label.transform != nullptr && Apply(node->label, value).action == Action::kBlock) return true;
  if (node->iteration_start == Node::kNotSpinning && !node->may_repeat) return false;
  return program.Child(node, t, value, false)->label.op == Op::kBlocked;
}

// Whether a weak compare-exchange that would write, reading `value`, may also fail.
inline bool MayFailSpuriously(const Label& label, Value value) {
  return label.weak && Apply(label, value).action == Action::kWrite;
}

}  // namespace doorway
