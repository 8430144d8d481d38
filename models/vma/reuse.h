#pragma once

#include <atomic>
#include <cstdint>

#include "harness/graph/note_kind.h"
#include "harness/graph/value.h"
#include "harness/sync/operands.h"
#include "locks/vma_mm.h"
#include "locks/vma_notes.h"
#include "models/vma/clients.h"

// VMAs that come and go: one VMA's memory, which is never anything else, and goes from one mapping to the next.
//
//   fault    v = tree of A; try_read; does v cover my address? read v; end_read
//   A        mmap_lock for writing { start_write; change v; take it out of the tree; detach; free }
//            or, after that, map it again, at another address or at the same
//   B        another mm: mmap_lock for writing { allocate; init; start_write; attach; change v }
//            mmap_lock for writing { start_write; detach; free }; exit, which frees B
//
// The tree is one pointer, read under RCU: it may be old, and RCU only keeps it a VMA. What belongs to the mapping, its
// address and flags, is made with each mapping and ends with it (Area): touching it later is a use after free, and so
// is touching B after B's last user has dropped it. A itself stays: its threads are in it.
//
// In a run without end A unmaps and maps the VMA again and again, and so does B, which does not exit then.
//
// A fault that gets no VMA falls back to mmap_lock, and is done. (In a kernel, one that finds the VMA detached looks it
// up again: that is another fault.)

namespace doorway::vma {

// On a read inside: its argument is 0 if the VMA is one of the reader's mm, and covers its address, else 1.
inline constexpr NoteKind kReads{"reads a VMA"};

// Between operations: the subject begins to unmap the VMA, and has done so. Only in runs without end.
inline constexpr NoteKind kUnmaps{"unmaps"};
inline constexpr NoteKind kUnmapped{"unmapped"};

enum class MapAgain : std::uint8_t { kNever, kElsewhere, kInPlace };

struct ReuseConfig {
  int readers = 1;
  MapAgain map_again = MapAgain::kNever;  // what A does with the VMA's memory
  bool other_mm = false;                  // B maps and unmaps the VMA, and exits
  bool range_check = true;                // a fault asks whether the VMA covers its address
  bool endless = false;                   // all that, without end
  int sequence_bits = 32;
};

template <class Sync, template <class> class LockOf>
class Reuse {
 public:
  using Mm = VmaMm<Sync>;

  explicit Reuse(const ReuseConfig& config) : config_(config), a_(config.sequence_bits, nullptr, 0) {}

  void before() {
    vma_.lock.init(a_);
    vma_.lock.attach();
    vma_.memory.construct(kAddress);
    b_ = home_of_b_.construct(config_.sequence_bits, &home_of_b_, 1);
  }

  void thread(int i) {
    if (config_.endless) Sync::forever([this, i] { Again(i); });
    if (i < config_.readers) {
      Fault();
    } else if (i == config_.readers) {
      Unmap(a_);
      if (config_.map_again == MapAgain::kElsewhere) Map(a_, kAddress + 1);
      if (config_.map_again == MapAgain::kInPlace) Map(a_, kAddress);
    } else {
      Map(*b_, kAddress);
      Unmap(*b_);
      b_->drop();
    }
  }

  // When all is quiet, the VMA has the reference of its mapping, if it has one.
  void after() {
    const bool mapped = config_.map_again != MapAgain::kNever;
    const bool at_rest = vma_.lock.count() == (mapped ? 1 : 0);
    Sync::tag(kCount, Sync::self(), static_cast<Value>(!at_rest));
  }

 private:
  static constexpr int kAddress = 1;

  // What belongs to a mapping.
  struct Area {
    explicit Area(int address) : start(address, "area.start"), flags(0, "area.flags") {}
    typename Sync::template Var<int> start;
    typename Sync::template Var<int> flags;
  };
  struct Vma {
    LockOf<Sync> lock;
    typename Sync::template Storage<Area> memory;
  };

  // What a thread of a run without end does for ever.
  void Again(int i) {
    if (i < config_.readers) {
      if (!Fault()) a_.await_no_writer();
    } else if (i == config_.readers) {
      Unmap(a_);
      Map(a_, config_.map_again == MapAgain::kElsewhere ? kAddress + Sync::choose(2) : kAddress);
    } else {
      Map(*b_, kAddress);
      Unmap(*b_);
    }
  }

  // Returns whether the fault got the lock of a VMA, its own or not.
  bool Fault() {
    // Acquire: pairs with the store by which a VMA gets into the tree; here it has been there from the start.
    Vma* const vma = tree_.load(std::memory_order_acquire);
    if (vma == nullptr || !vma->lock.try_read(a_)) return false;
    Area& area = *vma->memory.address();
    if (!config_.range_check || area.start.get() == kAddress) {
      Sync::note(notes::kEnter, Sync::self(), kReader);
      (void)area.flags.get();
      const bool covers = area.start.get() == kAddress;
      const bool mine = vma->lock.mm() == &a_;
      Sync::tag(kReads, Sync::self(), static_cast<Value>(!(covers && mine)));
      Sync::note(notes::kLeave, Sync::self(), kReader);
    }
    vma->lock.end_read();
    return true;
  }

  void Map(Mm& mm, int address) {
    // Acquire: pairs with Unmap's release: this mapping comes after the one before.
    is_free_.await_update(IsFree{}, Take{}, with(), std::memory_order_acquire);
    mm.begin_write();
    vma_.memory.construct(address);
    vma_.lock.init(mm);
    vma_.lock.start_write();
    vma_.lock.attach();
    Change();
    mm.end_write();
  }

  void Unmap(Mm& mm) {
    mm.begin_write();
    if (config_.endless) Sync::note(kUnmaps, Sync::self());
    vma_.lock.start_write();
    Change();
    // Nothing follows from not finding the VMA. In a run without end it is found by a pointer of any age.
    if (&mm == &a_ && !config_.endless) tree_.store(nullptr, std::memory_order_relaxed);
    vma_.lock.detach();
    if (config_.endless) Sync::note(kUnmapped, Sync::self());
    vma_.memory.destroy(vma_.memory.address());
    is_free_.store(true, std::memory_order_release);
    mm.end_write();
  }

  // What a writer does with a VMA that it has write-locked.
  void Change() {
    Sync::note(notes::kEnter, Sync::self(), kWriter);
    vma_.memory.address()->flags.set(1);
    Sync::note(notes::kLeave, Sync::self(), kWriter);
  }

  struct IsFree {
    constexpr bool operator()(bool is_free) const { return is_free; }
  };
  struct Take {
    constexpr bool operator()(bool /*is_free*/) const { return false; }
  };

  const ReuseConfig config_;
  Mm a_;
  typename Mm::Home home_of_b_;
  Mm* b_ = nullptr;
  Vma vma_;
  typename Sync::template Atomic<Vma*> tree_{&vma_, "tree"};
  typename Sync::template Atomic<bool> is_free_{false, "vma.is_free"};
};

}  // namespace doorway::vma
