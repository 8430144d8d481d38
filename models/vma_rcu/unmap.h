#pragma once

#include <atomic>
#include <cstdint>
#include <optional>

#include "harness/graph/note_kind.h"
#include "harness/sync/fifo_mutex.h"
#include "harness/sync/operands.h"
#include "harness/sync/rcu.h"
#include "models/vma_rcu/notes.h"
#include "properties/outcomes.h"

// Page faults that walk the tree of VMAs without a lock, against a thread that unmaps.
//
//   fault    rcu { v = walk; take a reference, unless there is none }
//            s = v.seq; odd, or v detached, or another address: give up
//            I/O, if need be, with the reference alone; still seq == s?
//            page-table lock { seq == s? install the entry }; give back the reference
//   unmap    mmap_lock for writing { seq odd; tree without v; v detached; page-table lock { clear the entry }; flush;
//            seq even; give back the tree's reference }; the old node is freed after a grace period
//
// Whoever gives back the last reference has the VMA freed after a grace period, by the reclaimer: a fault in RCU may
// still try to get one. A fault that gives up falls back to mmap_lock: that is another fault.
//
// Why "detached": seq is even again when the unmapping is over. A fault that got its reference before, and looks at seq
// for the first time now, finds it even and then unchanged for ever.
//
// One thread stands for all that hold mmap_lock for writing, so that the tree needs no lock of its own here. The tree
// is its root. That a flush comes before seq is even matters where writable entries are: protect.h.
//
// In a run without end the VMA is mapped again, in the same memory, when all of it has been freed; and so on.

namespace doorway::vma_rcu {

enum class Unmapping : std::uint8_t {
  kAsDesigned,
  kNotDetached,       // nobody says that the VMA is detached
  kNoReference,       // a fault uses the VMA, after it has left RCU, without a reference
  kPlainGet,          // a fault takes a reference where there is none
  kNoRecheck,         // a fault does not look at seq after its I/O, nor under the page-table lock
  kRecheckOutside,    // ... only before it takes the page-table lock
  kNoGracePeriod,     // what is given up is freed at once
  kNoCheckAfterIo,    // a fault looks at seq under the page-table lock only: no harm
  kRelaxedPut,        // a fault gives back its reference without a release
  kRelaxedFirstLook,  // seq is looked at first with a relaxed load
};

struct UnmapConfig {
  int faults = 1;
  Unmapping variant = Unmapping::kAsDesigned;
  bool endless = false;
};

template <class Sync, template <class> class RcuOf = Rcu>
class Unmap {
 public:
  explicit Unmap(const UnmapConfig& config) : config_(config) {}

  static constexpr int kExtraThreads = 2;  // the writer, and the reclaimer

  void before() { root_.store(node_home_.construct(vma_home_.construct())); }

  void thread(int i) {
    if (config_.endless) Sync::forever([this, i] { Play(i); });
    if (i <= config_.faults) return Play(i);
    for (int freed = 0; freed < kGivenUp;) freed += Reclaim();
  }

  // The address is not mapped any more.
  void after() {
    const bool mapped = pte_.load(std::memory_order_relaxed);
    Sync::tag(kEntry, Sync::self(), RightOrWrong(!mapped));
  }

 private:
  static constexpr int kGivenUp = 2;  // a VMA, and its node

  struct Vma;
  // What is given up: a VMA, or a node of the tree. One of the two.
  struct Reclaimed : RcuHead<Sync> {
    explicit Reclaimed(bool node) : is_node(node, "is_node") {}
    typename Sync::template Var<bool> is_node;
  };
  struct Vma : Reclaimed {
    Vma() : Reclaimed(false) {}
    typename Sync::template Var<int> start{1, "vma.start"};
    typename Sync::template Atomic<std::uint8_t> refs{1, "vma.refs"};  // the tree's
    typename Sync::template Atomic<std::uint8_t> seq{0, "vma.seq"};
    typename Sync::template Atomic<bool> detached{false, "vma.detached"};
  };
  struct Node : Reclaimed {
    explicit Node(Vma* v) : Reclaimed(true), vma(v, "node.vma") {}
    typename Sync::template Var<Vma*> vma;
  };

  bool Is(Unmapping variant) const { return config_.variant == variant; }

  void Play(int i) {
    if (i < config_.faults) {
      Fault();
    } else if (i == config_.faults) {
      Write();
      if (config_.endless) MapAgain();
    } else {
      Reclaim();
    }
  }

  // ---- A fault

  void Fault() {
    rcu_.read_lock();
    // Acquire: pairs with the release by which a node gets into the tree (map.h; here in runs without end).
    Node* const node = root_.load(std::memory_order_acquire);
    Vma* const vma = node != nullptr ? node->vma.get() : nullptr;
    const bool got = vma != nullptr && (Is(Unmapping::kNoReference) || Get(*vma));
    rcu_.read_unlock();
    if (!got) return;
    Handle(*vma);
    if (!Is(Unmapping::kNoReference)) Put(*vma);
  }

