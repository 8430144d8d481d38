#pragma once

#include <atomic>
#include <cstdint>

#include "locks/vma_ref_lock.h"

// The reference-counted lock with one thing wrong.

namespace doorway::vma {

// A reader that has counted itself does not ask again whether the VMA is write-locked: it asked before.
template <class Sync>
class RefNoRecheck : public VmaRefLock<Sync> {
 public:
  using VmaRefLock<Sync>::VmaRefLock;
  bool try_read(VmaMm<Sync>& mm) { return !this->sequence_.is_locked(mm) && this->get(); }
};

// A reader counts itself with a relaxed update: it need not see that the VMA is write-locked.
template <class Sync>
class RefRelaxedGet : public VmaRefLock<Sync> {
 public:
  using VmaRefLock<Sync>::VmaRefLock;
  bool try_read(VmaMm<Sync>& mm) {
    if (!this->get(std::memory_order_relaxed)) return false;
    if (!this->sequence_.is_locked(mm)) return true;
    this->put(mm);
    return false;
  }
};

// A reader asks for the number of the mm with a relaxed load: if the writer has gone, what it did need not be seen.
template <class Sync>
class RefRelaxedRecheck : public VmaRefLock<Sync> {
 public:
  using VmaRefLock<Sync>::VmaRefLock;
  bool try_read(VmaMm<Sync>& mm) {
    if (!this->get()) return false;
    if (!this->sequence_.looks_locked(mm)) return true;
    this->put(mm);
    return false;
  }
};

// The writer does not ask whether the VMA is write-locked already: it waits for readers in any case.
template <class Sync>
class RefAlwaysWaits : public VmaRefLock<Sync> {
  using Base = VmaRefLock<Sync>;

 public:
  using Base::Base;
  void start_write() {
    VmaMm<Sync>& mm = *this->mm_.get();
    this->exclude();
    this->await_count(mm, Base::kExclude + 1);
    this->sequence_.set(mm);
    this->admit();
  }
};

// The writer does not lock the VMA at all.
template <class Sync>
class RefForgottenLock : public VmaRefLock<Sync> {
 public:
  using VmaRefLock<Sync>::VmaRefLock;
  void start_write() {}
};

// The writer does not lock a VMA that is detached: nobody reads it, until it is attached.
template <class Sync>
class RefAttachUnlocked : public VmaRefLock<Sync> {
 public:
  using VmaRefLock<Sync>::VmaRefLock;
  void start_write() {
    if (this->count() != 0) VmaRefLock<Sync>::start_write();
  }
};

// The writer waits until nobody reads, without keeping readers out meanwhile.
template <class Sync>
class RefNoExclusion : public VmaRefLock<Sync> {
 public:
  using VmaRefLock<Sync>::VmaRefLock;
  void start_write() {
    VmaMm<Sync>& mm = *this->mm_.get();
    this->await_count(mm, 1);
    this->sequence_.set(mm);
  }
  void end_read() {
    VmaMm<Sync>& mm = *this->mm_.get();
    if (this->drop_reference(std::memory_order_release) == 1) mm.writer_wait().wake_all();
  }
};

// The writer lets readers in again before it has set the number that tells them.
template <class Sync>
class RefAdmitFirst : public VmaRefLock<Sync> {
  using Base = VmaRefLock<Sync>;

 public:
  using Base::Base;
  void start_write() {
    VmaMm<Sync>& mm = *this->mm_.get();
    this->exclude();
    this->await_count(mm, Base::kExclude + 1);
    this->admit();
    this->sequence_.set(mm);
  }
};

// The writer forgets the reference of the mapping, and waits for a count that never comes.
template <class Sync>
class RefWaitsForNone : public VmaRefLock<Sync> {
  using Base = VmaRefLock<Sync>;

 public:
  using Base::Base;
  void start_write() {
    VmaMm<Sync>& mm = *this->mm_.get();
    this->exclude();
    this->await_count(mm, Base::kExclude);
    this->sequence_.set(mm);
    this->admit();
  }
};

// A reader counts itself also where there is no reference: in a VMA that is detached, or free.
template <class Sync>
class RefPlainGet : public VmaRefLock<Sync> {
  using Base = VmaRefLock<Sync>;

 public:
  using Base::Base;
  bool try_read(VmaMm<Sync>& mm) {
    const bool excluded = this->count_.fetch_add(1, std::memory_order_acquire) >= Base::kExclude;
    if (!excluded && this->mm_.get() == &mm && !this->sequence_.is_locked(mm)) return true;
    this->put(mm);
    return false;
  }
};

// Detaching is giving back the reference of the mapping, without waiting for readers that are about to go.
template <class Sync>
class RefDetachAtOnce : public VmaRefLock<Sync> {
 public:
  using VmaRefLock<Sync>::VmaRefLock;
  void detach() { this->drop_reference(std::memory_order_acquire); }
};

// A reader does not ask whose VMA it has got.
template <class Sync>
class RefAnyMm : public VmaRefLock<Sync> {
 public:
  using VmaRefLock<Sync>::VmaRefLock;
  bool try_read(VmaMm<Sync>& mm) {
    if (!this->get()) return false;
    if (!this->sequence_.is_locked(mm)) return true;
    this->end_read();
    return false;
  }
};

// A reader asks whose VMA it has got when it has the lock, and leaves as any other reader, as Linux 6.15 did: it wakes
// the writer of an mm that nothing keeps any more.
template <class Sync>
class RefWakesForeignMm : public RefAnyMm<Sync> {
 public:
  using RefAnyMm<Sync>::RefAnyMm;
  bool try_read(VmaMm<Sync>& mm) {
    if (this->sequence_.looks_locked(mm)) return false;
    if (!RefAnyMm<Sync>::try_read(mm)) return false;
    if (this->mm_.get() == &mm) return true;
    this->end_read();
    return false;
  }
};

// A reader that leaves asks whose VMA it was after it has given back its reference.
template <class Sync>
class RefMmAfterPut : public VmaRefLock<Sync> {
 public:
  using VmaRefLock<Sync>::VmaRefLock;
  void end_read() {
    const std::uint32_t left = this->drop_reference(std::memory_order_release);
    VmaMm<Sync>* const mm = this->mm_.get();
    this->wake_if_awaited(left, *mm);
  }
};

// The last reader does not wake the writer.
template <class Sync>
class RefNoWake : public VmaRefLock<Sync> {
 public:
  using VmaRefLock<Sync>::VmaRefLock;
  void end_read() { this->drop_reference(std::memory_order_release); }
};

// A reader that was refused, because the VMA is excluded, leaves nevertheless: it takes out what it never put in.
template <class Sync>
class RefPutsWhatItNeverGot : public VmaRefLock<Sync> {
 public:
  using VmaRefLock<Sync>::VmaRefLock;
  bool try_read(VmaMm<Sync>& mm) {
    if (this->get() && !this->sequence_.is_locked(mm)) return true;
    this->put(mm);
    return false;
  }
};

}  // namespace doorway::vma
