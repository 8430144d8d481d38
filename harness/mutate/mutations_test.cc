// A program with a mutation behaves as the program that is written so.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "harness/explore/explore.h"
#include "harness/mutate/source_operations.h"
#include "harness/sync/model_sync.h"

namespace doorway {
namespace {

using Sync = ModelSync;
using std::memory_order;
using std::memory_order_acquire;
using std::memory_order_relaxed;
using std::memory_order_release;
using std::memory_order_seq_cst;

struct Counts {
  std::uint64_t executions = 0, blocked = 0, stuck = 0;
  bool race = false, failed = false;
  bool operator==(const Counts&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Counts& counts) {
  return out << counts.executions << " executions, " << counts.blocked << " blocked, " << counts.stuck << " stuck"
             << (counts.race ? ", race" : "") << (counts.failed ? ", failed check" : "");
}

template <class Model>
Counts Explored(std::vector<Mutation> mutations = {}) {
  ExploreOptions options;
  options.memory = MemoryModel::kRc11;
  options.stop_at = "none";
  options.mutations = std::move(mutations);
  ModelSubject<Model, int> subject(2, 2);
  const Report report = Explore(subject, {}, options);
  const auto violated = [&](std::string_view claim) { return report.Find(claim)->verdict == Verdict::kViolated; };
  return {report.executions, report.blocked, report.stuck, violated(kNoDataRace), violated(kNoFailedCheck)};
}

// The operation called `verb` that the model does to nothing else but once in its source.
template <class Model>
OperationSite Find(const std::string& verb) {
  SourceOperations operations;
  ExploreOptions options;
  options.on_operation = [&](int, const Label& label) { operations.Add(label); };
  ModelSubject<Model, int> subject(2, 2);
  Explore(subject, {}, options);
  OperationSite found;
  for (const SourceOperation& operation : operations.All()) {
    if (operation.where.verb != verb) continue;
    EXPECT_EQ(found.site.line, 0) << "two operations of that name";
    found = operation.where;
  }
  EXPECT_NE(found.site.line, 0) << "no operation of that name";
  return found;
}

template <memory_order kStore>
struct MessagePassing {
  Sync::Atomic<int> flag{0, "flag"};
  Sync::Var<int> data{0, "data"};
  explicit MessagePassing(int) {}
  void thread(int i) {
    if (i == 0) {
      data.set(42);
      flag.store(1, kStore);
    } else if (flag.load(memory_order_acquire) == 1) {
      Sync::check(data.get() == 42, "the message is there");
    }
  }
};

TEST(Mutations, AWeakerOrder) {
  using Program = MessagePassing<memory_order_release>;
  const Counts mutated = Explored<Program>({{Find<Program>("store"), Mutation::Kind::kOrder, Order::kRelaxed}});
  EXPECT_EQ(mutated, Explored<MessagePassing<memory_order_relaxed>>());
  EXPECT_NE(mutated, Explored<Program>());
}

// Store buffering; with the fence, or without, or with what each thread does in the other order.
enum class Fence { kBetween, kNone, kLast };
template <Fence kFence>
struct StoreBuffering {
  Sync::Atomic<int> at[2];
  explicit StoreBuffering(int) {}
  void thread(int i) {
    at[i].store(1, memory_order_relaxed);
    if (kFence == Fence::kBetween) Sync::fence(memory_order_seq_cst);
    at[1 - i].load(memory_order_relaxed);
    if (kFence == Fence::kLast) Sync::fence(memory_order_seq_cst);
  }
};

TEST(Mutations, AFenceLeftOut) {
  using Program = StoreBuffering<Fence::kBetween>;
  const Counts mutated = Explored<Program>({{Find<Program>("fence"), Mutation::Kind::kDrop}});
  EXPECT_EQ(mutated, Explored<StoreBuffering<Fence::kNone>>());
  EXPECT_NE(mutated, Explored<Program>());
}

TEST(Mutations, AFenceAfterTheNextOperation) {
  using Program = StoreBuffering<Fence::kBetween>;
  const Counts mutated = Explored<Program>({{Find<Program>("fence"), Mutation::Kind::kSwap}});
  EXPECT_EQ(mutated, Explored<StoreBuffering<Fence::kLast>>());
  EXPECT_NE(mutated, Explored<Program>());
}

// A store of 1 and a read of what is there, in either order; `kStored`: another value.
template <bool kStoreFirst, int kStored, bool kStores>
struct StoreAndExchange {
  Sync::Atomic<int> at{0, "at"};
  explicit StoreAndExchange(int) {}
  void thread(int) {
    if (kStores && kStoreFirst) at.store(kStored);
    const int seen = at.exchange(5);
    if (kStores && !kStoreFirst) at.store(kStored);
    Sync::check(seen != 2, "nobody writes 2");
  }
};

TEST(Mutations, AStoreAfterTheNextOperation) {
  using Program = StoreAndExchange<true, 1, true>;
  EXPECT_EQ(Explored<Program>({{Find<Program>("store"), Mutation::Kind::kSwap}}),
            (Explored<StoreAndExchange<false, 1, true>>()));
}

TEST(Mutations, AStoreLeftOut) {
  using Program = StoreAndExchange<true, 1, true>;
  EXPECT_EQ(Explored<Program>({{Find<Program>("store"), Mutation::Kind::kDrop}}),
            (Explored<StoreAndExchange<true, 1, false>>()));
}

TEST(Mutations, AConstantOffByOne) {
  using Program = StoreAndExchange<true, 1, true>;
  const Counts mutated = Explored<Program>({{Find<Program>("store"), Mutation::Kind::kOperand, Order::kRelaxed, 0, 1}});
  EXPECT_EQ(mutated, (Explored<StoreAndExchange<true, 2, true>>()));
  EXPECT_TRUE(mutated.failed);
}

// The last operation of a thread has nothing after it: it is done where it is.
TEST(Mutations, NothingToSwapWith) {
  using Program = StoreAndExchange<false, 1, true>;
  EXPECT_EQ(Explored<Program>({{Find<Program>("store"), Mutation::Kind::kSwap}}), Explored<Program>());
}

// A turnstile: each takes it by compare-exchange in a spin, and gives it back.
template <bool kGivesBack, bool kWrites>
struct Turnstile {
  Sync::Atomic<int> taken{0, "taken"};
  Sync::Var<int> inside{0, "inside"};
  explicit Turnstile(int) {}
  void thread(int) {
    if (kWrites) {
      Sync::spin([&] {
        int free = 0;
        return !taken.compare_exchange_strong(free, 1, memory_order_acquire, memory_order_relaxed);
      });
    } else {
      Sync::spin([&] { return taken.load(memory_order_acquire) != 0; });
    }
    inside.set(inside.get() + 1);
    if (kGivesBack) taken.store(0, memory_order_release);
  }
};

TEST(Mutations, ALockThatIsNotGivenBack) {
  using Program = Turnstile<true, true>;
  const Counts mutated = Explored<Program>({{Find<Program>("store"), Mutation::Kind::kDrop}});
  EXPECT_EQ(mutated, (Explored<Turnstile<false, true>>()));
  EXPECT_GT(mutated.stuck, 0U);
}

TEST(Mutations, AnUpdateThatWritesNothing) {
  using Program = Turnstile<true, true>;
  const Counts mutated =
      Explored<Program>({{Find<Program>("compare_exchange_strong"), Mutation::Kind::kDrop, Order::kRelaxed}});
  EXPECT_TRUE(mutated.race);
  EXPECT_EQ(mutated.race, (Explored<Turnstile<true, false>>().race));
}

TEST(Mutations, AreSeenByAfter) {
  struct Program {
    Sync::Atomic<int> at{0, "at"};
    explicit Program(int) {}
    void thread(int) { at.fetch_add(1); }
    void after() { Sync::check(at.load() == 2, "both have counted"); }
  };
  EXPECT_FALSE(Explored<Program>().failed);
  EXPECT_TRUE(Explored<Program>({{Find<Program>("fetch_add"), Mutation::Kind::kDrop}}).failed);
}

}  // namespace
}  // namespace doorway