  void Handle(Vma& vma) {
    // Acquire: pairs with the end of the writer's section: who sees that also sees that the VMA is detached.
    const std::uint8_t seq =
        vma.seq.load(Is(Unmapping::kRelaxedFirstLook) ? std::memory_order_relaxed : std::memory_order_acquire);
    if (seq % 2 != 0 || vma.detached.load(std::memory_order_relaxed) || vma.start.get() != 1) return;
    // I/O is here: nothing but time passes.
    const bool looks_after_io = !Is(Unmapping::kNoRecheck) && !Is(Unmapping::kNoCheckAfterIo);
    if (looks_after_io && !IsStill(vma, seq)) return;
    ptl_.lock();
    const bool looks = !Is(Unmapping::kNoRecheck) && !Is(Unmapping::kRecheckOutside);
    // Relaxed: the page-table lock orders this fault before the writer's section under it, or after its BeginWrite.
    if (!looks || IsStill(vma, seq)) pte_.store(true, std::memory_order_relaxed);
    ptl_.unlock();
  }

  static bool IsStill(Vma& vma, std::uint8_t seq) { return vma.seq.load(std::memory_order_relaxed) == seq; }

  // Memory ordering: relaxed: the VMA was found by an acquire, and its memory is kept by RCU; who is freed by whom is
  // ordered by Put.
  bool Get(Vma& vma) {
    if (Is(Unmapping::kPlainGet)) {
      vma.refs.fetch_add(1, std::memory_order_relaxed);
      return true;
    }
    return vma.refs.try_update(GetUnlessZero{}, with(), std::memory_order_relaxed, std::memory_order_relaxed).done;
  }

  // Memory ordering: release, so that the last one comes after all that others did to the VMA; acquire, for the last
  // one.
  void Put(Vma& vma) {
    const auto order = Is(Unmapping::kRelaxedPut) ? std::memory_order_relaxed : std::memory_order_acq_rel;
    if (vma.refs.fetch_sub(1, order) == 1) callbacks_.call(&vma);
  }

  // ---- The writer

  void Write() {
    Node& node = *node_home_.address();
    Vma& vma = *node.vma.get();
    if (config_.endless) Sync::note(kUnmaps, Sync::self());
    Step(vma, std::memory_order_relaxed);             // odd; the page-table lock publishes it
    root_.store(nullptr, std::memory_order_relaxed);  // nothing follows from not finding the VMA
    if (!Is(Unmapping::kNotDetached)) vma.detached.store(true, std::memory_order_relaxed);
    ptl_.lock();
    pte_.store(false, std::memory_order_relaxed);
    ptl_.unlock();
    Step(vma, std::memory_order_release);  // even; pairs with a fault's first look
    callbacks_.call(&node);
    Put(vma);
  }

  // Waits until what was there is freed. Memory ordering: acquire, pairs with Reclaim.
  void MapAgain() {
    freed_.await_update(AreAll{}, Zero{}, with(), std::memory_order_acquire);
    Sync::note(kUnmapped, Sync::self());
    const bool mapped = pte_.load(std::memory_order_relaxed);
    Sync::tag(kEntry, Sync::self(), RightOrWrong(!mapped));
    root_.store(node_home_.construct(vma_home_.construct()), std::memory_order_release);
  }

  static void Step(Vma& vma, std::memory_order order) {
    vma.seq.store(static_cast<std::uint8_t>(vma.seq.load(std::memory_order_relaxed) + 1), order);
  }

  // ---- The reclaimer

  int Reclaim() {
    const auto free = [this](Reclaimed* object) {
      if (object->is_node.get()) {
        node_home_.destroy(static_cast<Node*>(object));
      } else {
        vma_home_.destroy(static_cast<Vma*>(object));
      }
      if (config_.endless) freed_.fetch_add(1, std::memory_order_release);  // pairs with MapAgain
    };
    if (Is(Unmapping::kNoGracePeriod)) return callbacks_.drain_at_once(free);
    return callbacks_.drain(rcu_, free);
  }

  struct AreAll {
    constexpr bool operator()(std::uint8_t freed) const { return freed == kGivenUp; }
  };
  struct Zero {
    constexpr std::uint8_t operator()(std::uint8_t /*freed*/) const { return 0; }
  };
  struct GetUnlessZero {
    constexpr std::optional<std::uint8_t> operator()(std::uint8_t refs) const {
      if (refs == 0) return std::nullopt;
      return static_cast<std::uint8_t>(refs + 1);
    }
  };
  struct Callbacks : RcuCallbacks<Sync, Reclaimed> {
    using Base = RcuCallbacks<Sync, Reclaimed>;
    template <class Free>
    int drain_at_once(Free free) {
      return Base::FreeAll(
          this->first_.await_update(typename Base::IsSome{}, typename Base::None{}, with(), std::memory_order_acquire),
          free);
    }
  };

  const UnmapConfig config_;
  RcuOf<Sync> rcu_;
  Callbacks callbacks_;
  typename Sync::template Storage<Vma> vma_home_;
  typename Sync::template Storage<Node> node_home_;
  typename Sync::template Atomic<Node*> root_{nullptr, "root"};
  FifoMutex<Sync> ptl_{"ptl"};
  typename Sync::template Atomic<std::uint8_t> freed_{0, "freed"};
  typename Sync::template Atomic<bool> pte_{false, "pte"};
};

}  // namespace doorway::vma_rcu
