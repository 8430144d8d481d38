#pragma once

#include <atomic>
#include <cstdint>
#include <optional>

#include "harness/graph/note_kind.h"
#include "harness/graph/site.h"
#include "harness/graph/value.h"
#include "harness/sync/operands.h"

// Small models for the tests of RelacySync, over any Sync.

namespace doorway::relacy_testing {

struct Config {
  std::memory_order store = std::memory_order_release;
  std::memory_order load = std::memory_order_acquire;
};

struct IsNonZero {
  template <class T, class... Operands>
  bool operator()(T value, Operands...) const {
    return value != T{};
  }
};
struct IsZero {
  template <class T, class... Operands>
  bool operator()(T value, Operands...) const {
    return value == T{};
  }
};
struct Equals {
  template <class T>
  bool operator()(T value, T wanted) const {
    return value == wanted;
  }
};
struct Plus {
  template <class T>
  T operator()(T value, T by) const {
    return static_cast<T>(value + by);
  }
};
struct Set {
  template <class T>
  T operator()(T /*value*/, T wanted) const {
    return wanted;
  }
};

// Two threads: data, then a flag; the other waits for the flag and reads the data.
template <class Sync>
class MessagePassing {
 public:
  explicit MessagePassing(Config config) : config_(config) {}
  void thread(int i) {
    if (i == 0) {
      data_.set(42);
      flag_.store(1, config_.store);
    } else {
      flag_.await(IsNonZero{}, with(), config_.load);
      Sync::check(data_.get() == 42, "the data are there");
    }
  }

 private:
  Config config_;
  typename Sync::template Var<int> data_{0, "data"};
  typename Sync::template Atomic<int> flag_{0, "flag"};
};

// The same with a polling loop.
template <class Sync>
class PolledMessagePassing {
 public:
  explicit PolledMessagePassing(Config config) : config_(config) {}
  void thread(int i) {
    if (i == 0) {
      data_.set(42);
      flag_.store(true, config_.store);
    } else {
      Sync::spin([this] { return !flag_.load(config_.load); });
      Sync::check(data_.get() == 42, "the data are there");
    }
  }

 private:
  Config config_;
  typename Sync::template Var<int> data_{0};
  typename Sync::template Atomic<bool> flag_{false};
};

// Store buffering: not both threads may miss the other's store, says the check.
template <class Sync>
class StoreBuffering {
 public:
  explicit StoreBuffering(Config config) : config_(config) {}
  void thread(int i) {
    mine_[i].store(1, config_.store);
    saw_[i].set(mine_[1 - i].load(config_.load));
  }
  void after() { Sync::check(saw_[0].get() + saw_[1].get() > 0, "one sees the other"); }

 private:
  Config config_;
  typename Sync::template Atomic<int> mine_[2];
  typename Sync::template Var<int> saw_[2];
};

// A spin lock that tests and sets in two steps (broken), or in one.
template <class Sync, bool in_two_steps>
class SpinLockClient {
 public:
  explicit SpinLockClient(Config config) : config_(config) {}
  void thread(int i) {
    if (in_two_steps) {
      lock_.await(IsZero{}, with(), config_.load);
      lock_.store(1, config_.store);
    } else {
      lock_.await_update(IsZero{}, Set{}, with(std::uint8_t{1}), config_.load);
    }
    Sync::note(notes::kEnter, i, static_cast<Value>(i));
    Sync::note(notes::kLeave, i, static_cast<Value>(i));
    lock_.store(0, config_.store);
  }

 private:
  Config config_;
  typename Sync::template Atomic<std::uint8_t> lock_{std::uint8_t{0}, "lock"};
};

// Waits for what nobody writes.
template <class Sync>
class NeverWoken {
 public:
  explicit NeverWoken(Config) {}
  void thread(int i) {
    if (i == 0) word_.store(1);
    if (i == 1) word_.await(Equals{}, with(2));
  }

 private:
  typename Sync::template Atomic<int> word_{0};
};

// Polls for what nobody writes.
template <class Sync>
class NeverDone {
 public:
  explicit NeverDone(Config) {}
  void thread(int i) {
    if (i == 0) word_.store(1);
    if (i == 1) Sync::spin([this] { return word_.load() != 2; });
  }

