// What a model may do wrong, and that each is told in one line, with the source line, and never passes for a verdict.

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include "harness/behaviour/runtime.h"
#include "harness/explore/explore.h"
#include "harness/graph/label.h"
#include "harness/sync/model_sync.h"

namespace doorway {
namespace {

using Sync = ModelSync;

// One thread's code over a few shared objects, plain ones among them.
struct Shared {
  Sync::Atomic<int> flag{0, "flag"};
  Sync::Var<int> data{"data"};
  int plain = 0;
};

class OneThread final : public Subject {
 public:
  explicit OneThread(std::function<void(Shared&)> body) : body_(std::move(body)) {}
  int threads() const override { return 1; }
  std::size_t size() const override { return sizeof(Shared); }
  void Construct(void* memory) override { shared_ = new (memory) Shared; }
  void Thread(int) override { body_(*shared_); }

 private:
  std::function<void(Shared&)> body_;
  Shared* shared_ = nullptr;
};

// The error's text; "no error: VERDICT" if there is none.
std::string ErrorOf(std::function<void(Shared&)> body) {
  OneThread subject(std::move(body));
  try {
    return std::string("no error: ") + Name(Explore(subject, {}, ExploreOptions{}).verdict);
  } catch (const ModelError& error) {
    return error.what();
  }
}

#define EXPECT_ERROR(error, text)                                             \
  do {                                                                        \
    const std::string actual = (error);                                       \
    EXPECT_NE(actual.find(text), std::string::npos) << "it says: " << actual; \
    EXPECT_EQ(actual.find('\n'), std::string::npos);                          \
  } while (false)

TEST(BadModel, PlainWriteToSharedMemory) {
  const std::string error = ErrorOf([](Shared& s) {
    s.flag.store(1);
    s.plain = 1;
  });
  EXPECT_ERROR(error, "a plain write to memory that threads share");
  EXPECT_ERROR(error, "bad_model_test.cc:");
}

TEST(BadModel, EndlessLoopWithoutOperations) {
  EXPECT_ERROR(ErrorOf([](Shared& s) {
                 s.flag.store(1);
                 volatile bool for_ever = true;
                 while (for_ever) {
                 }
               }),
               "did not end in two seconds");
}

TEST(BadModel, EndlessLoopWithOperations) {
  EXPECT_ERROR(ErrorOf([](Shared& s) {
                 for (;;) s.flag.fetch_add(1);
               }),
               "more than 10000 operations");
}

TEST(BadModel, Crash) {
  EXPECT_ERROR(ErrorOf([](Shared& s) {
                 s.flag.store(1);
                 auto* volatile nowhere = reinterpret_cast<volatile int*>(64);  // never mapped
                 *nowhere = 1;
               }),
               "crashed");
}

TEST(BadModel, EndlessRecursion) {
  static int (*volatile recurse)(volatile int*) = nullptr;
  recurse = [](volatile int* n) -> int {
    volatile int here[64] = {*n};
    return recurse(&here[0]) + here[0];
  };
  EXPECT_ERROR(ErrorOf([](Shared& s) {
                 volatile int one = s.flag.load();
                 s.flag.store(recurse(&one));
               }),
               "stack overflowed");
}

TEST(BadModel, Abort) {
  EXPECT_ERROR(ErrorOf([](Shared& s) {
                 s.flag.store(1);
                 std::abort();
               }),
               "abort()");
}

TEST(BadModel, Exception) {
  EXPECT_ERROR(ErrorOf([](Shared& s) {
                 s.flag.store(1);
                 throw std::runtime_error("no such luck, and a text longer than any small buffer");
               }),
               "threw an exception: no such luck, and a text longer than any small buffer");
}

TEST(BadModel, AllocatesWithoutBound) {
  EXPECT_ERROR(ErrorOf([](Shared& s) {
                 s.flag.store(1);
                 std::vector<std::vector<char>> hoard;
                 for (;;) hoard.emplace_back(1000);
               }),
               "allocates without bound");
}

TEST(BadModel, AllocatingWithinBoundsIsFine) {
  EXPECT_EQ(ErrorOf([](Shared& s) {
              std::vector<int> values(100, 3);
              const std::string text(100, 'x');
              s.flag.store(values[50] + static_cast<int>(text.size()));
              Sync::check(s.flag.load() == 103, "own writes are seen");
            }),
            "no error: verified");
}

TEST(BadModel, DependsOnTime) {
  EXPECT_ERROR(ErrorOf([](Shared& s) {
                 static int runs = 0;  // state that outlives a run, as a clock or a random seed does
                 const int mine = ++runs;
                 s.flag.fetch_add(mine);
                 const int which = Sync::choose(2);
                 s.flag.store(which);
                 s.flag.load();
               }),
               "depends on time, randomness, or state outside of Sync");
}

TEST(BadModel, ReadsUninitialisedVar) {
  const std::string error = ErrorOf([](Shared& s) { s.flag.store(s.data.get()); });
  EXPECT_ERROR(error, "reads 'data' before it has a value");
  EXPECT_ERROR(error, "bad_model_test.cc:");
}

TEST(BadModel, StoreInSpin) {
  EXPECT_ERROR(ErrorOf([](Shared& s) {
                 Sync::spin([&] {
                   s.flag.store(1);
                   return false;
                 });
               }),
               "a store in the body of a spin loop");
}

TEST(BadModel, WriteInUnsuccessfulIteration) {
  EXPECT_ERROR(ErrorOf([](Shared& s) { Sync::spin([&] { return s.flag.fetch_add(1) < 3; }); }),
               "wrote to shared memory and asked for another one");
}

TEST(BadModel, SpinThatCountsItsIterations) {
  EXPECT_ERROR(ErrorOf([](Shared& s) {
                 int tries = 0;
                 Sync::spin([&] { return s.flag.load() == 0 && ++tries < 10; });
                 s.flag.store(tries);
               }),
               "changed a local variable that outlives it");
}

TEST(BadModel, ForeverThatRemembers) {
  EXPECT_ERROR(ErrorOf([](Shared& s) {
                 int rounds = 0;
                 Sync::forever([&] { s.flag.store(++rounds); });
               }),
               "changed a local variable that outlives it");
}

TEST(BadModel, ChooseOfNothing) {
  EXPECT_ERROR(ErrorOf([](Shared& s) { s.flag.store(Sync::choose(0)); }), "choose(n) needs 1 <= n");
}

TEST(BadModel, TagBeforeAnyOperation) {
  EXPECT_ERROR(ErrorOf([](Shared&) { Sync::tag(notes::kDoorway, 0); }), "a tag needs an operation");
}

// As `node->next.load()` is, if node is null and next its first member.
TEST(BadModel, ObjectAtANullPointer) {
  EXPECT_ERROR(ErrorOf([](Shared& s) {
                 s.flag.store(1);
                 Label load;
                 load.op = Op::kLoad;
                 load.order = Order::kRelaxed;
                 load.width = sizeof(int);
                 load.site = Site::Here();
                 runtime::Perform(load, nullptr);
               }),
               "a null or dangling pointer");
}

TEST(BadModel, DanglingObject) {
  EXPECT_ERROR(ErrorOf([](Shared& s) {
                 s.flag.store(1);
                 alignas(8) static unsigned char nowhere[64];
                 reinterpret_cast<Sync::Atomic<int>*>(nowhere)->store(1);
               }),
               "an object that no before() or thread made");
}

TEST(BadModel, BeforeThatWaits) {
  class Waits final : public Subject {
   public:
    int threads() const override { return 1; }
    std::size_t size() const override { return sizeof(Shared); }
    void Construct(void* memory) override {
      auto* shared = new (memory) Shared;
      shared->flag.await([](int value) { return value == 1; }, with());
    }
    void Thread(int) override {}
  } subject;
  try {
    Explore(subject, {}, ExploreOptions{});
    FAIL() << "no error";
  } catch (const ModelError& error) {
    EXPECT_ERROR(error.what(), "before() waits for a value that nobody will write");
  }
}

TEST(BadModel, TooManyThreads) {
  class Crowd final : public Subject {
   public:
    int threads() const override { return 17; }
    std::size_t size() const override { return 8; }
    void Construct(void*) override {}
    void Thread(int) override {}
  } subject;
  EXPECT_THROW(Explore(subject, {}, ExploreOptions{}), ModelError);
}

// An error that no execution reaches is not one: the look-ahead may run code on values that never occur.
TEST(BadModel, ErrorThatNoExecutionReaches) {
  struct Unreachable {
    Sync::Atomic<int> flag{0, "flag"};
    explicit Unreachable(int) {}
    void thread(int i) {
      if (i == 0) {
        flag.store(1);
        flag.store(2);
        return;
      }
      const int first = flag.load();
      const int second = flag.load();
      if (first > second) throw std::runtime_error("coherence forbids it");
    }
  };
  ModelSubject<Unreachable, int> subject(0, 2);
  EXPECT_EQ(Explore(subject, {}, ExploreOptions{}).verdict, Verdict::kVerified);
}

}  // namespace
}  // namespace doorway
