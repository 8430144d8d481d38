#pragma once

#include "base.hpp"
#include "harness/graph/order.h"

namespace rl {

enum memory_order { mo_relaxed, mo_consume, mo_acquire, mo_release, mo_acq_rel, mo_seq_cst };

inline char const* format(memory_order mo) {
  static char const* const names[] = {"relaxed", "consume", "acquire", "release", "acq_rel", "seq_cst"};
  return names[mo];
}

namespace front {

// consume is acquire, as compilers have it.
inline doorway::Order to_order(memory_order mo) {
  switch (mo) {
    case mo_relaxed:
      return doorway::Order::kRelaxed;
    case mo_consume:
    case mo_acquire:
      return doorway::Order::kAcquire;
    case mo_release:
      return doorway::Order::kRelease;
    case mo_acq_rel:
      return doorway::Order::kAcqRel;
    default:
      return doorway::Order::kSeqCst;
  }
}

// Of a compare-exchange that fails and names one order only.
inline memory_order failure_order(memory_order success) {
  if (success == mo_acq_rel) return mo_acquire;
  return success == mo_release ? mo_relaxed : success;
}

}  // namespace front

}  // namespace rl
