#pragma once

#include <atomic>
#include <cstdint>

#include "harness/graph/site.h"
#include "harness/sync/fifo_mutex.h"
#include "harness/sync/operands.h"

// Read-copy-update, idealised: readers that wait for nobody, and a grace period that waits for readers, in one word.
//
//   reader   rcu.read_lock(); p = pointer (acquire); use *p; rcu.read_unlock();
//   writer   pointer = the new one (release); rcu.synchronize(); free the old one
//
// Contract: synchronize waits for those readers that were in when it began, and for no others: who enters later sees
// what was done before it. Sections do not nest, and nobody synchronizes in one: he would wait for himself. Threads 0
// to 14. Fairness: readers never wait. synchronize comes to its end if each section does, also if readers come without
// end.
//
// The word has two bits a thread: it is in; a grace period waits for it. Entering, leaving and the begin of a grace
// period are updates of it, so that any two are in an order, and the later one sees what came before the earlier. A
// kernel has a word for each CPU instead, and full barriers (or a scheduler) for that order: per_thread_rcu.h.

namespace doorway {

template <class Sync>
class Rcu {
 public:
  explicit Rcu(ObjectName name = "rcu", Site site = Site::Here()) : word_(0, name, site) {}

  // Memory ordering: acquire; pairs with synchronize's begin: who enters after that sees what was unpublished before.
  void read_lock(Site site = Site::Here()) {
    word_.update(Enter{}, unseen, with(Self()), std::memory_order_acquire, site);
  }

  // Memory ordering: release; pairs with synchronize's end: what was read here was read before it.
  void read_unlock(Site site = Site::Here()) {
    word_.update(Leave{}, unseen, with(Self()), std::memory_order_release, site);
  }

  // A grace period. One at a time: others queue.
  // Memory ordering: release, its begin: pairs with read_lock. Acquire, its end: pairs with read_unlock; it reads a
  // value in whose release sequence each of those is that it waited for. A reader that had left before the begin is
  // seen by the end as well: the begin is a link of the same sequence.
  void synchronize(Site site = Site::Here()) {
    grace_period_.lock(site);
    begin(site);
    await_end(site);
    grace_period_.unlock(site);
  }

 protected:
  void begin(Site site = Site::Here()) {
    word_.update(BeginGracePeriod{}, unseen, with(), std::memory_order_release, site);
  }
  void await_end(Site site = Site::Here()) { word_.await(IsOver{}, unseen, with(), std::memory_order_acquire, site); }

  static constexpr int kWaitedFor = 16;  // the bits from here on: whom a grace period waits for
  static std::uint8_t Self() { return static_cast<std::uint8_t>(Sync::self()); }

  struct Enter {
    constexpr std::uint32_t operator()(std::uint32_t word, std::uint8_t thread) const {
      return word | std::uint32_t{1} << thread;
    }
  };
  struct Leave {
    constexpr std::uint32_t operator()(std::uint32_t word, std::uint8_t thread) const {
      return word & ~(std::uint32_t{1} << thread | std::uint32_t{1} << (thread + kWaitedFor));
    }
  };
  struct BeginGracePeriod {
    constexpr std::uint32_t operator()(std::uint32_t word) const {
      const std::uint32_t inside = word & 0xffff;
      return inside | inside << kWaitedFor;
    }
  };
  struct IsOver {
    constexpr bool operator()(std::uint32_t word) const { return word >> kWaitedFor == 0; }
  };

  typename Sync::template Atomic<std::uint32_t> word_;
  FifoMutex<Sync> grace_period_{"grace_period"};
};

// Objects that are to be freed after a grace period, by somebody else: who gives one up need not wait.
//
//   struct Thing : RcuHead<Sync> { ... };
//   RcuCallbacks<Sync, Thing> callbacks;
//   any thread      callbacks.call(thing);
//   the reclaimer   callbacks.drain(rcu, [&](Thing* thing) { storage.destroy(thing); });
//
// Contract: an object is given up once, by whoever knows that no new reader finds it. One thread drains.
// Fairness: every drain frees what was given up before it began.
template <class Sync>
struct RcuHead {
  typename Sync::template Var<RcuHead*> next{nullptr, "rcu_head.next"};
};

template <class Sync, class T>
class RcuCallbacks {
 public:
  // Memory ordering: release; pairs with drain's acquire, so that the object's end comes after what this thread did to
  // it. Relaxed, the load: the compare-exchange decides.
  void call(T* object) {
    RcuHead<Sync>* head = first_.load(std::memory_order_relaxed);
    do {
      object->next.set(head);
    } while (!first_.compare_exchange_strong(head, object, std::memory_order_release, std::memory_order_relaxed));
  }

  // Waits until something has been given up, takes all that has, waits for a grace period, and calls free for each.
  // Returns how many.
  // Memory ordering: acquire; pairs with call: each heads a release sequence, since the list grows by updates alone.
  template <class AnyRcu, class Free>
  int drain(AnyRcu& rcu, Free free) {
    RcuHead<Sync>* head = first_.await_update(IsSome{}, None{}, with(), std::memory_order_acquire);
    rcu.synchronize();
    return FreeAll(head, free);
  }

 protected:
  template <class Free>
  static int FreeAll(RcuHead<Sync>* head, Free free) {
    int freed = 0;
    while (head != nullptr) {
      RcuHead<Sync>* const next = head->next.get();
      free(static_cast<T*>(head));
      head = next;
      ++freed;
    }
    return freed;
  }

  struct IsSome {
    constexpr bool operator()(RcuHead<Sync>* head) const { return head != nullptr; }
  };
  struct None {
    constexpr RcuHead<Sync>* operator()(RcuHead<Sync>* /*head*/) const { return nullptr; }
  };

  typename Sync::template Atomic<RcuHead<Sync>*> first_{nullptr, "rcu_callbacks"};
};

}  // namespace doorway
