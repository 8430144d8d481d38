#pragma once

#include <atomic>
#include <cstdint>
#include <cstring>
#include <new>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>

#include "harness/graph/note_kind.h"
#include "harness/graph/order.h"
#include "harness/graph/site.h"
#include "harness/graph/value.h"
#include "harness/relacy/execution.h"
#include "harness/relacy/relacy_order.h"
#include "harness/relacy/upstream.h"
#include "harness/sync/operands.h"

// RelacySync: the seam over upstream Relacy. Member by member the same as ModelSync (harness/sync/model_sync.h,
// where they are described); below stands only what differs. An object lives within a simulation: run models
// through harness/relacy/relacy_run.h.
//
// - An Atomic is an rl::atomic of 4 or 8 bytes that holds the value's bits, a Var an rl::var. Relacy's histories print
//   the bits, the verb, and the file and line of the call.
// - Each operation on an Atomic is one step of Relacy: preemption is possible before it and not within it. So an
//   update is one read-modify-write, whatever its function, and not a compare-exchange loop.
// - A try_update that declines and a compare-exchange that fails read the newest write (Relacy knows no other).
// - await parks the thread while no value that a load might see satisfies it.
// - Notes and tags go to the model's monitor (harness/relacy/monitor.h).

namespace doorway {

struct RelacySync {
  using Name = ObjectName;

 private:
  using Execution = relacy_internal::Execution;

  template <class T>
  using Bits = std::conditional_t<(sizeof(T) > 4), std::uint64_t, std::uint32_t>;

  static rl::debug_info Info(const char* verb, Site site) {
    return rl::debug_info(verb, site.file, static_cast<unsigned>(site.line));
  }

  // One operation on shared memory: begins with a point of preemption, unless the thread was just scheduled, and
  // none is within it.
  class Step {
   public:
    explicit Step(bool just_scheduled = false)
        : indivisible_((Execution::Current().BeginOperation(!just_scheduled), rl::ctx())) {}

   private:
    rl::preemption_disabler indivisible_;
  };

  // What an array element is called in a history.
  static void Announce(const void* object, Name name, Site site) {
    if (name.text == nullptr || !rl::ctx().collecting_history()) return;
    rl::ostringstream text;
    text << "<" << object << "> is " << name.text;
    if (name.index >= 0) text << "[" << name.index << "]";
    const rl::user_msg_event event{text.str()};
    rl::ctx().exec_log(Info("", site), event);
  }

 public:
  template <Scalar T>
  class Atomic {
   public:
    using value_type = T;

    Atomic(const Atomic&) = delete;
    Atomic& operator=(const Atomic&) = delete;
    Atomic(Site site = Site::Here()) : Atomic(T{}, {}, site) {}  // NOLINT: arrays are made so
    explicit Atomic(Name name, Site site = Site::Here()) : Atomic(T{}, name, site) {}
    explicit Atomic(T initial, Name name = {}, Site site = Site::Here()) : cell_(ToBits(initial)), previous_(initial) {
      Announce(&cell_, name, site);
    }
    ~Atomic() { Execution::Current().Destroyed(this, Site{}); }

    T load(std::memory_order order = std::memory_order_seq_cst, Site site = Site::Here()) const {
      return Load(order, "load", site);
    }

    void store(T value, std::memory_order order = std::memory_order_seq_cst, Site site = Site::Here()) {
      const Step step;
      const T old = Newest();
      cell_.store(ToBits(value), relacy_internal::ToRelacy(order), Info("store", site));
      Written(old, value, site);
    }

    T exchange(T desired, std::memory_order order = std::memory_order_seq_cst, Site site = Site::Here()) {
      return Rmw([desired](T) { return desired; }, order, "exchange", site);
    }

    T fetch_add(T by, std::memory_order order = std::memory_order_seq_cst,
                Site site = Site::Here()) requires std::is_integral_v<T> {
      return Rmw([by](T old) { return static_cast<T>(ToValue(old) + ToValue(by)); }, order, "fetch_add", site);
    }
    T fetch_sub(T by, std::memory_order order = std::memory_order_seq_cst,
                Site site = Site::Here()) requires std::is_integral_v<T> {
      return Rmw([by](T old) { return static_cast<T>(ToValue(old) - ToValue(by)); }, order, "fetch_sub", site);
    }
    T fetch_and(T mask, std::memory_order order = std::memory_order_seq_cst,
                Site site = Site::Here()) requires std::is_integral_v<T> {
      return Rmw([mask](T old) { return static_cast<T>(old & mask); }, order, "fetch_and", site);
    }
    T fetch_or(T mask, std::memory_order order = std::memory_order_seq_cst,
               Site site = Site::Here()) requires std::is_integral_v<T> {
      return Rmw([mask](T old) { return static_cast<T>(old | mask); }, order, "fetch_or", site);
    }
    T fetch_xor(T mask, std::memory_order order = std::memory_order_seq_cst,
                Site site = Site::Here()) requires std::is_integral_v<T> {
      return Rmw([mask](T old) { return static_cast<T>(old ^ mask); }, order, "fetch_xor", site);
    }