 private:
  typename Sync::template Atomic<int> word_{0};
};

// A server waits for ever for requests: it may end blocked.
template <class Sync>
class Daemon {
 public:
  explicit Daemon(Config) {}
  bool daemon(int thread) const { return thread == 0; }
  void thread(int i) {
    if (i == 0) {
      for (int served = 0;; ++served) {
        request_.await_update(IsNonZero{}, Set{}, with(0), std::memory_order_acq_rel);
        reply_.update(Plus{}, with(1), std::memory_order_release);
      }
    }
    request_.store(1, std::memory_order_release);
    reply_.await(IsNonZero{}, with(), std::memory_order_acquire);
  }
  void after() { Sync::check(reply_.load() == 1, "one reply"); }

 private:
  typename Sync::template Atomic<int> request_{0};
  typename Sync::template Atomic<int> reply_{0};
};

// One thread waits for more rounds of the other than the bound allows: no deadlock.
template <class Sync>
class Rounds {
 public:
  explicit Rounds(Config) {}
  void thread(int i) {
    if (i == 0) {
      Sync::forever([this] { count_.fetch_add(1); });
    } else if (i == 1) {
      count_.await(Equals{}, with(1000));
    } else {
      Sync::spin([this] { return count_.load() != 1000; });
    }
  }
  void after() { Sync::check(false, "nobody can come here"); }

 private:
  typename Sync::template Atomic<int> count_{0};
};

// A parent hands out work; the child that it forgets to join may not have done it yet.
template <class Sync, bool joins>
class Spawning {
 public:
  static constexpr int kSpawns = 2;
  using Slot = typename Sync::template Var<int>;

  explicit Spawning(Config) {}
  void before() {
    for (Slot& slot : slots_) slot.set(0);
  }
  void thread(int) {
    const typename Sync::Thread first = Sync::spawn(Fill{}, with(&slots_[0], 1));
    const typename Sync::Thread second = Sync::spawn(Fill{}, with(&slots_[1], 2));
    Sync::join(first);
    if (joins) Sync::join(second);
    Sync::check(slots_[0].get() + slots_[1].get() == 3, "both slots are filled");
  }
  void after() {}

 private:
  struct Fill {
    void operator()(Slot* slot, int value) const {
      Sync::check(Sync::self() == value + 1, "after() is thread 1");
      slot->set(value);
    }
  };
  Slot slots_[2];
};

// Nobody is spawned, though somebody might be.
template <class Sync>
class NeverSpawning {
 public:
  static constexpr int kSpawns = 1;
  explicit NeverSpawning(Config) {}
  void thread(int) { word_.fetch_add(1); }
  void after() { Sync::check(word_.load() == 2, "both have added"); }

 private:
  typename Sync::template Atomic<int> word_{0};
};

// All choices are explored: their sum takes its extreme value.
template <class Sync>
class Choices {
 public:
  explicit Choices(Config) {}
  void thread(int) { sum_.fetch_add(Sync::choose(3), std::memory_order_relaxed); }
  void after() { Sync::check(sum_.load() != 4, "not both chose 2"); }

 private:
  typename Sync::template Atomic<int> sum_{0};
};

// Every operation has the value that std::atomic would give.
template <class Sync>
class Arithmetic {
 public:
  enum class Colour : std::uint8_t { kRed, kBlack };
  struct Pair {
    std::uint16_t low;
    std::uint16_t high;
    friend bool operator==(Pair, Pair) = default;
  };
  struct Increment {
    std::optional<std::uint8_t> operator()(std::uint8_t value, std::uint8_t limit) const {
      if (value >= limit) return std::nullopt;
      return static_cast<std::uint8_t>(value + 1);
    }
  };

