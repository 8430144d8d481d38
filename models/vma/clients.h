#pragma once

#include "harness/graph/note_kind.h"
#include "harness/graph/value.h"
#include "locks/vma_mm.h"
#include "locks/vma_notes.h"

// The clients of a per-VMA lock: page faults, which read a VMA, and the writer of the mm, which changes it. One mm, one
// VMA, which stays where it is.
//
//   fault    try_read; read the VMA; end_read. Or, if the lock says no: fall back to mmap_lock
//   writer   mmap_lock for writing { start_write; change the VMA }
//            mmap_lock for writing { change other VMAs }, a number of times in between
//
// The writer is one thread, which stands for all: mmap_lock keeps them apart. A fault that falls back is done: what it
// then does, it does under mmap_lock, which excludes the writer without help from here. It does not come back while the
// writer is in; in the next round it waits, as for mmap_lock, until no writer is.
//
// Inside, readers read plain data that the writer writes: a reader beside the writer is a data race under any engine.

namespace doorway::vma {

struct ClientConfig {
  int readers = 1;
  int rounds = 1;         // of each thread; 0: for ever
  int others = 0;         // sections of the writer between two rounds that leave the VMA alone
  int sequence_bits = 2;  // of the mm's sequence number
  int word_bits = 32;     // of the lock's word, where the lock lets one choose
  bool fall_back = true;  // readers that are refused wait until no writer is in; else they come again at once
};

inline constexpr int kMaxReaders = 6;

// The groups of the claims.
inline constexpr Value kReader = 0;
inline constexpr Value kWriter = 1;

template <class Sync, template <class> class LockOf, template <class> class MmOf = VmaMm>
class Clients {
 public:
  using Lock = LockOf<Sync>;

  explicit Clients(const ClientConfig& config)
      : config_(config), mm_(config.sequence_bits), lock_(MakeLock(mm_, config)) {}

  void thread(int i) {
    const bool reads = i < config_.readers;
    if (config_.rounds == 0) {
      Sync::forever([this, reads] {
        if (!reads) {
          Write();
          WriteOthers();
        } else if (!Read()) {
          FallBack();
        }
      });
    }
    for (int round = 1; round <= config_.rounds; ++round) {
      if (!reads) {
        if (round > 1) WriteOthers();
        Write();
      } else if (!Read() && round < config_.rounds) {
        FallBack();
      }
    }
  }

  // When all is quiet, the count is what it was.
  void after() {
    const bool at_rest = lock_.is_at_rest();
    Sync::tag(kCount, Sync::self(), static_cast<Value>(!at_rest));
  }

 protected:
  static Lock MakeLock(VmaMm<Sync>& mm, const ClientConfig& config) {
    if constexpr (requires { Lock(mm, config.word_bits); }) {
      return Lock(mm, config.word_bits);
    } else {
      return Lock(mm);
    }
  }

  bool Read() {
    if (!TryRead()) return false;
    Sync::note(notes::kEnter, Sync::self(), kReader);
    (void)flags_.get();
    Sync::note(notes::kLeave, Sync::self(), kReader);
    lock_.end_read();
    return true;
  }

  // A lock whose VMA may be another mm's has to be told whose the reader is.
  bool TryRead() {
    if constexpr (requires { lock_.try_read(mm_); }) {
      return lock_.try_read(mm_);
    } else {
      return lock_.try_read();
    }
  }

  void FallBack() {
    if (config_.fall_back) mm_.await_no_writer();
  }

  void Write() {
    mm_.begin_write();
    Sync::note(notes::kDoorway, Sync::self(), kWriter);
    lock_.start_write();
    Sync::note(notes::kEnter, Sync::self(), kWriter);
    flags_.set(1);
    Sync::note(notes::kLeave, Sync::self(), kWriter);
    if constexpr (requires { lock_.end_write(); }) lock_.end_write();
    mm_.end_write();
  }

  void WriteOthers() {
    for (int i = 0; i < config_.others; ++i) {
      mm_.begin_write();
      mm_.end_write();
    }
  }

  const ClientConfig config_;
  MmOf<Sync> mm_;
  Lock lock_;
  typename Sync::template Var<int> flags_{0, "vma.flags"};
};

}  // namespace doorway::vma
