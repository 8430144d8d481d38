#pragma once

#include <atomic>
#include <cstdint>

// Memory orders of operations, C++20's plus `plain` for non-atomic data. memory_order_consume is read
// as acquire, as every compiler does.

namespace doorway {

enum class Order : std::uint8_t { kPlain, kRelaxed, kAcquire, kRelease, kAcqRel, kSeqCst };

constexpr bool IsAcquire(Order order) {
  return order == Order::kAcquire || order == Order::kAcqRel || order == Order::kSeqCst;
}

constexpr bool IsRelease(Order order) {
  return order == Order::kRelease || order == Order::kAcqRel || order == Order::kSeqCst;
}

constexpr bool IsAtomic(Order order) { return order != Order::kPlain; }

constexpr Order FromStd(std::memory_order order) {
  switch (order) {
    case std::memory_order_relaxed:
      return Order::kRelaxed;
    case std::memory_order_consume:
    case std::memory_order_acquire:
      return Order::kAcquire;
    case std::memory_order_release:
      return Order::kRelease;
    case std::memory_order_acq_rel:
      return Order::kAcqRel;
    case std::memory_order_seq_cst:
      return Order::kSeqCst;
  }
  return Order::kSeqCst;
}

// The order that std::atomic derives for the failure of a compare-exchange given one order only.
constexpr std::memory_order FailureOrder(std::memory_order success) {
  if (success == std::memory_order_acq_rel) return std::memory_order_acquire;
  if (success == std::memory_order_release) return std::memory_order_relaxed;
  return success;
}

// "relaxed", "acquire", ... as a report spells it; "plain" for data.
constexpr const char* Name(Order order) {
  switch (order) {
    case Order::kPlain:
      return "plain";
    case Order::kRelaxed:
      return "relaxed";
    case Order::kAcquire:
      return "acquire";
    case Order::kRelease:
      return "release";
    case Order::kAcqRel:
      return "acq_rel";
    case Order::kSeqCst:
      return "seq_cst";
  }
  return "?";
}

}  // namespace doorway
