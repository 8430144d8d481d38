#pragma once

#include <atomic>

#include "harness/graph/note_kind.h"
#include "harness/graph/value.h"
#include "harness/sync/operands.h"
#include "models/group/clients.h"

// Small programs that every checker of this field is measured with: how many executions they have is known. Each is a
// template over Sync, with `threads` threads (or as many as it says) that do `rounds` rounds.

namespace doorway {

struct ProgramConfig {
  int threads = 2;
  int rounds = 1;
};

inline constexpr int kMaxProgramThreads = 10;

// Each thread stores its own value to one location: any order of the stores is an execution, so n threads have n!.
template <class Sync>
class Writers {
 public:
  explicit Writers(const ProgramConfig& config) : config_(config) {}
  void thread(int me) { x_.store(me + 1, std::memory_order_relaxed); }
  void after() {
    const int last = x_.load(std::memory_order_relaxed);
    Sync::check(last >= 1 && last <= config_.threads, "the last value is none that was stored");
  }

 private:
  const ProgramConfig config_;
  typename Sync::template Atomic<int> x_{0, "x"};
};

// Thread 0 stores, each of the others reads, before or after that: 2^n executions of n readers.
template <class Sync>
class Readers {
 public:
  explicit Readers(const ProgramConfig& /*config*/) {}
  void thread(int me) {
    if (me == 0) {
      x_.store(1, std::memory_order_relaxed);
    } else {
      const int read = x_.load(std::memory_order_relaxed);
      Sync::check(read == 0 || read == 1, "read what nobody stored");
    }
  }

 private:
  typename Sync::template Atomic<int> x_{0, "x"};
};

// Each thread adds one, `rounds` times, to one location: (n k)! / k!^n executions of n threads and k rounds.
template <class Sync>
class FetchAdds {
 public:
  explicit FetchAdds(const ProgramConfig& config) : config_(config) {}
  void thread(int /*me*/) {
    for (int i = 0; i < config_.rounds; ++i) x_.fetch_add(1, std::memory_order_relaxed);
  }
  void after() {
    Sync::check(x_.load(std::memory_order_relaxed) == config_.threads * config_.rounds, "an addition was lost");
  }

 private:
  const ProgramConfig config_;
  typename Sync::template Atomic<int> x_{0, "x"};
};

// Test and test-and-set: a thread reads until the lock looks free, and tries to take it. And two wrong ones: it takes
// the lock by a store, after the test; or leaves without a release.
enum class Ttas { kRight, kStores, kRelaxedUnlock };

template <class Sync, Ttas kHow = Ttas::kRight>
class TtasClients {
 public:
  explicit TtasClients(const ProgramConfig& config) : config_(config) {}
  void thread(int me) {
    for (int i = 0; i < config_.rounds; ++i) {
      Lock();
      Sync::note(notes::kEnter, me);
      shared_.set(shared_.get() + 1);
      Sync::note(notes::kLeave, me);
      lock_.store(0, kHow == Ttas::kRelaxedUnlock ? std::memory_order_relaxed : std::memory_order_release);
    }
  }

 private:
  // Acquire; pairs with the release of whoever left last.
  void Lock() {
    if constexpr (kHow == Ttas::kStores) {
      Sync::spin([this] { return lock_.load(std::memory_order_acquire) != 0; });
      lock_.store(1, std::memory_order_relaxed);
      return;
    }
    Sync::spin([this] {
      int expected = 0;
      return lock_.load(std::memory_order_relaxed) != 0 ||
             !lock_.compare_exchange_strong(expected, 1, std::memory_order_acquire, std::memory_order_relaxed);
    });
  }

