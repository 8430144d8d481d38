#pragma once

#include <atomic>
#include <cstdint>
#include <new>
#include <optional>
#include <tuple>
#include <type_traits>
#include <typeinfo>
#include <utility>

#include "harness/behaviour/runtime.h"
#include "harness/graph/label.h"
#include "harness/graph/note_kind.h"
#include "harness/graph/site.h"
#include "harness/graph/value.h"
#include "harness/sync/operands.h"

// ModelSync: the seam's face towards the checker. Locks and models are templates over a Sync; with this
// one, an operation on shared memory is a label handed to the running engine, which decides what it reads.
// Objects hold no data of their own: an Atomic is its address.

namespace doorway {

namespace model_sync_internal {

template <class T, class F, class... Ops>
struct Call {
  template <std::size_t... I>
  static auto Apply(Value read, const Operands& operands, std::index_sequence<I...>) {
    return F{}(FromValue<T>(read), FromValue<Ops>(operands[I])...);
  }
  static auto Run(Value read, const Operands& operands) {
    return Apply(read, operands, std::index_sequence_for<Ops...>{});
  }
};

template <class T, class F, class... Ops>
Outcome Always(Value read, const Operands& operands) {
  return {Action::kWrite, ToValue<T>(Call<T, F, Ops...>::Run(read, operands))};
}

template <class T, class F, class... Ops>
Outcome Sometimes(Value read, const Operands& operands) {
  const std::optional<T> replacement = Call<T, F, Ops...>::Run(read, operands);
  if (!replacement.has_value()) return {Action::kRead, 0};
  return {Action::kWrite, ToValue<T>(*replacement)};
}

template <class T, class P, class... Ops>
Outcome ReadWhen(Value read, const Operands& operands) {
  return {Call<T, P, Ops...>::Run(read, operands) ? Action::kRead : Action::kBlock, 0};
}

template <class T, class P, class F, class... Ops>
Outcome WriteWhen(Value read, const Operands& operands) {
  if (!Call<T, P, Ops...>::Run(read, operands)) return {Action::kBlock, 0};
  return Always<T, F, Ops...>(read, operands);
}

template <class F, class... Ops>
void RunClosure(const Operands& operands) {
  [&operands]<std::size_t... I>(std::index_sequence<I...>) { F{}(FromValue<Ops>(operands[I])...); }
  (std::index_sequence_for<Ops...>{});
}

template <class... Ops>
Operands Pack(const With<Ops...>& with) {
  return std::apply([](const Ops&... op) { return Operands{ToValue<Ops>(op)...}; }, with.values);
}

struct Exchange {
  template <class T>
  T operator()(T /*old*/, T desired) const {
    return desired;
  }
};
struct FetchAdd {
  template <class T>
  T operator()(T old, T by) const {
    using U = std::make_unsigned_t<T>;
    return static_cast<T>(static_cast<U>(static_cast<U>(old) + static_cast<U>(by)));
  }
};
struct FetchSub {
  template <class T>
  T operator()(T old, T by) const {
    using U = std::make_unsigned_t<T>;
    return static_cast<T>(static_cast<U>(static_cast<U>(old) - static_cast<U>(by)));
  }
};
struct FetchAnd {
  template <class T>
  T operator()(T old, T mask) const {
    return static_cast<T>(old & mask);
  }
};
struct FetchOr {
  template <class T>
  T operator()(T old, T mask) const {
    return static_cast<T>(old | mask);
  }
};
struct FetchXor {
  template <class T>
  T operator()(T old, T mask) const {
    return static_cast<T>(old ^ mask);
  }
};

template <class T, class V, class... Ops>
Value ViewOf(Value read, const Operands& operands) {
  return [ read, &operands ]<std::size_t... I>(std::index_sequence<I...>) {
    return ToValue<Viewed<V, T, Ops...>>(V{}(FromValue<T>(read), FromValue<Ops>(operands[I])...));
  }
  (std::index_sequence_for<Ops...>{});
}

// Compare-exchange compares object representations, as std::atomic does.
template <class T>
Outcome CompareExchange(Value read, const Operands& operands) {
  if (read != operands[0]) return {Action::kRead, 0};
  return {Action::kWrite, operands[1]};
}

#define DOORWAY_STATELESS                                                                                         \
  "capture nothing: write a function object with no members (or a captureless lambda) and pass what it needs as " \
  "operands, `with(a, b)`"

}  // namespace model_sync_internal

struct ModelSync {
  using Name = ObjectName;

