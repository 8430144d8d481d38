// Loops that nobody has declared, with plain state, against the same loops as a Sync::spin: the executions must be as
// many.

#include <gtest/gtest.h>

#include "harness/behaviour/asan.h"
#include "harness/behaviour/subject.h"
#include "harness/explore/explore.h"
#include "harness/front/operations.h"
#include "harness/graph/verdict.h"
#include "harness/sync/model_sync.h"

namespace doorway::front {
namespace {

using Sync = ModelSync;

template <bool kDeclared, class Body>
void Loop(Body body) {
  if constexpr (kDeclared) {
    Sync::spin(body);
  } else {
    while (body()) {
    }
  }
}

// The same subject, but with plain state.
template <class Model>
class Plain final : public Subject {
 public:
  explicit Plain(int threads) : subject_(0, threads) {}
  int threads() const override { return subject_.threads(); }
  bool has_plain_state() const override { return true; }
  std::size_t size() const override { return subject_.size(); }
  void Construct(void* memory) override { subject_.Construct(memory); }
  void Thread(int thread) override { subject_.Thread(thread); }

 private:
  ModelSubject<Model, int> subject_;
};

template <template <bool> class Model>
void BothAreTheSame(int threads) {
  ModelSubject<Model<true>, int> declared(0, threads);
  Plain<Model<false>> undeclared(threads);
  ExploreOptions options;
  options.stop_at = "none";
  options.check_invariants = true;
  const Report spin = Explore(declared, {}, options);
  const Report loop = Explore(undeclared, {}, options);
  EXPECT_EQ(spin.verdict, loop.verdict);
#if DOORWAY_ASAN  // what it keeps in frames of the first round makes it look different from the second
  EXPECT_LE(spin.executions, loop.executions);
  EXPECT_LE(spin.blocked, loop.blocked);
#else
  EXPECT_EQ(spin.executions, loop.executions);
  EXPECT_EQ(spin.blocked, loop.blocked);
  EXPECT_EQ(spin.stuck, loop.stuck);
#endif
  EXPECT_TRUE(loop.bounds_hit.empty());
}

template <bool kDeclared>
struct OneFlag {
  explicit OneFlag(int) {}
  void thread(int t) {
    if (t == 0) {
      flag.store(1, std::memory_order_release);
      flag.store(2, std::memory_order_release);
    } else {
      Loop<kDeclared>([this] { return flag.load(std::memory_order_acquire) == 0; });
    }
  }
  Sync::Atomic<int> flag{0};
};
TEST(UndeclaredLoopsTest, OneFlag) { BothAreTheSame<OneFlag>(3); }

template <bool kDeclared>
struct TwoFlags {
  explicit TwoFlags(int) {}
  void thread(int t) {
    if (t < 2) {
      (t == 0 ? a : b).store(1, std::memory_order_relaxed);
    } else {
      Loop<kDeclared>(
          [this] { return a.load(std::memory_order_acquire) == 0 || b.load(std::memory_order_acquire) == 0; });
    }
  }
  Sync::Atomic<int> a{0};
  Sync::Atomic<int> b{0};
};
TEST(UndeclaredLoopsTest, TwoFlags) { BothAreTheSame<TwoFlags>(4); }

template <bool kDeclared>
struct Never {
  explicit Never(int) {}
  void thread(int t) {
    if (t == 0) {
      a.store(1);
    } else {
      Loop<kDeclared>([this] { return a.load() == 0 || b.load() == 0; });
    }
  }
  Sync::Atomic<int> a{0};
  Sync::Atomic<int> b{0};
};
TEST(UndeclaredLoopsTest, StuckForEver) { BothAreTheSame<Never>(2); }

// Compares and exchanges as fronts do: what an attempt leaves on the stack must not make the next one look different.
template <bool kDeclared>
struct SpinLock {
  explicit SpinLock(int) {}
  void thread(int) {
    Loop<kDeclared>([this] {
      bool expected = false;
      if (kDeclared) return !taken.compare_exchange_strong(expected, true, std::memory_order_acquire);
      Value bits = 0;
      return !CompareExchange({&taken, 1}, &bits, 1, Order::kAcquire, Order::kAcquire, false, Site::Here());
    });
    data.set(data.get() + 1);
    taken.store(false, std::memory_order_release);
  }
  Sync::Atomic<bool> taken{false};
  Sync::Var<int> data{0};
};
TEST(UndeclaredLoopsTest, LockByCompareExchange) { BothAreTheSame<SpinLock>(3); }

template <bool kDeclared>
struct Peterson {
  explicit Peterson(int) {}
  void thread(int t) {
    flag[t].store(true);
    turn.store(1 - t);
    Loop<kDeclared>([this, t] { return flag[1 - t].load() && turn.load() == 1 - t; });
    data.set(data.get() + 1);
    flag[t].store(false);
  }
  Sync::Atomic<bool> flag[2] = {Sync::Atomic<bool>(false), Sync::Atomic<bool>(false)};
  Sync::Atomic<int> turn{0};
  Sync::Var<int> data{0};
};
TEST(UndeclaredLoopsTest, Peterson) { BothAreTheSame<Peterson>(2); }

template <bool kDeclared>
struct LocalState {  // a loop of a bounded number of rounds repeats nothing
  explicit LocalState(int) {}
  void thread(int t) {
    for (int i = 0; i < 3; ++i) {
      if (t == 0) {
        a.store(i, std::memory_order_relaxed);
      } else {
        a.load(std::memory_order_relaxed);
      }
    }
  }
  Sync::Atomic<int> a{0};
};
TEST(UndeclaredLoopsTest, CountedRounds) { BothAreTheSame<LocalState>(2); }

}  // namespace
}  // namespace doorway::front