    bool compare_exchange_strong(T& expected, T desired, std::memory_order success, std::memory_order failure,
                                 Site site = Site::Here()) {
      return CompareExchange<false>(expected, desired, success, failure, site);
    }
    bool compare_exchange_strong(T& expected, T desired, std::memory_order order = std::memory_order_seq_cst,
                                 Site site = Site::Here()) {
      return CompareExchange<false>(expected, desired, order, FailureOrder(order), site);
    }
    bool compare_exchange_weak(T& expected, T desired, std::memory_order success, std::memory_order failure,
                               Site site = Site::Here()) {
      return CompareExchange<true>(expected, desired, success, failure, site);
    }
    bool compare_exchange_weak(T& expected, T desired, std::memory_order order = std::memory_order_seq_cst,
                               Site site = Site::Here()) {
      return CompareExchange<true>(expected, desired, order, FailureOrder(order), site);
    }

    template <class F, class... Ops>
    T update(F, With<Ops...> operands, std::memory_order order = std::memory_order_seq_cst, Site site = Site::Here()) {
      static_assert(StatelessFunction<F>);
      return Rmw([&operands](T old) -> T { return Apply<F>(old, operands); }, order, "update", site);
    }

    template <class F, class... Ops>
    Updated<T> try_update(F, With<Ops...> operands, std::memory_order order, std::memory_order failure,
                          Site site = Site::Here()) {
      static_assert(StatelessFunction<F>);
      const Step step;
      const T old = Newest();
      const std::optional<T> next = Apply<F>(old, operands);
      if (next.has_value()) {
        Replace(old, *next, order, "try_update", site);
      } else {
        ReadNewest(old, failure, "try_update declines", site);
      }
      return {old, next.has_value()};
    }

    template <class P, class... Ops>
    T await(P, With<Ops...> operands, std::memory_order order = std::memory_order_seq_cst,
            Site site = Site::Here()) const {
      static_assert(StatelessFunction<P>);
      // A load may see the write before the newest, so it is worth one if either satisfies.
      for (bool loaded = false;; loaded = true) {
        bool scheduled = true;
        if (!Apply<P>(Newest(), operands) && (loaded || !Apply<P>(previous_, operands))) {
          WaitFor<P>(operands, site);
        } else if (loaded) {
          Execution::Current().Yield(1, site);  // the load was stale; after a yield Relacy's loads don't go back as far
        } else {
          scheduled = false;
        }
        const T value = Load(order, "await", site, scheduled);
        if (Apply<P>(value, operands)) return value;
      }
    }

    template <class P, class F, class... Ops>
    T await_update(P, F, With<Ops...> operands, std::memory_order order = std::memory_order_seq_cst,
                   Site site = Site::Here()) {
      static_assert(StatelessFunction<P>);
      static_assert(StatelessFunction<F>);
      for (bool waited = false;; waited = true) {
        {
          const Step step(waited);
          const T old = Newest();
          if (Apply<P>(old, operands)) {
            Replace(old, Apply<F>(old, operands), order, "await_update", site);
            return old;
          }
        }
        WaitFor<P>(operands, site);
      }
    }

   private:
    static Bits<T> ToBits(T value) { return static_cast<Bits<T>>(ToValue(value)); }

    template <class F, class... Ops>
    static auto Apply(T value, const With<Ops...>& operands) {
      return std::apply([value](const Ops&... ops) { return F{}(value, ops...); }, operands.values);
    }

    // What a read-modify-write here and now would read.
    T Newest() const { return FromValue<T>(cell_.debug_value()); }

    T Load(std::memory_order order, const char* verb, Site site, bool just_scheduled = false) const {
      const Step step(just_scheduled);
      return FromValue<T>(cell_.load(relacy_internal::ToRelacy(order), Info(verb, site)));
    }

    template <class F>
    T Rmw(F next, std::memory_order order, const char* verb, Site site) {
      const Step step;
      const T old = Newest();
      Replace(old, next(old), order, verb, site);
      return old;
    }

    // Within a step: a read-modify-write from `old`, the newest, to `next`.
    void Replace(T old, T next, std::memory_order order, const char* verb, Site site) {
      cell_.exchange(ToBits(next), relacy_internal::ToRelacy(order), Info(verb, site));
      Written(old, next, site);
    }

    // Within a step: reads `newest` and writes nothing. A compare-exchange that must fail, since a load might be stale.
    void ReadNewest(T newest, std::memory_order order, const char* verb, Site site) {
      Bits<T> other = ~ToBits(newest);
      const rl::memory_order failure = relacy_internal::ToRelacy(order);
      cell_.compare_exchange_strong(other, other, relacy_internal::SuccessFor(rl::mo_relaxed, failure),
                                    Info(verb, site), failure, Info(verb, site));
    }