  template <Scalar T>
  class Atomic {
   public:
    using value_type = T;

    Atomic(const Atomic&) = delete;
    Atomic& operator=(const Atomic&) = delete;
    // T{}, as std::atomic in C++20.
    Atomic(Site site = Site::Here()) { Begin(T{}, {}, site); }  // NOLINT: arrays are made so
    explicit Atomic(Name name, Site site = Site::Here()) { Begin(T{}, name, site); }
    explicit Atomic(T initial, Name name = {}, Site site = Site::Here()) { Begin(initial, name, site); }
    ~Atomic() { runtime::Destroy(this, sizeof(T), Site{}); }

    T load(std::memory_order order = std::memory_order_seq_cst, Site site = Site::Here()) const {
      return FromValue<T>(Read(Op::kLoad, order, order, nullptr, {}, "load", "", site).read);
    }

    void store(T value, std::memory_order order = std::memory_order_seq_cst, Site site = Site::Here()) {
      Read(Op::kStore, order, order, nullptr, {ToValue(value)}, "store", "", site);
    }

    T exchange(T desired, std::memory_order order = std::memory_order_seq_cst, Site site = Site::Here()) {
      return Rmw<model_sync_internal::Exchange>(desired, order, "exchange", site);
    }
    // By a caller that needs nothing of what was there.
    void exchange(T desired, Unseen /*view*/, std::memory_order order = std::memory_order_seq_cst,
                  Site site = Site::Here()) {
      Read(Op::kUpdate, order, order, &model_sync_internal::Always<T, model_sync_internal::Exchange, T>,
           {ToValue(desired)}, "exchange", "", site, false, [](Value, const Operands&) { return Value{0}; });
    }

    T fetch_add(T by, std::memory_order order = std::memory_order_seq_cst,
                Site site = Site::Here()) requires std::is_integral_v<T> {
      return Rmw<model_sync_internal::FetchAdd>(by, order, "fetch_add", site);
    }
    T fetch_sub(T by, std::memory_order order = std::memory_order_seq_cst,
                Site site = Site::Here()) requires std::is_integral_v<T> {
      return Rmw<model_sync_internal::FetchSub>(by, order, "fetch_sub", site);
    }
    T fetch_and(T mask, std::memory_order order = std::memory_order_seq_cst,
                Site site = Site::Here()) requires std::is_integral_v<T> {
      return Rmw<model_sync_internal::FetchAnd>(mask, order, "fetch_and", site);
    }
    T fetch_or(T mask, std::memory_order order = std::memory_order_seq_cst,
               Site site = Site::Here()) requires std::is_integral_v<T> {
      return Rmw<model_sync_internal::FetchOr>(mask, order, "fetch_or", site);
    }
    T fetch_xor(T mask, std::memory_order order = std::memory_order_seq_cst,
                Site site = Site::Here()) requires std::is_integral_v<T> {
      return Rmw<model_sync_internal::FetchXor>(mask, order, "fetch_xor", site);
    }

    bool compare_exchange_strong(T& expected, T desired, std::memory_order success, std::memory_order failure,
                                 Site site = Site::Here()) {
      return CompareExchange(expected, desired, success, failure, false, site);
    }
    bool compare_exchange_strong(T& expected, T desired, std::memory_order order = std::memory_order_seq_cst,
                                 Site site = Site::Here()) {
      return CompareExchange(expected, desired, order, FailureOrder(order), false, site);
    }
    bool compare_exchange_weak(T& expected, T desired, std::memory_order success, std::memory_order failure,
                               Site site = Site::Here()) {
      return CompareExchange(expected, desired, success, failure, true, site);
    }
    bool compare_exchange_weak(T& expected, T desired, std::memory_order order = std::memory_order_seq_cst,
                               Site site = Site::Here()) {
      return CompareExchange(expected, desired, order, FailureOrder(order), true, site);
    }

    // Replaces the value v by f(v, operands...) in one step; returns v.
    template <class F, class... Ops>
    T update(F, With<Ops...> operands, std::memory_order order = std::memory_order_seq_cst, Site site = Site::Here()) {
      static_assert(StatelessFunction<F>, "update: the function must " DOORWAY_STATELESS);
      return FromValue<T>(Update(order, order, std::memory_order_relaxed, &model_sync_internal::Always<T, F, Ops...>,
                                 model_sync_internal::Pack(operands), "update", typeid(F).name(), site));
    }

