#pragma once

#include <atomic>
#include <cstdint>

#include "harness/graph/value.h"

// Atomic operations on a word whose width and memory orders are known when they are done, not when they are compiled. A
// compiler that does not know an order takes the strongest, which would hide what a stress run is to find: so each
// order is a call of its own.

namespace doorway::native {

// Calls f(word), an atomic reference of so many bytes; of odd widths, the next larger one.
template <class F>
auto WithWord(unsigned char* bytes, int width, F f) {
  if (width == 1) return f(std::atomic_ref<std::uint8_t>(*reinterpret_cast<std::uint8_t*>(bytes)));
  if (width == 2) return f(std::atomic_ref<std::uint16_t>(*reinterpret_cast<std::uint16_t*>(bytes)));
  if (width <= 4) return f(std::atomic_ref<std::uint32_t>(*reinterpret_cast<std::uint32_t*>(bytes)));
  return f(std::atomic_ref<std::uint64_t>(*reinterpret_cast<std::uint64_t*>(bytes)));
}

inline Value LoadWord(unsigned char* bytes, int width, std::memory_order order) {
  return WithWord(bytes, width, [order](auto word) -> Value {
    switch (order) {
      case std::memory_order_relaxed:
      case std::memory_order_release:  // no order of a load: none
        return word.load(std::memory_order_relaxed);
      case std::memory_order_consume:
      case std::memory_order_acquire:
      case std::memory_order_acq_rel:
        return word.load(std::memory_order_acquire);
      case std::memory_order_seq_cst:
        break;
    }
    return word.load(std::memory_order_seq_cst);
  });
}

inline void StoreWord(unsigned char* bytes, int width, Value value, std::memory_order order) {
  WithWord(bytes, width, [order, value](auto word) {
    const auto bits = static_cast<typename decltype(word)::value_type>(value);
    switch (order) {
      case std::memory_order_relaxed:
      case std::memory_order_consume:
      case std::memory_order_acquire:  // no order of a store: none
        return word.store(bits, std::memory_order_relaxed);
      case std::memory_order_release:
      case std::memory_order_acq_rel:
        return word.store(bits, std::memory_order_release);
      case std::memory_order_seq_cst:
        break;
    }
    return word.store(bits, std::memory_order_seq_cst);
  });
}

// A compare-exchange that does not fail spuriously. Where `failure` is stronger than `success`, success has both: gcc
// knows no other.
inline bool ExchangeWord(unsigned char* bytes, int width, Value& expected, Value desired, std::memory_order success,
                         std::memory_order failure) {
  const bool acquires = failure == std::memory_order_acquire || failure == std::memory_order_consume;
  return WithWord(bytes, width, [&](auto word) {
    using Word = typename decltype(word)::value_type;
    auto old = static_cast<Word>(expected);
    const auto next = static_cast<Word>(desired);
    const auto exchange = [&] {
      if (failure == std::memory_order_seq_cst) {
        return word.compare_exchange_strong(old, next, std::memory_order_seq_cst, std::memory_order_seq_cst);
      }
      switch (success) {
        case std::memory_order_relaxed:
          if (!acquires)
            return word.compare_exchange_strong(old, next, std::memory_order_relaxed, std::memory_order_relaxed);
          return word.compare_exchange_strong(old, next, std::memory_order_acquire, std::memory_order_acquire);
        case std::memory_order_consume:
        case std::memory_order_acquire:
          if (!acquires)
            return word.compare_exchange_strong(old, next, std::memory_order_acquire, std::memory_order_relaxed);
          return word.compare_exchange_strong(old, next, std::memory_order_acquire, std::memory_order_acquire);
        case std::memory_order_release:
          if (!acquires)
            return word.compare_exchange_strong(old, next, std::memory_order_release, std::memory_order_relaxed);
          return word.compare_exchange_strong(old, next, std::memory_order_acq_rel, std::memory_order_acquire);
        case std::memory_order_acq_rel:
          if (!acquires)
            return word.compare_exchange_strong(old, next, std::memory_order_acq_rel, std::memory_order_relaxed);
          return word.compare_exchange_strong(old, next, std::memory_order_acq_rel, std::memory_order_acquire);
        case std::memory_order_seq_cst:
          break;
      }
      if (!acquires)
        return word.compare_exchange_strong(old, next, std::memory_order_seq_cst, std::memory_order_relaxed);
      return word.compare_exchange_strong(old, next, std::memory_order_seq_cst, std::memory_order_acquire);
    };
    const bool done = exchange();
    expected = old;
    return done;
  });
}

}  // namespace doorway::native
