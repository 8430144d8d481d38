#pragma once

#include <atomic>
#include <cstdint>

#include "models/mm/mmap_lock.h"

// munmap downgrades mmap_lock before it frees page tables: it has unlinked its VMA, so that no reader finds anything
// there. That is safe only if readers change no VMA. A stack may grow on a fault, and once did so under mmap_lock for
// reading: into the hole, whose page table munmap was about to free (CVE-2021-20200, mended by 246c320a8cfe).
//
//   munmap   mmap_lock for writing { unlink the VMA below the stack; does the stack need its table?
//                                    [downgrade]; if not: take the table away, free it }
//   fault    mmap_lock { below the stack, and nothing mapped there: the stack starts here now
//                        the table, or a new one: set the entry }
//
// Left out: the VMA's own entries, and all flushes.

namespace doorway::mprotect {

struct ExpansionConfig {
  bool downgrades = true;                // munmap downgrades; else it holds mmap_lock for writing to its end
  bool expands_under_write_lock = true;  // a stack grows under mmap_lock for writing; else for reading
  bool grows = true;                     // else the fault only asks what is mapped
  bool relaxed_downgrade = false;
};

template <class Sync>
class StackExpansion {
 public:
  explicit StackExpansion(const ExpansionConfig& config) : config_(config) {}

  void before() { table_.store(first_.construct("table.entry"), std::memory_order_relaxed); }

  void thread(int i) { i == 0 ? Fault() : Munmap(); }

  // Whoever grew has an entry in the table that is there.
  void after() {
    if (stack_start_.get() > kAddress) return;
    Table* const table = table_.load(std::memory_order_relaxed);
    Sync::check(table != nullptr && table->entry.load(std::memory_order_relaxed) == 1, "the stack has lost a page");
  }

 private:
  static constexpr int kAddress = 1;  // of the fault; the table covers 0 and 1, the stack starts at 2
  static constexpr int kTableEnd = 2;

  struct Table {
    explicit Table(const char* name) : entry(0, name) {}
    typename Sync::template Atomic<int> entry;
  };

  void Munmap() {
    mmap_lock_.write_lock();
    mapped_.set(false);
    const bool free_table = stack_start_.get() >= kTableEnd;
    if (config_.downgrades) {
      mmap_lock_.downgrade(config_.relaxed_downgrade ? std::memory_order_relaxed : std::memory_order_release);
    }
    if (free_table) {
      // Relaxed, all that is about the table: mmap_lock is meant to keep others away.
      Table* const table = table_.load(std::memory_order_relaxed);
      table_.store(nullptr, std::memory_order_relaxed);
      first_.destroy(table);
    }
    config_.downgrades ? mmap_lock_.read_unlock() : mmap_lock_.write_unlock();
  }

  void Fault() {
    if (!config_.grows) {
      mmap_lock_.read_lock();
      (void)mapped_.get();
      mmap_lock_.read_unlock();
      return;
    }
    const bool writes = config_.expands_under_write_lock;
    writes ? mmap_lock_.write_lock() : mmap_lock_.read_lock();
    if (!mapped_.get()) {  // else the fault is not the stack's
      stack_start_.set(kAddress);
      if (writes) mmap_lock_.downgrade();
      Table* table = table_.load(std::memory_order_relaxed);
      if (table == nullptr) {
        table = second_.construct("new_table.entry");
        table_.store(table, std::memory_order_relaxed);
      }
      table->entry.store(1, std::memory_order_relaxed);
      mmap_lock_.read_unlock();
    } else {
      writes ? mmap_lock_.write_unlock() : mmap_lock_.read_unlock();
    }
  }

  const ExpansionConfig config_;
  mm::MmapLock<Sync> mmap_lock_;
  typename Sync::template Storage<Table> first_;
  typename Sync::template Storage<Table> second_;
  typename Sync::template Atomic<Table*> table_{nullptr, "pmd"};
  typename Sync::template Var<bool> mapped_{true, "vma.mapped"};
  typename Sync::template Var<int> stack_start_{2, "stack.start"};
};

}  // namespace doorway::mprotect