  const ProgramConfig config_;
  typename Sync::template Atomic<int> lock_{0, "lock"};
  typename Sync::template Var<int> shared_{0, "shared"};
};

// Two groups and one signed word: members of group 0 count it up while it is not below 0, those of group 1 count it
// down while it is not above, so members of one group are inside together, and never of both.
template <class Sync>
class TwoGroupCounter {
 public:
  explicit TwoGroupCounter(const GroupConfig& config) : config_(config) {}
  void thread(int me) {
    const int group = me < config_.reds ? 0 : 1;
    const int step = group == 0 ? 1 : -1;
    for (int i = 0; i < config_.rounds; ++i) {
      // Acquire; pairs with the release of the other group's last member.
      Sync::spin([this, step] {
        int count = count_.load(std::memory_order_relaxed);
        return count * step < 0 || !count_.compare_exchange_strong(count, count + step, std::memory_order_acquire,
                                                                   std::memory_order_relaxed);
      });
      Sync::note(notes::kEnter, me, static_cast<Value>(group));
      Inside(me, group);
      Sync::note(notes::kLeave, me, static_cast<Value>(group));
      // Release; what was done inside is seen by the other group. An update, so that it goes on with the release
      // sequence of members that left before.
      count_.fetch_sub(step, std::memory_order_release);
    }
  }

 private:
  // Group 0 reads what members of group 1 write.
  void Inside(int me, int group) {
    if (group == 1) return slots_[me].set(slots_[me].get() + 1);
    for (int other = config_.reds; other < config_.reds + config_.blacks; ++other) slots_[other].get(unseen);
  }

  using Slot = typename Sync::template Var<int>;
  struct MakeSlot {
    Slot operator()(int i) const { return Slot(0, ObjectName("slot", i)); }
  };

  const GroupConfig config_;
  typename Sync::template Atomic<int> count_{0, "count"};
  Indexed<Slot, kMaxClients, MakeSlot> slots_;
};

// Two threads add the one's number to the other's, `rounds` times each; a third looks on. No number grows beyond that
// of Fibonacci's sequence.
template <class Sync>
class Fibonacci {
 public:
  static constexpr int kThreads = 3;

  explicit Fibonacci(const ProgramConfig& config) : config_(config) {
    int before = 1;
    for (int i = 0; i < 2 * config.rounds; ++i) {
      const int next = before + most_;
      before = most_;
      most_ = next;
    }
  }
  void thread(int me) {
    if (me == 2) return Look();
    for (int i = 0; i < config_.rounds; ++i) {
      const int x = x_.load(std::memory_order_acquire);
      const int y = y_.load(std::memory_order_acquire);
      (me == 0 ? x_ : y_).store(x + y, std::memory_order_release);
    }
  }

 private:
  void Look() {
    const int x = x_.load(std::memory_order_acquire);
    Sync::check(x <= most_, "x is beyond Fibonacci's number");
    const int y = y_.load(std::memory_order_acquire);
    Sync::check(y <= most_, "y is beyond Fibonacci's number");
  }

  const ProgramConfig config_;
  int most_ = 1;
  typename Sync::template Atomic<int> x_{1, "x"}, y_{1, "y"};
};

// The heart of Dekker's algorithm: each of two threads says that it is coming, and enters if the other has not said so.
// Not `kFenced`: nothing keeps a thread's load from being done before its store.
template <class Sync, bool kFenced>
class DekkerEntry {
 public:
  static constexpr int kThreads = 2;

  explicit DekkerEntry(const ProgramConfig& /*config*/) {}
  void thread(int me) {
    coming_[me].store(1, std::memory_order_relaxed);
    // Seq_cst: the two fences have an order, and whose is second sees the other's store.
    if constexpr (kFenced) Sync::fence(std::memory_order_seq_cst);
    if (coming_[1 - me].load(std::memory_order_relaxed) == 0) entered_[me].set(1);
  }
  void after() { Sync::check(entered_[0].get() + entered_[1].get() < 2, "both have entered"); }

 private:
  using Flag = typename Sync::template Atomic<int>;
  struct MakeFlag {
    Flag operator()(int i) const { return Flag(0, ObjectName("coming", i)); }
  };
  Indexed<Flag, 2, MakeFlag> coming_;
  using Mark = typename Sync::template Var<int>;
  struct MakeMark {
    Mark operator()(int i) const { return Mark(0, ObjectName("entered", i)); }
  };
  Indexed<Mark, 2, MakeMark> entered_;
};

}  // namespace doorway