  explicit Arithmetic(Config) {}
  void before() { small_.store(-3); }
  void thread(int) {
    Expect(small_.fetch_sub(126) == -3);
    Expect(small_.fetch_add(1) == 127);  // -129 in eight bits
    Expect(small_.load() == -128);
    Expect(byte_.fetch_or(0xf0) == 0x0f);
    Expect(byte_.fetch_and(0x3c) == 0xff);
    Expect(byte_.fetch_xor(0xff) == 0x3c);
    Expect(byte_.exchange(7) == 0xc3);
    Expect(byte_.update(Plus{}, with(std::uint8_t{250})) == 7);
    Expect(byte_.load() == 1);
    const Updated<std::uint8_t> once =
        byte_.try_update(Increment{}, with(std::uint8_t{2}), std::memory_order_acquire, std::memory_order_relaxed);
    Expect(once && once.old == 1);
    const Updated<std::uint8_t> declined =
        byte_.try_update(Increment{}, with(std::uint8_t{2}), std::memory_order_release, std::memory_order_acquire);
    Expect(!declined && declined.old == 2);
    std::uint64_t expected = 0;
    Expect(!wide_.compare_exchange_strong(expected, 5));
    Expect(expected == ~std::uint64_t{0});
    Expect(wide_.compare_exchange_strong(expected, 5, std::memory_order_release, std::memory_order_acquire));
    Expect(wide_.load() == 5);
    Expect(colour_.exchange(Colour::kBlack) == Colour::kRed);
    Expect(colour_.load() == Colour::kBlack);
    pair_.store(Pair{1, 2});
    Expect(pair_.load() == Pair{1, 2});
    pointer_.store(&wide_);
    Expect(pointer_.load() == &wide_);
    Sync::fence(std::memory_order_release);
    Sync::fence(std::memory_order_seq_cst);
    Expect(Sync::self() == 0);
  }
  void after() { Expect(Sync::self() == 1); }

 private:
  static void Expect(bool holds, Site site = Site::Here()) { Sync::check(holds, "as std::atomic", site); }

  using Wide = typename Sync::template Atomic<std::uint64_t>;
  typename Sync::template Atomic<std::int8_t> small_{"small"};
  typename Sync::template Atomic<std::uint8_t> byte_{std::uint8_t{0x0f}, "byte"};
  Wide wide_{~std::uint64_t{0}};
  typename Sync::template Atomic<Colour> colour_;
  typename Sync::template Atomic<Pair> pair_;
  typename Sync::template Atomic<Wide*> pointer_;
};

// A weak compare-exchange may fail though nobody interferes.
template <class Sync, bool weak>
class CompareExchangeOnce {
 public:
  explicit CompareExchangeOnce(Config) {}
  void thread(int) {
    int expected = 0;
    const bool done = weak ? word_.compare_exchange_weak(expected, 1) : word_.compare_exchange_strong(expected, 1);
    Sync::check(done, "nobody interferes");
  }

 private:
  typename Sync::template Atomic<int> word_{0};
};

// An object is destroyed, too early or not, and made again in the same place.
template <class Sync, bool too_early>
class Reuse {
 public:
  struct Node {
    typename Sync::template Atomic<int> value{0};
  };
  explicit Reuse(Config) {}
  void before() { node_.store(storage_.construct()); }
  void thread(int i) {
    Node* node = node_.load();
    if (i == 0) {
      node->value.store(1);
      done_.store(1);
    } else {
      if (!too_early) done_.await(IsNonZero{}, with());
      storage_.destroy(node);
      if (!too_early) Sync::check(storage_.construct()->value.load() == 0, "new again");
    }
  }

 private:
  typename Sync::template Storage<Node> storage_;
  typename Sync::template Atomic<Node*> node_;
  typename Sync::template Atomic<int> done_{0};
};

// An object is handed over to the thread that destroys it, and used once more.
template <class Sync>
class UseAfterHandOver {
 public:
  struct Node {
    typename Sync::template Atomic<int> value{0};
    typename Sync::template Var<int> data{0};
  };
  explicit UseAfterHandOver(Config) {}
  void before() { storage_.construct(); }
  void thread(int i) {
    Node* node = storage_.address();
    if (i == 0) {
      node->value.store(1);
      node->data.set(1);
    } else {
      node->value.await(IsNonZero{}, with());
      storage_.destroy(node);
    }
  }

 private:
  typename Sync::template Storage<Node> storage_;
};

template <class Sync>
class Uninitialised {
 public:
  explicit Uninitialised(Config) {}
  void thread(int) { data_.get(); }

 private:
  typename Sync::template Var<int> data_;
};

template <class Sync>
class Throws {
 public:
  explicit Throws(Config) {}
  void thread(int) { throw 1; }
};

}  // namespace doorway::relacy_testing
