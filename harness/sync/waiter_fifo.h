#pragma once

#include <cstdint>

// A first-come, first-served queue of waiting threads that fits into the low 54 bits of a word, for locks that keep
// their whole state in one word. Each entry is a thread and one bit, its *kind*: reader or writer, or which of two
// groups.
//
// Layout, from bit 0: four bits of size; then the entries, oldest first, five bits each: the thread, then the kind.
// Unused bits are zero, so that equal queues are equal words. A thread is in the queue at most once.
//
// A queue in a word is a specification: no hardware has it. It is exact and cheap to check, and the real locks (with
// nodes and an inner lock) are checked against the same claims.

namespace doorway {

class WaiterFifo {
 public:
  static constexpr int kCapacity = 10;
  static constexpr int kBits = 4 + 5 * kCapacity;
  static constexpr std::uint64_t kMask = (std::uint64_t{1} << kBits) - 1;

  struct Waiter {
    int thread;
    int kind;
  };

  constexpr WaiterFifo() = default;
  // The queue in the low bits of `word`; the others are ignored.
  constexpr explicit WaiterFifo(std::uint64_t word) : bits_(word & kMask) {}

  constexpr std::uint64_t bits() const { return bits_; }
  constexpr int size() const { return static_cast<int>(bits_ & 15); }
  constexpr bool empty() const { return size() == 0; }
  constexpr bool full() const { return size() == kCapacity; }

  // REQUIRES: 0 <= i < size().
  constexpr Waiter at(int i) const {
    const int entry = static_cast<int>(bits_ >> (4 + 5 * i)) & 31;
    return {entry & 15, entry >> 4};
  }
  constexpr Waiter front() const { return at(0); }

  constexpr bool contains(int thread) const {
    for (int i = 0; i < size(); ++i) {
      if (at(i).thread == thread) return true;
    }
    return false;
  }

  // How many of `kind` wait.
  constexpr int count(int kind) const {
    int found = 0;
    for (int i = 0; i < size(); ++i) found += at(i).kind == kind;
    return found;
  }

  // REQUIRES: !full(); `thread`, below 16, is not in the queue.
  constexpr void push(int thread, int kind) {
    bits_ |= static_cast<std::uint64_t>(thread | kind << 4) << (4 + 5 * size());
    ++bits_;
  }

  // Removes entry i. REQUIRES: 0 <= i < size().
  constexpr void remove(int i) {
    const int low = 4 + 5 * i;
    const std::uint64_t below = (std::uint64_t{1} << low) - 1;
    bits_ = (bits_ & below) | ((bits_ >> 5) & ~below & kMask);
    --bits_;
  }
  constexpr void pop() { remove(0); }

 private:
  std::uint64_t bits_ = 0;
};

}  // namespace doorway
