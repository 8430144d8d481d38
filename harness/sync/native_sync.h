#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <optional>
#include <random>
#include <thread>
#include <tuple>
#include <type_traits>
#include <utility>

#include "harness/graph/note_kind.h"
#include "harness/graph/order.h"
#include "harness/graph/site.h"
#include "harness/graph/value.h"
#include "harness/sync/back_off.h"
#include "harness/sync/operands.h"
#include "harness/sync/thread_index.h"

// NativeSync: the seam over std::atomic, for locks in programs. What was verified is what ships: the same source, with
// nothing added. An Atomic is as large as its value, an operation on it is std::atomic's, notes and tags are nothing.
// Member by member the same as ModelSync (harness/sync/model_sync.h, where they are described); here stands only what
// differs.
//
// - update and try_update are compare-exchange loops, and so is await_update; its polls, and those of await and spin,
//   back off (back_off.h).
// - self() is a number of the thread's own (thread_index.h).
// - check aborts the program. choose draws at random. forever has no end. There are no interrupts.
// - Compile with optimisation: gcc does an operation whose order it does not know at compile time with seq_cst.
//
// To have a model run, disturbed and judged, on real threads: StressSync (harness/native/stress_sync.h).

namespace doorway {

struct NativeSync {
  using Name = ObjectName;

  template <Scalar T>
  class Atomic {
    using Order = std::memory_order;
    using Bits =
        std::conditional_t<sizeof(T) == 1, std::uint8_t,
                           std::conditional_t<sizeof(T) == 2, std::uint16_t,
                                              std::conditional_t<sizeof(T) <= 4, std::uint32_t, std::uint64_t>>>;

   public:
    using value_type = T;

    Atomic(const Atomic&) = delete;
    Atomic& operator=(const Atomic&) = delete;
    Atomic(Site /*site*/ = {}) : word_(ToBits(T{})) {}  // NOLINT: arrays are made so
    explicit Atomic(Name /*name*/, Site /*site*/ = {}) : word_(ToBits(T{})) {}
    explicit Atomic(T initial, Name /*name*/ = {}, Site /*site*/ = {}) : word_(ToBits(initial)) {}

    T load(Order order = std::memory_order_seq_cst, Site /*site*/ = {}) const { return FromBits(word_.load(order)); }
    void store(T value, Order order = std::memory_order_seq_cst, Site /*site*/ = {}) {
      word_.store(ToBits(value), order);
    }
    T exchange(T desired, Order order = std::memory_order_seq_cst, Site /*site*/ = {}) {
      return FromBits(word_.exchange(ToBits(desired), order));
    }
    void exchange(T desired, Unseen /*view*/, Order order = std::memory_order_seq_cst, Site /*site*/ = {}) {
      word_.exchange(ToBits(desired), order);
    }

    T fetch_add(T by, Order order = std::memory_order_seq_cst, Site /*site*/ = {}) requires std::is_integral_v<T> {
      return FromBits(word_.fetch_add(ToBits(by), order));
    }
    T fetch_sub(T by, Order order = std::memory_order_seq_cst, Site /*site*/ = {}) requires std::is_integral_v<T> {
      return FromBits(word_.fetch_sub(ToBits(by), order));
    }
    T fetch_and(T mask, Order order = std::memory_order_seq_cst, Site /*site*/ = {}) requires std::is_integral_v<T> {
      return FromBits(word_.fetch_and(ToBits(mask), order));
    }
    T fetch_or(T mask, Order order = std::memory_order_seq_cst, Site /*site*/ = {}) requires std::is_integral_v<T> {
      return FromBits(word_.fetch_or(ToBits(mask), order));
    }
    T fetch_xor(T mask, Order order = std::memory_order_seq_cst, Site /*site*/ = {}) requires std::is_integral_v<T> {
      return FromBits(word_.fetch_xor(ToBits(mask), order));
    }

    bool compare_exchange_strong(T& expected, T desired, Order success, Order failure, Site /*site*/ = {}) {
      Bits bits = ToBits(expected);
      if (word_.compare_exchange_strong(bits, ToBits(desired), success, failure)) return true;
      expected = FromBits(bits);
      return false;
    }
    bool compare_exchange_strong(T& expected, T desired, Order order = std::memory_order_seq_cst, Site /*site*/ = {}) {
      return compare_exchange_strong(expected, desired, order, FailureOrder(order));
    }
    bool compare_exchange_weak(T& expected, T desired, Order success, Order failure, Site /*site*/ = {}) {
      Bits bits = ToBits(expected);
      if (word_.compare_exchange_weak(bits, ToBits(desired), success, failure)) return true;
      expected = FromBits(bits);
      return false;
    }
    bool compare_exchange_weak(T& expected, T desired, Order order = std::memory_order_seq_cst, Site /*site*/ = {}) {
      return compare_exchange_weak(expected, desired, order, FailureOrder(order));
    }

    template <class F, class... Ops>
    T update(F, With<Ops...> operands, Order order = std::memory_order_seq_cst, Site /*site*/ = {}) {
      static_assert(StatelessFunction<F>);
      Bits old = word_.load(std::memory_order_relaxed);
      while (!word_.compare_exchange_weak(old, ToBits(Apply<F>(old, operands)), order, std::memory_order_relaxed)) {
      }
      return FromBits(old);
    }
    template <class F, class V, class... Ops>
    Viewed<V, T, Ops...> update(F f, V, With<Ops...> operands, Order order = std::memory_order_seq_cst,
                                Site /*site*/ = {}) {
      static_assert(StatelessFunction<V>);
      return Apply<V>(ToBits(update(f, operands, order)), operands);
    }

