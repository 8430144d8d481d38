#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <new>
#include <optional>
#include <tuple>
#include <type_traits>
#include <typeinfo>
#include <utility>

#include "harness/graph/note_kind.h"
#include "harness/graph/order.h"
#include "harness/graph/site.h"
#include "harness/graph/value.h"
#include "harness/sync/operands.h"

// CellSync<Cells>: the seam over cells that hold a value's bits, for backends that run a model as it stands: upstream
// Relacy (harness/relacy/relacy_sync.h) and real threads (harness/native/stress_sync.h). Member by member the same as
// ModelSync (harness/sync/model_sync.h, where they are described). What an operation does is the cell's, in a .cc of
// the backend: at each call stands a function call with the bits, so that families compile quickly.
//
// Cells is a class of types and static functions; RelacyCells shows which.

namespace doorway {

// What is in a cell.
struct CellType {
  std::uint8_t width = 8;  // bytes
  bool is_signed = false;
};
template <class T>
inline constexpr CellType kCellType{sizeof(T), std::is_signed_v<T>};

// A function of a value, or a predicate on it, with what it needs besides, and the name of its type.
struct CellPredicate {
  bool (*holds)(const void* closure, Value value);
  const void* closure;
  const char* name = "";
};
struct CellFunction {
  bool (*apply)(const void* closure, Value old, Value& next);  // false: it declines, and `next` is not used
  const void* closure;
  const char* name = "";
};
// What came of an update: the value that it read, and whether it was replaced.
struct CellUpdated {
  Value old;
  bool done;
};

// What a spawned thread or an interrupt runs.
struct CellCode {
  void (*run)(const std::array<Value, 4>& operands) = nullptr;
  std::array<Value, 4> operands{};
};

template <class Cells>
struct CellSync {
  using Name = ObjectName;

  template <Scalar T>
  class Atomic {
    using Order = std::memory_order;

   public:
    using value_type = T;

    Atomic(const Atomic&) = delete;
    Atomic& operator=(const Atomic&) = delete;
    Atomic(Site site = Site::Here()) : cell_(kCellType<T>, ToValue(T{}), {}, site) {}  // NOLINT: arrays are made so
    explicit Atomic(Name name, Site site = Site::Here()) : cell_(kCellType<T>, ToValue(T{}), name, site) {}
    explicit Atomic(T initial, Name name = {}, Site site = Site::Here())
        : cell_(kCellType<T>, ToValue(initial), name, site) {}

    T load(Order order = std::memory_order_seq_cst, Site site = Site::Here()) const {
      return FromValue<T>(cell_.Load(order, site));
    }

    void store(T value, Order order = std::memory_order_seq_cst, Site site = Site::Here()) {
      cell_.Store(ToValue(value), order, site);
    }

    T exchange(T desired, Order order = std::memory_order_seq_cst, Site site = Site::Here()) {
      return Rmw([desired](T) { return desired; }, order, "exchange", site);
    }
    void exchange(T desired, Unseen /*view*/, Order order = std::memory_order_seq_cst, Site site = Site::Here()) {
      (void)exchange(desired, order, site);
    }

    T fetch_add(T by, Order order = std::memory_order_seq_cst,
                Site site = Site::Here()) requires std::is_integral_v<T> {
      return Rmw([by](T old) { return static_cast<T>(ToValue(old) + ToValue(by)); }, order, "fetch_add", site);
    }
    T fetch_sub(T by, Order order = std::memory_order_seq_cst,
                Site site = Site::Here()) requires std::is_integral_v<T> {
      return Rmw([by](T old) { return static_cast<T>(ToValue(old) - ToValue(by)); }, order, "fetch_sub", site);
    }
    T fetch_and(T mask, Order order = std::memory_order_seq_cst,
                Site site = Site::Here()) requires std::is_integral_v<T> {
      return Rmw([mask](T old) { return static_cast<T>(old & mask); }, order, "fetch_and", site);
    }
    T fetch_or(T mask, Order order = std::memory_order_seq_cst,
               Site site = Site::Here()) requires std::is_integral_v<T> {
      return Rmw([mask](T old) { return static_cast<T>(old | mask); }, order, "fetch_or", site);
    }
    T fetch_xor(T mask, Order order = std::memory_order_seq_cst,
                Site site = Site::Here()) requires std::is_integral_v<T> {
      return Rmw([mask](T old) { return static_cast<T>(old ^ mask); }, order, "fetch_xor", site);
    }