    // The same, but returns view(v, operands...) (operands.h).
    template <class F, class V, class... Ops>
    Viewed<V, T, Ops...> update(F, V, With<Ops...> operands, std::memory_order order = std::memory_order_seq_cst,
                                Site site = Site::Here()) {
      static_assert(StatelessFunction<F>, "update: the function must " DOORWAY_STATELESS);
      static_assert(StatelessFunction<V>, "update: the view must " DOORWAY_STATELESS);
      return FromValue<Viewed<V, T, Ops...>>(Update(order, order, std::memory_order_relaxed,
                                                    &model_sync_internal::Always<T, F, Ops...>,
                                                    model_sync_internal::Pack(operands), "update", typeid(F).name(),
                                                    site, &model_sync_internal::ViewOf<T, V, Ops...>));
    }

    // The same, where f returns std::optional<T> and may decline: then it is a read with order `failure`.
    template <class F, class... Ops>
    Updated<T> try_update(F, With<Ops...> operands, std::memory_order order, std::memory_order failure,
                          Site site = Site::Here()) {
      static_assert(StatelessFunction<F>, "try_update: the function must " DOORWAY_STATELESS);
      const Operands packed = model_sync_internal::Pack(operands);
      const Transform transform = &model_sync_internal::Sometimes<T, F, Ops...>;
      const Value read = Update(order, failure, failure, transform, packed, "try_update", typeid(F).name(), site);
      return {FromValue<T>(read), transform(read, packed).action == Action::kWrite};
    }

    // Waits until a value v satisfies p(v, operands...); returns v.
    template <class P, class... Ops>
    T await(P, With<Ops...> operands, std::memory_order order = std::memory_order_seq_cst,
            Site site = Site::Here()) const {
      static_assert(StatelessFunction<P>, "await: the predicate must " DOORWAY_STATELESS);
      return FromValue<T>(Read(Op::kLoad, order, order, &model_sync_internal::ReadWhen<T, P, Ops...>,
                               model_sync_internal::Pack(operands), "await", typeid(P).name(), site)
                              .read);
    }

    // The same, but returns view(v, operands...) (operands.h).
    template <class P, class V, class... Ops>
    Viewed<V, T, Ops...> await(P, V, With<Ops...> operands, std::memory_order order = std::memory_order_seq_cst,
                               Site site = Site::Here()) const {
      static_assert(StatelessFunction<P>, "await: the predicate must " DOORWAY_STATELESS);
      static_assert(StatelessFunction<V>, "await: the view must " DOORWAY_STATELESS);
      return FromValue<Viewed<V, T, Ops...>>(Read(Op::kLoad, order, order, &model_sync_internal::ReadWhen<T, P, Ops...>,
                                                  model_sync_internal::Pack(operands), "await", typeid(P).name(), site,
                                                  false, &model_sync_internal::ViewOf<T, V, Ops...>)
                                                 .read);
    }

    // Waits until a value v satisfies p(v, operands...) and replaces it by f(v, operands...), in one step; returns v.
    template <class P, class F, class... Ops>
    T await_update(P, F, With<Ops...> operands, std::memory_order order = std::memory_order_seq_cst,
                   Site site = Site::Here()) {
      static_assert(StatelessFunction<P>, "await_update: the predicate must " DOORWAY_STATELESS);
      static_assert(StatelessFunction<F>, "await_update: the function must " DOORWAY_STATELESS);
      return FromValue<T>(Update(order, order, std::memory_order_relaxed,
                                 &model_sync_internal::WriteWhen<T, P, F, Ops...>, model_sync_internal::Pack(operands),
                                 "await_update", typeid(F).name(), site));
    }

   private:
    void Begin(T initial, Name name, Site site) {
      runtime::Object object;
      object.address = this;
      object.width = sizeof(T);
      object.is_signed = std::is_signed_v<T>;
      object.initial = ToValue(initial);
      object.name = name.text;
      object.index = name.index;
      object.site = site;
      runtime::Construct(object);
    }

