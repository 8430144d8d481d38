#pragma once

#include "base.hpp"
#include "harness/front/operations.h"
#include "memory_order.hpp"

namespace rl {

// C++20's fences; a relaxed one is none.
inline void atomic_thread_fence(memory_order mo, debug_info_param info) {
  if (mo != mo_relaxed) doorway::front::Fence(front::to_order(mo), front::to_site(info));
}

// Orders a thread and its own signal handlers, of which there are none.
inline void atomic_signal_fence(memory_order /*mo*/, debug_info_param /*info*/) {}

}  // namespace rl
