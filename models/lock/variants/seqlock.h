#pragma once

#include <atomic>

#include "locks/seqlock.h"

// Sequence counts with one thing wrong.

namespace doorway::lock {

// Looks at the number again without a fence: the look may come before the reads of the data.
template <class Sync>
class SeqNoReadFence : public SeqCount<Sync> {
 public:
  using SeqCount<Sync>::SeqCount;
  bool read_retry(typename SeqCount<Sync>::Number begun) const {
    return this->is_odd(begun) || this->has_changed(begun);
  }
};

// Writes the data without a fence after the odd number: the data may be seen before it.
template <class Sync>
class SeqNoWriteFence : public SeqCount<Sync> {
 public:
  using SeqCount<Sync>::SeqCount;
  void write_begin() { this->begin(); }
};

// The even number is no release: it may be seen before the data.
template <class Sync>
class SeqRelaxedEnd : public SeqCount<Sync> {
 public:
  using SeqCount<Sync>::SeqCount;
  void write_end() { this->end(std::memory_order_relaxed); }
};

// Does not ask whether a write was under way when it began.
template <class Sync>
class SeqReadsOdd : public SeqCount<Sync> {
 public:
  using SeqCount<Sync>::SeqCount;
  bool read_retry(typename SeqCount<Sync>::Number begun) const {
    Sync::fence(std::memory_order_acquire);
    return this->has_changed(begun);
  }
};

}  // namespace doorway::lock
