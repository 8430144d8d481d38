#pragma once

#include <atomic>
#include <cstdint>
#include <optional>

#include "harness/graph/note_kind.h"
#include "harness/sync/operands.h"
#include "models/mm/address_range.h"
#include "models/mm/mmap_lock.h"
#include "properties/mm/page_notes.h"

// Write faults without mmap_lock, against a thread that takes write access away and flushes later: mprotect, or fork.
//
//   demote   mmap_lock for writing { seq odd; page-table lock { W = 0 }; flush; seq even }
//   fault    s = seq; odd: fall back to mmap_lock for reading. Else
//            page-table lock { seq == s? }; copy the page; page-table lock { seq == s, same entry? clear, flush, map it
//            }
//
// Between the change of the entry and the end of its flush, a CPU may store to the page by its old entry. A fault that
// copies the page then loses that store. Within the section, seq is odd: so what matters is that the section holds the
// flush, too.
//
// The VMA stays, and stays writable; two CPUs, the first of which has the entry in its TLB.

namespace doorway::vma_rcu {

enum class Demotion : std::uint8_t {
  kAsDesigned,
  kEndBeforeFlush,  // seq is even before the flush
  kNoSeq,           // a fault does not look at seq
  kOneLook,         // a fault looks at seq at its start only
};

struct ProtectConfig {
  int cpus = 2;
  Demotion variant = Demotion::kAsDesigned;
};

template <class Sync>
class Protect {
 public:
  explicit Protect(const ProtectConfig& config) : config_(config), range_(0, config.cpus, mm::Access::kWrite) {}

  static constexpr int kExtraThreads = 1;

  void thread(int i) {
    if (i == config_.cpus) return Demote();
    while (!Store(i)) {
    }
  }

 private:
  using Seq = std::uint8_t;
  static constexpr Seq kNone = 1;  // no look is asked for: mmap_lock is held

  bool Is(Demotion variant) const { return config_.variant == variant; }

  void Demote() {
    mmap_lock_.write_lock();
    Step(std::memory_order_relaxed);  // the page-table lock publishes it
    range_.lock().lock();
    mm::Pte pte = range_.Read();
    pte.writable = 0;
    range_.Write(pte);
    range_.lock().unlock();
    if (Is(Demotion::kEndBeforeFlush)) Step(std::memory_order_release);
    range_.Flush();
    if (!Is(Demotion::kEndBeforeFlush)) Step(std::memory_order_release);
    mmap_lock_.write_unlock();
  }
  // Memory ordering: release, the end: pairs with a fault's look, which then comes after the flush.
  void Step(std::memory_order order) { seq_.store(static_cast<Seq>(seq_.load(std::memory_order_relaxed) + 1), order); }

  // One attempt of CPU `self` at its store. Returns whether it has retired.
  bool Store(int self) {
    mm::Cpu<Sync>& cpu = range_.cpu(self);
    if (const std::optional<int> page = cpu.StoreOrWalk(true)) {
      Sync::tag(mm::kPageWrite, self, mm::OnPage(range_.index(), *page));
      return true;
    }
    const mm::Pte pte = range_.Read();
    if (pte.present != 0 && pte.writable != 0) {
      if (cpu.Install(pte)) Sync::tag(mm::kFill, self, mm::OnPage(range_.index(), pte.page));
      return false;
    }
    if (!Speculate(self)) {
      mmap_lock_.read_lock();
      Handle(self, kNone);
      mmap_lock_.read_unlock();
    }
    return false;
  }

  // Returns whether the fault was handled, or may come again, without mmap_lock.
  // Memory ordering: acquire: pairs with Step's release.
  bool Speculate(int self) {
    if (Is(Demotion::kNoSeq)) return Handle(self, kNone);
    const Seq seq = seq_.load(std::memory_order_acquire);
    return seq % 2 == 0 && Handle(self, Is(Demotion::kOneLook) ? kNone : seq);
  }

  // Memory ordering of the looks: relaxed: the page-table lock orders them.
  bool IsStill(Seq seq) const { return seq == kNone || seq_.load(std::memory_order_relaxed) == seq; }

  // Returns false if a writer is, or was, about.
  bool Handle(int self, Seq seq) {
    range_.lock().lock();
    const mm::Pte seen = range_.Read();
    const bool is_still = IsStill(seq);
    if (is_still && seen.writable == 0 && seen.page != 0) {  // a copy is nobody else's
      mm::Pte pte = seen;
      pte.writable = 1;
      range_.Write(pte);
      Sync::tag(mm::kReuse, self, mm::OnPage(range_.index(), pte.page));
    }
    range_.lock().unlock();
    if (!is_still) return false;
    if (seen.writable != 0 || seen.page != 0) return true;
    const int copy = 1 + self;
    range_.CopyPage(seen.page, copy, self);
    range_.lock().lock();
    mm::Pte pte = range_.Read();
    const bool is_valid = IsStill(seq);
    if (is_valid && pte == seen) {
      pte.present = 0;
      range_.Write(pte);
      range_.Flush(self);
      pte = {static_cast<std::uint8_t>(copy), 1, 0, 1};
      range_.Write(pte);
      Sync::tag(mm::kInstall, self, mm::Copy(range_.index(), seen.page, copy));
    }
    range_.lock().unlock();
    return is_valid;
  }

  const ProtectConfig config_;
  mm::AddressRange<Sync> range_;
  mm::MmapLock<Sync> mmap_lock_;
  typename Sync::template Atomic<Seq> seq_{0, "vma.seq"};
};

}  // namespace doorway::vma_rcu
