#pragma once

#include <memory>
#include <vector>

#include "harness/graph/monitor.h"
#include "harness/graph/value.h"
#include "properties/mm/page_notes.h"

// The claims of this folder as monitors of runs that happen one step after another, each for one address range. They
// need no memory but their state, so that any engine can carry them.

namespace doorway::mm {

// Hears what is said of one range.
class RangeMonitor : public Monitor {
 public:
  explicit RangeMonitor(int range) : range_(range) {}

  Answer Hear(const Noted& noted, Value* state) const final {
    return RangeOf(noted.argument) == range_ ? HearOwn(noted, state) : Answer{};
  }

 private:
  virtual Answer HearOwn(const Noted& noted, Value* state) const = 0;

  int range_;
};

// One monitor for each range: the same, but for the range.
template <class OfRange, class... Args>
std::vector<std::unique_ptr<Monitor>> ForEachRange(const Args&... args) {
  std::vector<std::unique_ptr<Monitor>> monitors;
  for (int range = 0; range < kMaxRanges; ++range) monitors.push_back(std::make_unique<OfRange>(range, args...));
  return monitors;
}

// NLW: the mapped page holds every store that has retired.
//
// Stores are without number, and need not be told apart. For each page and CPU one bit: the page lacks a store of that
// CPU, since the CPU has stored to another page after the page was mapped or copied. A copy that is being made is like
// a page; one that was begun anew reads anew. The page that is mapped lacks nothing, or the claim is violated. A page
// that is freed, and a copy that is given up, lack all stores, as if they had never been: else each would be
// remembered, in runs without end, by what it last held.
class LostWriteMonitor final : public RangeMonitor {
 public:
  using RangeMonitor::RangeMonitor;
  int bits() const override { return kEverAt + kMaxCpus; }

 private:
  static constexpr int kCopyingAt = kPages * kMaxCpus;  // by the CPU that copies
  static constexpr int kMappedAt = kCopyingAt + kMaxCpus * kMaxCpus;
  static constexpr int kEverAt = kMappedAt + 3;  // by CPU: it has stored
  static_assert(kPages <= 8);

  static constexpr Value kOnePage = (Value{1} << kMaxCpus) - 1;
  static constexpr int PageAt(int page) { return page * kMaxCpus; }
  static constexpr int CopyAt(int copier) { return kCopyingAt + copier * kMaxCpus; }

  static void Forget(Value* state, int at);  // the page or copy there
  Answer HearOwn(const Noted& noted, Value* state) const override;
};

// G1: no store while a marking whose ioctl has returned is in force.
// State: whether there is one, and for each thread whether its ioctl has marked, not returned, and nobody has
// un-protected since.
class WriteAfterReturnMonitor final : public RangeMonitor {
 public:
  WriteAfterReturnMonitor(int range, int threads) : RangeMonitor(range), threads_(threads) {}
  int bits() const override { return 1 + threads_; }

 private:
  Answer HearOwn(const Noted& noted, Value* state) const override;
  int threads_;
};

// G2: no writable entry when a set marker is cleared. State: for each CPU whether it holds one, and whether any ever
// did.
class StaleEntryMonitor final : public RangeMonitor {
 public:
  // `writable_at_start`: the CPUs that start with an entry, as bits.
  StaleEntryMonitor(int range, Value writable_at_start)
      : RangeMonitor(range), initial_(writable_at_start | (writable_at_start != 0 ? kEver : 0)) {}
  int bits() const override { return kMaxCpus + 1; }
  Value initial() const override { return initial_; }

 private:
  static constexpr Value kEver = Value{1} << kMaxCpus;

  Answer HearOwn(const Noted& noted, Value* state) const override;
  Value initial_;
};

// DE: no fault makes the page-table entry writable while the marker is set. State: whether it is.
class DeadEndMonitor final : public RangeMonitor {
 public:
  using RangeMonitor::RangeMonitor;
  int bits() const override { return 1; }

 private:
  Answer HearOwn(const Noted& noted, Value* state) const override;
};

// CH: a store between an ioctl's marking and its return. State: two bits a thread.
class ContentChangesMonitor final : public RangeMonitor {
 public:
  ContentChangesMonitor(int range, int threads) : RangeMonitor(range), threads_(threads) {}
  int bits() const override { return 2 * threads_; }

 private:
  enum Ioctl : Value {
    kNone,      // has not marked; or has returned for certain
    kMarked,    // and nobody has stored since
    kChanged,   // and somebody has
    kMayReturn  // has done all its operations since kMarked: it returns before the thread's next one
  };

  Answer HearOwn(const Noted& noted, Value* state) const override;
  int threads_;
};

}  // namespace doorway::mm
