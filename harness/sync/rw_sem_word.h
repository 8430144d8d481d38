#pragma once

#include <cstdint>

#include "harness/sync/waiter_fifo.h"

// The whole state of a reader-writer lock as one word, and the rules by which it admits: rw_sem.h makes the lock of
// them.
//
// Layout, from bit 0: the queue (54 bits; a waiter's kind is reader or writer), whether a writer is inside, how many
// readers are (five bits).

namespace doorway {

struct RwSemWord {
  enum Kind : int { kRead = 0, kWrite = 1 };

  WaiterFifo queue;
  bool writer;
  int readers;

  constexpr explicit RwSemWord(std::uint64_t bits)
      : queue(bits), writer((bits >> kWriterAt & 1) != 0), readers(static_cast<int>(bits >> kReadersAt) & 31) {}
  constexpr std::uint64_t Bits() const {
    return queue.bits() | std::uint64_t{writer} << kWriterAt | static_cast<std::uint64_t>(readers) << kReadersAt;
  }

  // Lets one in, who is not, or no longer, in the queue.
  constexpr void Admit(int kind) {
    writer = kind == kWrite;
    readers += kind == kRead;
  }

  static constexpr int kWriterAt = WaiterFifo::kBits;
  static constexpr int kReadersAt = kWriterAt + 1;
};

// Everybody queues once anybody waits. The last one out lets in the head of the queue: a writer, or all readers up to
// the next writer.
struct QueueFair {
  static constexpr bool Admits(const RwSemWord& word, int kind) {
    return !word.writer && word.queue.empty() && (kind == RwSemWord::kRead || word.readers == 0);
  }
  static constexpr void LetReadersJoin(RwSemWord& word) {
    while (!word.queue.empty() && word.queue.front().kind == RwSemWord::kRead) {
      word.Admit(RwSemWord::kRead);
      word.queue.pop();
    }
  }
  static constexpr void HandOver(RwSemWord& word) {
    LetReadersJoin(word);
    if (word.readers > 0 || word.queue.empty()) return;
    word.Admit(RwSemWord::kWrite);
    word.queue.pop();
  }
};

// Readers never wait for writers that wait. The last one out lets in all readers of the queue, or else its first
// writer.
struct ReadersFirst {
  static constexpr bool Admits(const RwSemWord& word, int kind) {
    return !word.writer && (kind == RwSemWord::kRead || word.readers == 0);
  }
  static constexpr void LetReadersJoin(RwSemWord& word) {
    for (int i = 0; i < word.queue.size();) {
      if (word.queue.at(i).kind == RwSemWord::kRead) {
        word.Admit(RwSemWord::kRead);
        word.queue.remove(i);
      } else {
        ++i;
      }
    }
  }
  static constexpr void HandOver(RwSemWord& word) {
    LetReadersJoin(word);
    if (word.readers > 0 || word.queue.empty()) return;
    word.Admit(RwSemWord::kWrite);
    word.queue.pop();
  }
};

}  // namespace doorway
