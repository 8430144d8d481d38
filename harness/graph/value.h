#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <type_traits>

// The scalar vocabulary of execution graphs: everything an event holds is one of these.

namespace doorway {

// The bits of a shared value, zero-extended: locations are at most eight bytes wide.
using Value = std::uint64_t;

using ThreadId = std::uint8_t;     // dense, 0..n-1 in the order of declaration
using LocationId = std::uint16_t;  // dense, in the order of first use
using EventId = std::uint16_t;     // position of an event in its graph

inline constexpr ThreadId kInitThread = 0xff;  // "thread" of the initial writes
inline constexpr LocationId kNoLocation = 0xffff;
inline constexpr EventId kNoEvent = 0xffff;

inline constexpr int kMaxThreads = 16;

// What may live in an Atomic or a Var: a value is its object representation, so types with padding
// bits, whose representation is not a function of the value, are refused.
template <class T>
concept Scalar = std::is_trivially_copyable_v<T> && sizeof(T) <= sizeof(Value) &&
                 (std::has_unique_object_representations_v<T> || std::is_floating_point_v<T>);

template <Scalar T>
Value ToValue(T value) {
  Value bits = 0;
  std::memcpy(&bits, &value, sizeof(T));
  return bits;
}

template <Scalar T>
T FromValue(Value bits) {
  if constexpr (std::is_same_v<T, bool>) {
    return bits != 0;
  } else {
    T value;
    std::memcpy(static_cast<void*>(&value), &bits, sizeof(T));
    return value;
  }
}

}  // namespace doorway