    bool compare_exchange_strong(T& expected, T desired, Order success, Order failure, Site site = Site::Here()) {
      return CompareExchange(expected, desired, success, failure, false, site);
    }
    bool compare_exchange_strong(T& expected, T desired, Order order = std::memory_order_seq_cst,
                                 Site site = Site::Here()) {
      return CompareExchange(expected, desired, order, FailureOrder(order), false, site);
    }
    bool compare_exchange_weak(T& expected, T desired, Order success, Order failure, Site site = Site::Here()) {
      return CompareExchange(expected, desired, success, failure, true, site);
    }
    bool compare_exchange_weak(T& expected, T desired, Order order = std::memory_order_seq_cst,
                               Site site = Site::Here()) {
      return CompareExchange(expected, desired, order, FailureOrder(order), true, site);
    }

    template <class F, class... Ops>
    T update(F, With<Ops...> operands, Order order = std::memory_order_seq_cst, Site site = Site::Here()) {
      static_assert(StatelessFunction<F>);
      return Rmw([&operands](T old) -> T { return Apply<F>(old, operands); }, order, "update", site, typeid(F).name());
    }

    template <class F, class V, class... Ops>
    Viewed<V, T, Ops...> update(F f, V, With<Ops...> operands, Order order = std::memory_order_seq_cst,
                                Site site = Site::Here()) {
      static_assert(StatelessFunction<V>);
      return Apply<V>(update(f, operands, order, site), operands);
    }

    template <class F, class... Ops>
    Updated<T> try_update(F, With<Ops...> operands, Order order, Order failure, Site site = Site::Here()) {
      static_assert(StatelessFunction<F>);
      const CellFunction function{[](const void* closure, Value old, Value& next) {
                                    const std::optional<T> replacement =
                                        Apply<F>(FromValue<T>(old), *static_cast<const With<Ops...>*>(closure));
                                    if (replacement.has_value()) next = ToValue(*replacement);
                                    return replacement.has_value();
                                  },
                                  &operands, typeid(F).name()};
      const CellUpdated updated = cell_.Update(function, order, failure, "try_update", site);
      return {FromValue<T>(updated.old), updated.done};
    }

    template <class P, class... Ops>
    T await(P, With<Ops...> operands, Order order = std::memory_order_seq_cst, Site site = Site::Here()) const {
      static_assert(StatelessFunction<P>);
      const CellPredicate predicate{[](const void* closure, Value value) -> bool {
                                      return Apply<P>(FromValue<T>(value), *static_cast<const With<Ops...>*>(closure));
                                    },
                                    &operands, typeid(P).name()};
      return FromValue<T>(cell_.Await(predicate, order, site));
    }

    template <class P, class V, class... Ops>
    Viewed<V, T, Ops...> await(P p, V, With<Ops...> operands, Order order = std::memory_order_seq_cst,
                               Site site = Site::Here()) const {
      static_assert(StatelessFunction<V>);
      return Apply<V>(await(p, operands, order, site), operands);
    }

    template <class P, class F, class... Ops>
    T await_update(P, F, With<Ops...> operands, Order order = std::memory_order_seq_cst, Site site = Site::Here()) {
      static_assert(StatelessFunction<P>);
      static_assert(StatelessFunction<F>);
      const CellFunction function{[](const void* closure, Value old, Value& next) -> bool {
                                    const With<Ops...>& ops = *static_cast<const With<Ops...>*>(closure);
                                    if (!Apply<P>(FromValue<T>(old), ops)) return false;
                                    next = ToValue<T>(Apply<F>(FromValue<T>(old), ops));
                                    return true;
                                  },
                                  &operands, typeid(F).name()};
      return FromValue<T>(cell_.AwaitUpdate(function, order, site));
    }

   private:
    template <class F, class... Ops>
    static auto Apply(T value, const With<Ops...>& operands) {
      return std::apply([value](const Ops&... ops) { return F{}(value, ops...); }, operands.values);
    }