    runtime::Reply Read(Op op, std::memory_order order, std::memory_order failure, Transform transform,
                        const Operands& operands, const char* verb, const char* function, Site site, bool weak = false,
                        View view = nullptr) const {
      Label label;
      label.op = op;
      label.order = FromStd(order);
      label.failure_order = FromStd(failure);
      label.weak = weak;
      label.width = sizeof(T);
      label.transform = transform;
      label.view = view;
      label.operands = operands;
      label.site = site;
      label.verb = verb;
      label.function = function;
      return runtime::Perform(label, this);
    }

    // An update: the value that it read, or what `view` shows of it. One step; or, if the run expands updates, the loop
    // that it is on hardware without such an instruction: load with order `polling`, compute, compare-exchange, and
    // again if that failed. A strong one will do: a spurious failure would only ask for another iteration.
    Value Update(std::memory_order order, std::memory_order failure, std::memory_order polling, Transform transform,
                 const Operands& operands, const char* verb, const char* function, Site site, View view = nullptr) {
      if (!runtime::ExpandsUpdates(site)) {
        return Read(Op::kUpdate, order, failure, transform, operands, verb, function, site, false, view).read;
      }
      Value old = 0;
      spin(
          [&] {
            const Value seen = Read(Op::kLoad, polling, polling, nullptr, {}, "load", "", site).read;
            const Outcome outcome = transform(seen, operands);
            if (outcome.action == Action::kBlock) return true;
            if (outcome.action == Action::kWrite) {
              const Operands exchange{seen, Truncate(outcome.written, sizeof(T))};
              const Value found =
                  Read(Op::kUpdate, order, std::memory_order_relaxed, &model_sync_internal::CompareExchange<T>,
                       exchange, "compare_exchange_strong", function, site)
                      .read;
              if (found != seen) return true;
            }
            old = seen;
            return false;
          },
          site);
      return view == nullptr ? old : view(old, operands);
    }

    template <class F>
    T Rmw(T operand, std::memory_order order, const char* verb, Site site) {
      return FromValue<T>(
          Read(Op::kUpdate, order, order, &model_sync_internal::Always<T, F, T>, {ToValue(operand)}, verb, "", site)
              .read);
    }

    bool CompareExchange(T& expected, T desired, std::memory_order success, std::memory_order failure, bool weak,
                         Site site) {
      const Value wanted = ToValue(expected);
      const runtime::Reply reply =
          Read(Op::kUpdate, success, failure, &model_sync_internal::CompareExchange<T>, {wanted, ToValue(desired)},
               weak ? "compare_exchange_weak" : "compare_exchange_strong", "", site, weak);
      if (reply.read == wanted && !reply.spurious) return true;
      expected = FromValue<T>(reply.read);
      return false;
    }

    // An Atomic is its address; the bytes are never touched.
    alignas(8) unsigned char address_[8];
  };

  // Plain data. Two accesses, one a write, that happens-before does not order are a data race.
  template <Scalar T>
  class Var {
   public:
    using value_type = T;

    Var(const Var&) = delete;
    Var& operator=(const Var&) = delete;
    // Uninitialised: reading it before a set is an error of the model.
    Var(Site site = Site::Here()) { Begin(T{}, false, {}, site); }  // NOLINT: arrays are made so
    explicit Var(Name name, Site site = Site::Here()) { Begin(T{}, false, name, site); }
    explicit Var(T initial, Name name = {}, Site site = Site::Here()) { Begin(initial, true, name, site); }
    ~Var() { runtime::Destroy(this, sizeof(T), Site{}); }

    T get(Site site = Site::Here()) const { return FromValue<T>(Access(Op::kLoad, {}, "read", nullptr, site).read); }
    // Only touches it: as to data races and the end of its life a read, but the caller is not told what it read.
    void get(Unseen /*view*/, Site site = Site::Here()) const {
      Access(
          Op::kLoad, {}, "read", [](Value, const Operands&) { return Value{0}; }, site);
    }
    void set(T value, Site site = Site::Here()) { Access(Op::kStore, {ToValue(value)}, "write", nullptr, site); }

   private:
    void Begin(T initial, bool initialised, Name name, Site site) {
      runtime::Object object;
      object.address = this;
      object.width = sizeof(T);
      object.plain = true;
      object.initialised = initialised;
      object.is_signed = std::is_signed_v<T>;
      object.initial = ToValue(initial);
      object.name = name.text;
      object.index = name.index;
      object.site = site;
      runtime::Construct(object);
    }
    runtime::Reply Access(Op op, const Operands& operands, const char* verb, View view, Site site) const {
      Label label;
      label.op = op;
      label.width = sizeof(T);
      label.view = view;
      label.operands = operands;
      label.site = site;
      label.verb = verb;
      return runtime::Perform(label, this);
    }
    alignas(8) unsigned char address_[8];
  };