    template <bool weak>
    bool CompareExchange(T& expected, T desired, std::memory_order success, std::memory_order failure, Site site) {
      const Step step;
      Bits<T> bits = ToBits(expected);
      const rl::memory_order on_failure = relacy_internal::ToRelacy(failure);
      const rl::memory_order on_success = relacy_internal::SuccessFor(relacy_internal::ToRelacy(success), on_failure);
      const rl::debug_info info = Info(weak ? "compare_exchange_weak" : "compare_exchange_strong", site);
      const bool done = weak ? cell_.compare_exchange_weak(bits, ToBits(desired), on_success, info, on_failure, info)
                             : cell_.compare_exchange_strong(bits, ToBits(desired), on_success, info, on_failure, info);
      if (done) {
        Written(expected, desired, site);
      } else {
        expected = FromValue<T>(bits);
      }
      return done;
    }

    void Written(T old, T value, Site site) {
      previous_ = old;
      Execution::Current().Written(this, ToValue(value), site);
    }

    template <class P, class... Ops>
    void WaitFor(const With<Ops...>& operands, Site site) const {
      const relacy_internal::Wish wish{this,
                                       [](const void* closure, Value value) -> bool {
                                         return Apply<P>(FromValue<T>(value),
                                                         *static_cast<const With<Ops...>*>(closure));
                                       },
                                       &operands};
      Execution::Current().Wait(wish, site);
    }

    rl::atomic<Bits<T>> cell_;
    T previous_;  // the write before the newest
  };

  template <Scalar T>
  class Var {
   public:
    using value_type = T;

    Var(const Var&) = delete;
    Var& operator=(const Var&) = delete;
    Var(Site site = Site::Here()) : Var(Name{}, site) {}  // NOLINT: arrays are made so
    explicit Var(Name name, Site site = Site::Here()) { Announce(&cell_, name, site); }
    explicit Var(T initial, Name name = {}, Site site = Site::Here()) : cell_(static_cast<Bits<T>>(ToValue(initial))) {
      Announce(&cell_, name, site);
    }

    T get(Site site = Site::Here()) const {
      Execution::Current().BeginOperation(false);
      return FromValue<T>(cell_(Info("get", site)).load());
    }
    void set(T value, Site site = Site::Here()) {
      Execution::Current().BeginOperation(false);
      cell_(Info("set", site)).store(static_cast<Bits<T>>(ToValue(value)));
    }

   private:
    rl::var<Bits<T>> cell_;
  };

  // Relacy knows a dead object by its signature, which is wiped here: a compiler may leave out stores to a dead object.
  template <class T>
  class Storage {
   public:
    Storage() { Wipe(); }
    Storage(const Storage&) = delete;
    Storage& operator=(const Storage&) = delete;
    ~Storage() {
      if (alive_) address()->~T();
    }

    template <class... Args>
    T* construct(Args&&... args) {
      T* const object = ::new (bytes_) T(std::forward<Args>(args)...);
      alive_ = true;
      return object;
    }
    void destroy(T* object) {
      alive_ = false;
      object->~T();
      Wipe();
    }
    T* address() { return reinterpret_cast<T*>(bytes_); }

   private:
    void Wipe() {
      std::memset(bytes_, 0, sizeof(bytes_));
      asm volatile("" : : "r"(bytes_) : "memory");  // the zeros are read, by whoever comes too late
    }

    alignas(T) unsigned char bytes_[sizeof(T)];
    bool alive_ = false;
  };

  static void fence(std::memory_order order, Site site = Site::Here()) {
    if (order == std::memory_order_relaxed) return;
    const bool ordered_with_others = order == std::memory_order_seq_cst;
    Execution::Current().BeginOperation(ordered_with_others);
    const rl::preemption_disabler indivisible(rl::ctx());
    rl::atomic_thread_fence(relacy_internal::ToRelacy(order), Info("fence", site));
  }

  template <class Body>
  static void spin(Body body, Site site = Site::Here()) {
    for (int polls = 1; body(); ++polls) Execution::Current().Yield(polls, site);
  }

  template <class Body>
  static void forever(Body body, Site /*site*/ = Site::Here()) {
    Execution::Current().Forever([](void* closure) { (*static_cast<Body*>(closure))(); }, &body);
  }

  static int choose(int n, Site /*site*/ = Site::Here()) {
    Execution::Current().BeginOperation(false);
    return static_cast<int>(rl::rand(static_cast<unsigned>(n)));
  }

  static void check(bool holds, const char* message, Site site = Site::Here()) {
    Execution::Current().Check(holds, message, site);
  }

  static int self() { return Execution::Current().Self(); }

  static void note(NoteKind kind, int subject, Value argument = 0, Site site = Site::Here()) {
    Execution::Current().Note(kind, subject, argument, true, site);
  }
  static void tag(NoteKind kind, int subject, Value argument = 0, Site site = Site::Here()) {
    Execution::Current().Note(kind, subject, argument, false, site);
  }
};

}  // namespace doorway
