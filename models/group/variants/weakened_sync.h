#pragma once

#include <atomic>
#include <optional>

#include "harness/graph/order.h"
#include "harness/graph/site.h"
#include "harness/graph/value.h"
#include "harness/sync/operands.h"

// A Sync whose operations are weaker than they are asked to be: for a lock that forgot its acquires or its releases
// everywhere, without a second copy of it:
//
//   GroupModel<Weakened<StrictFairGroupLock>::NoAcquire>(...)

namespace doorway {

// Memory orders with one half taken away.
struct DropAcquire {
  static constexpr std::memory_order Weaken(std::memory_order order) {
    if (order == std::memory_order_acq_rel || order == std::memory_order_seq_cst) return std::memory_order_release;
    return order == std::memory_order_acquire ? std::memory_order_relaxed : order;
  }
};
struct DropRelease {
  static constexpr std::memory_order Weaken(std::memory_order order) {
    if (order == std::memory_order_acq_rel || order == std::memory_order_seq_cst) return std::memory_order_acquire;
    return order == std::memory_order_release ? std::memory_order_relaxed : order;
  }
};

template <class Base, class Drop>
struct WeakenedSync : Base {
  template <Scalar T>
  class Atomic : public Base::template Atomic<T> {
    using Strong = typename Base::template Atomic<T>;
    using Order = std::memory_order;

    static constexpr Order Weak(Order order) { return Drop::Weaken(order); }
    // Of an operation that only reads, or only writes: the orders that it may have.
    static constexpr Order WeakLoad(Order order) {
      return Weak(order) == std::memory_order_release ? std::memory_order_relaxed : Weak(order);
    }
    static constexpr Order WeakStore(Order order) {
      return Weak(order) == std::memory_order_acquire ? std::memory_order_relaxed : Weak(order);
    }

   public:
    using Strong::Strong;

    T load(Order order, Site site = Site::Here()) const { return Strong::load(WeakLoad(order), site); }
    void store(T value, Order order, Site site = Site::Here()) { Strong::store(value, WeakStore(order), site); }
    T exchange(T desired, Order order, Site site = Site::Here()) {
      return Strong::exchange(desired, Weak(order), site);
    }
    void exchange(T desired, Unseen, Order order, Site site = Site::Here()) {
      Strong::exchange(desired, unseen, Weak(order), site);
    }
    T fetch_add(T by, Order order, Site site = Site::Here()) { return Strong::fetch_add(by, Weak(order), site); }
    T fetch_sub(T by, Order order, Site site = Site::Here()) { return Strong::fetch_sub(by, Weak(order), site); }
    T fetch_or(T mask, Order order, Site site = Site::Here()) { return Strong::fetch_or(mask, Weak(order), site); }
    T fetch_and(T mask, Order order, Site site = Site::Here()) { return Strong::fetch_and(mask, Weak(order), site); }
    bool compare_exchange_strong(T& expected, T desired, Order order, Order failure, Site site = Site::Here()) {
      return Strong::compare_exchange_strong(expected, desired, Weak(order), WeakLoad(failure), site);
    }

    template <class F, class... Ops>
    T update(F f, With<Ops...> operands, Order order, Site site = Site::Here()) {
      return Strong::update(f, operands, Weak(order), site);
    }
    template <class F, class V, class... Ops>
    auto update(F f, V view, With<Ops...> operands, Order order, Site site = Site::Here()) {
      return Strong::update(f, view, operands, Weak(order), site);
    }
    template <class F, class... Ops>
    auto try_update(F f, With<Ops...> operands, Order order, Order failure, Site site = Site::Here()) {
      return Strong::try_update(f, operands, Weak(order), WeakLoad(failure), site);
    }
    template <class P, class... Ops>
    T await(P p, With<Ops...> operands, Order order, Site site = Site::Here()) const {
      return Strong::await(p, operands, WeakLoad(order), site);
    }
    template <class P, class V, class... Ops>
    auto await(P p, V view, With<Ops...> operands, Order order, Site site = Site::Here()) const {
      return Strong::await(p, view, operands, WeakLoad(order), site);
    }
    template <class P, class F, class... Ops>
    T await_update(P p, F f, With<Ops...> operands, Order order, Site site = Site::Here()) {
      return Strong::await_update(p, f, operands, Weak(order), site);
    }
  };
};

// A lock over such a Sync.
template <template <class> class Lock>
struct Weakened {
  template <class Sync>
  using NoAcquire = Lock<WeakenedSync<Sync, DropAcquire>>;
  template <class Sync>
  using NoRelease = Lock<WeakenedSync<Sync, DropRelease>>;
};

}  // namespace doorway