  // Memory for one T that outlives it: a T can be made, destroyed and made again in the same place. T's fields are
  // Atomics and Vars. Touching them after destroy is a use after free; making a T again in the same place is allowed.
  template <class T>
  class Storage {
   public:
    template <class... Args>
    T* construct(Args&&... args) {
      return new (bytes_) T(std::forward<Args>(args)...);
    }
    void destroy(T* object) { object->~T(); }
    // The place itself, whether or not a T lives there (what a stale pointer would still point to).
    T* address() { return reinterpret_cast<T*>(bytes_); }

   private:
    alignas(T) unsigned char bytes_[sizeof(T)];
  };

  static void fence(std::memory_order order, Site site = Site::Here()) {
    if (order == std::memory_order_relaxed) return;
    Label label;
    label.op = Op::kFence;
    label.order = FromStd(order);
    label.site = site;
    label.verb = "fence";
    runtime::Perform(label, nullptr);
  }

  // A polling loop. `body` is one side-effect-free iteration and returns whether to go on.
  template <class Body>
  static void spin(Body body, Site site = Site::Here()) {
    runtime::Spin([](void* closure) -> bool { return (*static_cast<Body*>(closure))(); }, &body, site);
  }

  // An endless client loop, whose iterations carry no local state from one to the next. Never returns.
  template <class Body>
  static void forever(Body body, Site site = Site::Here()) {
    runtime::Forever([](void* closure) { (*static_cast<Body*>(closure))(); }, &body, site);
  }

  // Starts a thread that runs f(operands...), a function object without members; what it shares comes as pointers.
  // Everything before the spawn happens before it; it happens before the return of join. The model says how many
  // threads a thread may spawn: `static constexpr int kSpawns`. A spawned thread does not spawn.
  struct Thread {
    int index;
  };
  template <class F, class... Ops>
  static Thread spawn(F, With<Ops...> operands, Site site = Site::Here()) {
    static_assert(StatelessFunction<F>, "spawn: the function must " DOORWAY_STATELESS);
    return Thread{
        runtime::Spawn(&model_sync_internal::RunClosure<F, Ops...>, model_sync_internal::Pack(operands), site)};
  }
  static void join(Thread thread, Site site = Site::Here()) { runtime::Join(thread.index, site); }

  // Declares, in before(), that f(operands...) may come upon `thread` as an interrupt: once, between any two of its
  // operations, before the first or after the last, and to completion, on that thread (self() is its index). It may
  // also never come. f is a function object without members. Declared twice, it may come twice; one interrupt does not
  // interrupt another. It may wait, as a handler that takes a spinlock does: waiting for what only its own thread can
  // bring is the deadlock to look for. Where interrupts are off, the model says so: f looks at a flag and returns.
  // Notes right before an operation come before an interrupt there.
  template <class F, class... Ops>
  static void interrupt(int thread, F, With<Ops...> operands, Site site = Site::Here()) {
    static_assert(StatelessFunction<F>, "interrupt: the function must " DOORWAY_STATELESS);
    runtime::Interrupt(thread, &model_sync_internal::RunClosure<F, Ops...>, model_sync_internal::Pack(operands), site);
  }

  // Nondeterministic 0..n-1; all are explored.
  static int choose(int n, Site site = Site::Here()) {
    Label label;
    label.op = Op::kChoose;
    label.operands = {static_cast<Value>(n)};
    label.site = site;
    label.verb = "choose";
    return static_cast<int>(runtime::Perform(label, nullptr).read);
  }

  static void check(bool holds, const char* message, Site site = Site::Here()) { runtime::Check(holds, message, site); }

  // Index of the running thread.
  static int self() { return runtime::Self(); }

  // `note` floats between two operations of this thread; `tag` sits on the operation just done.
  static void note(NoteKind kind, int subject, Value argument = 0, Site site = Site::Here()) {
    runtime::Note(kind, subject, argument, site);
  }
  static void tag(NoteKind kind, int subject, Value argument = 0, Site site = Site::Here()) {
    runtime::Tag(kind, subject, argument, site);
  }
};

#undef DOORWAY_STATELESS

}  // namespace doorway