    template <class F, class... Ops>
    Updated<T> try_update(F, With<Ops...> operands, Order order, Order failure, Site /*site*/ = {}) {
      static_assert(StatelessFunction<F>);
      Bits old = word_.load(failure);
      for (;;) {
        const std::optional<T> next = Apply<F>(old, operands);
        if (!next.has_value()) return {FromBits(old), false};
        if (word_.compare_exchange_weak(old, ToBits(*next), order, failure)) return {FromBits(old), true};
      }
    }

    template <class P, class... Ops>
    T await(P, With<Ops...> operands, Order order = std::memory_order_seq_cst, Site /*site*/ = {}) const {
      static_assert(StatelessFunction<P>);
      for (unsigned polls = 0;; ++polls) {
        const Bits bits = word_.load(order);
        if (Apply<P>(bits, operands)) return FromBits(bits);
        BackOff(polls);
      }
    }
    template <class P, class V, class... Ops>
    Viewed<V, T, Ops...> await(P p, V, With<Ops...> operands, Order order = std::memory_order_seq_cst,
                               Site /*site*/ = {}) const {
      static_assert(StatelessFunction<V>);
      return Apply<V>(ToBits(await(p, operands, order)), operands);
    }

    template <class P, class F, class... Ops>
    T await_update(P, F, With<Ops...> operands, Order order = std::memory_order_seq_cst, Site /*site*/ = {}) {
      static_assert(StatelessFunction<P>);
      static_assert(StatelessFunction<F>);
      Bits old = word_.load(std::memory_order_relaxed);
      for (unsigned polls = 0;;) {
        if (!Apply<P>(old, operands)) {
          BackOff(polls++);
          old = word_.load(std::memory_order_relaxed);
        } else if (word_.compare_exchange_weak(old, ToBits(Apply<F>(old, operands)), order,
                                               std::memory_order_relaxed)) {
          return FromBits(old);
        }
      }
    }

   private:
    static Bits ToBits(T value) { return static_cast<Bits>(ToValue(value)); }
    static T FromBits(Bits bits) { return FromValue<T>(bits); }
    template <class F, class... Ops>
    static auto Apply(Bits bits, const With<Ops...>& operands) {
      return std::apply([bits](const Ops&... ops) { return F{}(FromBits(bits), ops...); }, operands.values);
    }

    static_assert(std::atomic<Bits>::is_always_lock_free);
    std::atomic<Bits> word_;
  };

  template <Scalar T>
  class Var {
   public:
    using value_type = T;

    Var(const Var&) = delete;
    Var& operator=(const Var&) = delete;
    Var(Site /*site*/ = {}) {}  // NOLINT: arrays are made so
    explicit Var(Name /*name*/, Site /*site*/ = {}) {}
    explicit Var(T initial, Name /*name*/ = {}, Site /*site*/ = {}) : value_(initial) {}

    T get(Site /*site*/ = {}) const { return value_; }
    // A touch: done, though nobody looks at the value.
    void get(Unseen /*view*/, Site /*site*/ = {}) const { (void)*static_cast<const volatile T*>(&value_); }
    void set(T value, Site /*site*/ = {}) { value_ = value; }

   private:
    T value_{};
  };

  template <class T>
  class Storage {
   public:
    template <class... Args>
    T* construct(Args&&... args) {
      return ::new (bytes_) T(std::forward<Args>(args)...);
    }
    void destroy(T* object) { object->~T(); }
    T* address() { return reinterpret_cast<T*>(bytes_); }

   private:
    alignas(T) unsigned char bytes_[sizeof(T)] = {};
  };

  static void fence(std::memory_order order, Site /*site*/ = {}) { std::atomic_thread_fence(order); }

  template <class Body>
  static void spin(Body body, Site /*site*/ = {}) {
    for (unsigned polls = 0; body(); ++polls) BackOff(polls);
  }

  template <class Body>
  [[noreturn]] static void forever(Body body, Site /*site*/ = {}) {
    for (;;) body();
  }

  struct Thread {
    std::thread* thread;  // owned, until join
  };
  template <class F, class... Ops>
  static Thread spawn(F f, With<Ops...> operands, Site /*site*/ = {}) {
    static_assert(StatelessFunction<F>);
    return Thread{new std::thread([f, operands] { std::apply(f, operands.values); })};
  }
  static void join(Thread thread, Site /*site*/ = {}) {
    thread.thread->join();
    delete thread.thread;
  }

  template <class F, class... Ops>
  static void interrupt(int /*thread*/, F, With<Ops...> /*operands*/, Site /*site*/ = {}) {
    static_assert(sizeof(F) == 0, "NativeSync has no interrupts; StressSync has");
  }

  static int choose(int n, Site /*site*/ = {}) {
    static thread_local std::minstd_rand random(static_cast<unsigned>(ThreadIndex()) + 1);
    return std::uniform_int_distribution<int>(0, n - 1)(random);
  }

  static void check(bool holds, const char* message, Site site = Site::Here()) {
    if (holds) return;
    std::fprintf(stderr, "%s:%d: check failed: %s\n", site.file, site.line, message);
    std::abort();
  }

  static int self() { return ThreadIndex(); }

  static void note(NoteKind /*kind*/, int /*subject*/, Value /*argument*/ = 0, Site /*site*/ = {}) {}
  static void tag(NoteKind /*kind*/, int /*subject*/, Value /*argument*/ = 0, Site /*site*/ = {}) {}
};

}  // namespace doorway
