#pragma once

#include <atomic>

#include "harness/relacy/upstream.h"

// Memory orders of C++20 as Relacy takes them.

namespace doorway::relacy_internal {

constexpr rl::memory_order ToRelacy(std::memory_order order) {
  switch (order) {
    case std::memory_order_relaxed:
      return rl::mo_relaxed;
    case std::memory_order_consume:
    case std::memory_order_acquire:
      return rl::mo_acquire;
    case std::memory_order_release:
      return rl::mo_release;
    case std::memory_order_acq_rel:
      return rl::mo_acq_rel;
    case std::memory_order_seq_cst:
      return rl::mo_seq_cst;
  }
  return rl::mo_seq_cst;
}

// Relacy keeps to C++11: a compare-exchange's failure order is no stronger than its success order. C++17 allows it
// to be; then the success order is strengthened as far as needed, and Relacy finds less.
constexpr rl::memory_order SuccessFor(rl::memory_order success, rl::memory_order failure) {
  if (failure == rl::mo_seq_cst) return rl::mo_seq_cst;
  if (failure != rl::mo_acquire) return success;
  if (success == rl::mo_relaxed) return rl::mo_acquire;
  if (success == rl::mo_release) return rl::mo_acq_rel;
  return success;
}

}  // namespace doorway::relacy_internal
