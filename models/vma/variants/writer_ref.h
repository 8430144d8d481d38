#pragma once

#include <atomic>
#include <cstdint>
#include <optional>

#include "harness/sync/operands.h"
#include "locks/vma_ref_lock.h"

// The reference count as Peter Zijlstra first sketched it, on linux-mm: the writer takes a reference of its own with
// the bit that keeps readers out, so it waits for EXCLUDE + 2: its own, and the mapping's. (His bit is the highest one;
// that makes no difference here.) Readers count themselves by a plain addition and go again if they should not have;
// detaching is giving back the last reference.

namespace doorway::vma {

// The sketch, word for word.
template <class Sync>
class WriterRef : public VmaRefLock<Sync> {
  using Base = VmaRefLock<Sync>;

 public:
  using Base::Base;

  bool try_read(VmaMm<Sync>& mm) {
    if (this->sequence_.looks_locked(mm)) return false;
    const std::uint32_t old = this->count_.fetch_add(1, std::memory_order_acquire);
    if (old < Base::kExclude && !this->sequence_.is_locked(mm)) return true;
    this->end_read();
    return false;
  }

  void end_read() {
    VmaMm<Sync>& mm = *this->mm_.get();
    put(mm);
  }

  void start_write() {
    exclude_and_wait();
    this->count_.fetch_sub(Base::kExclude + 1, std::memory_order_release);
  }

  void detach() { this->drop_reference(std::memory_order_acquire); }

 protected:
  void put(VmaMm<Sync>& mm) {
    const std::uint32_t left = this->drop_reference(std::memory_order_release);
    if (left == Base::kExclude || left == Base::kExclude + 2) mm.writer_wait().wake_all();
  }

  void exclude_and_wait() {
    VmaMm<Sync>& mm = *this->mm_.get();
    this->count_.fetch_add(Base::kExclude + 1, std::memory_order_relaxed);
    this->await_count(mm, Base::kExclude + 2);
    this->sequence_.set(mm);
  }
};

// The writer keeps its reference until the end of its section, and gives it back VMA by VMA.
template <class Sync>
class PutAtEndWrite : public WriterRef<Sync> {
  using Base = VmaRefLock<Sync>;

 public:
  using WriterRef<Sync>::WriterRef;
  void start_write() {
    this->exclude_and_wait();
    this->count_.fetch_sub(Base::kExclude, std::memory_order_release);
  }
  void end_write() { this->drop_reference(std::memory_order_release); }
};

// ... but sections end by one step of the mm's number, for all VMAs: nobody knows which references to give back.
template <class Sync>
class PutNever : public WriterRef<Sync> {
  using Base = VmaRefLock<Sync>;

 public:
  using WriterRef<Sync>::WriterRef;
  void start_write() {
    this->exclude_and_wait();
    this->count_.fetch_sub(Base::kExclude, std::memory_order_release);
  }
};

// The sketch with what it lacks: no reference where there is none or readers are excluded, a writer that waits only if
// the VMA is attached, a detach that waits. One thing is left: who finds that it has another mm's VMA gives it back,
// and wakes, as if it were its own.
template <class Sync>
class WriterRefWakesForeignMm : public WriterRef<Sync> {
  using Base = VmaRefLock<Sync>;

 public:
  using WriterRef<Sync>::WriterRef;

  bool try_read(VmaMm<Sync>& mm) {
    if (this->sequence_.looks_locked(mm) || !this->get()) return false;
    VmaMm<Sync>& owner = *this->mm_.get();
    if (&owner == &mm && !this->sequence_.is_locked(mm)) return true;
    this->put(owner);
    return false;
  }

  void start_write() {
    VmaMm<Sync>& mm = *this->mm_.get();
    const bool attached =
        this->count_.try_update(Enter{}, with(), std::memory_order_relaxed, std::memory_order_acquire).done;
    if (attached) this->await_count(mm, Base::kExclude + 2);
    this->sequence_.set(mm);
    if (attached) this->count_.fetch_sub(Base::kExclude + 1, std::memory_order_release);
  }

  void detach() { Base::detach(); }

 private:
  struct Enter {
    constexpr std::optional<std::uint32_t> operator()(std::uint32_t count) const {
      if (count == 0) return std::nullopt;
      return count + Base::kExclude + 1;
    }
  };
};

// The sketch mended: it also keeps the other mm.
template <class Sync>
class WriterRefMended : public WriterRefWakesForeignMm<Sync> {
 public:
  using WriterRefWakesForeignMm<Sync>::WriterRefWakesForeignMm;
  bool try_read(VmaMm<Sync>& mm) {
    if (this->sequence_.looks_locked(mm) || !this->get()) return false;
    VmaMm<Sync>& owner = *this->mm_.get();
    if (&owner == &mm && !this->sequence_.is_locked(mm)) return true;
    owner.grab();
    this->put(owner);
    owner.drop();
    return false;
  }
};

}  // namespace doorway::vma