    template <class F>
    T Rmw(F next_of, Order order, const char* verb, Site site, const char* name = "") {
      const CellFunction function{[](const void* closure, Value old, Value& next) {
                                    next = ToValue<T>((*static_cast<const F*>(closure))(FromValue<T>(old)));
                                    return true;
                                  },
                                  &next_of, name};
      return FromValue<T>(cell_.Update(function, order, order, verb, site).old);
    }

    bool CompareExchange(T& expected, T desired, Order success, Order failure, bool weak, Site site) {
      Value bits = ToValue(expected);
      const bool done = cell_.CompareExchange(bits, ToValue(desired), success, failure, weak, site);
      if (!done) expected = FromValue<T>(bits);
      return done;
    }

    typename Cells::AtomicCell cell_;
  };

  template <Scalar T>
  class Var {
   public:
    using value_type = T;

    Var(const Var&) = delete;
    Var& operator=(const Var&) = delete;
    Var(Site site = Site::Here()) : cell_(kCellType<T>, {}, site) {}  // NOLINT: arrays are made so
    explicit Var(Name name, Site site = Site::Here()) : cell_(kCellType<T>, name, site) {}
    explicit Var(T initial, Name name = {}, Site site = Site::Here())
        : cell_(kCellType<T>, ToValue(initial), name, site) {}

    T get(Site site = Site::Here()) const { return FromValue<T>(cell_.Get(site)); }
    void get(Unseen /*view*/, Site site = Site::Here()) const { (void)cell_.Get(site); }
    void set(T value, Site site = Site::Here()) { cell_.Set(ToValue(value), site); }

   private:
    typename Cells::VarCell cell_;
  };

  template <class T>
  class Storage {
   public:
    Storage() : bytes_() {}  // zeros: to use the object before its construction is to use a dead one
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
    }
    T* address() { return reinterpret_cast<T*>(bytes_); }

   private:
    alignas(T) unsigned char bytes_[sizeof(T)];
    bool alive_ = false;
  };

  static void fence(std::memory_order order, Site site = Site::Here()) {
    if (order != std::memory_order_relaxed) Cells::Fence(order, site);
  }

  template <class Body>
  static void spin(Body body, Site site = Site::Here()) {
    Cells::Spin([](void* closure) -> bool { return (*static_cast<Body*>(closure))(); }, &body, site);
  }

  template <class Body>
  static void forever(Body body, Site /*site*/ = Site::Here()) {
    Cells::Forever([](void* closure) { (*static_cast<Body*>(closure))(); }, &body);
  }

  struct Thread {
    int index;
  };
  template <class F, class... Ops>
  static Thread spawn(F f, With<Ops...> operands, Site site = Site::Here()) {
    return Thread{Cells::Spawn(CodeOf(f, operands), site)};
  }
  static void join(Thread thread, Site site = Site::Here()) { Cells::Join(thread.index, site); }

  template <class F, class... Ops>
  static void interrupt(int thread, F f, With<Ops...> operands, Site site = Site::Here()) {
    static_assert(Cells::kHasInterrupts || sizeof(F) == 0,
                  "this backend has no interrupts: do not register this model");
    if constexpr (Cells::kHasInterrupts) Cells::Interrupt(thread, CodeOf(f, operands), site);
  }

  static int choose(int n, Site site = Site::Here()) { return Cells::Choose(n, site); }

  static void check(bool holds, const char* message, Site site = Site::Here()) { Cells::Check(holds, message, site); }

  static int self() { return Cells::Self(); }

  static void note(NoteKind kind, int subject, Value argument = 0, Site site = Site::Here()) {
    Cells::Note(kind, subject, argument, true, site);
  }
  static void tag(NoteKind kind, int subject, Value argument = 0, Site site = Site::Here()) {
    Cells::Note(kind, subject, argument, false, site);
  }

 private:
  template <class F, class... Ops>
  static CellCode CodeOf(F, const With<Ops...>& operands) {
    static_assert(StatelessFunction<F>);
    CellCode code;
    code.run = [](const std::array<Value, 4>& values) {
      [&values]<std::size_t... I>(std::index_sequence<I...>) { F{}(FromValue<Ops>(values[I])...); }
      (std::index_sequence_for<Ops...>{});
    };
    code.operands =
        std::apply([](const Ops&... ops) { return std::array<Value, 4>{ToValue<Ops>(ops)...}; }, operands.values);
    return code;
  }
};

}  // namespace doorway
