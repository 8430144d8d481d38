#pragma once

#include <cstdint>

#include "harness/graph/note_kind.h"
#include "harness/graph/value.h"
#include "harness/sync/operands.h"
#include "locks/linux_rw_sem.h"

// The clients of a reader-writer semaphore: readers, writers, writers that become readers half way, and writers that
// may be killed while they wait.
//
// Inside, readers read plain data that writers write: whoever is inside beside a writer, or after one without seeing
// what it did, is a data race under any engine. A writer that downgrades reads its own data as a reader.

namespace doorway::rwsem {

struct ClientConfig {
  int readers = 0;
  int killable_readers = 0;
  int writers = 0;
  int downgraders = 0;
  int killable_writers = 0;
  int rounds = 1;  // 0: for ever

  constexpr int threads() const { return readers + killable_readers + writers + downgraders + killable_writers; }
};

// The groups of the claims.
inline constexpr Value kReader = 0;
inline constexpr Value kWriter = 1;

template <class Sync, template <class> class LockOf>
class Clients {
 public:
  explicit Clients(const ClientConfig& config) : config_(config) {}

  void thread(int i) {
    if (config_.rounds == 0) Sync::forever([this, i] { Visit(i); });
    for (int round = 0; round < config_.rounds; ++round) Visit(i);
  }

  // When all is quiet, the count is what it was.
  void after() {
    const bool at_rest = lock_.is_at_rest();
    Sync::tag(LockOf<Sync>::kCount, Sync::self(), static_cast<Value>(!at_rest));
  }

 private:
  void Visit(int i) {
    if (i < config_.readers) {
      lock_.down_read();
      Read();
      lock_.up_read();
    } else if ((i -= config_.readers) < config_.killable_readers) {
      if (!lock_.down_read_killable()) return;
      Read();
      lock_.up_read();
    } else if ((i -= config_.killable_readers) < config_.writers) {
      lock_.down_write();
      Write();
      lock_.up_write();
    } else if ((i -= config_.writers) < config_.downgraders) {
      lock_.down_write();
      Write();
      lock_.downgrade();
      Read();
      lock_.up_read();
    } else {
      if (!lock_.down_write_killable()) return;
      Write();
      lock_.up_write();
    }
  }

  void Read() {
    Sync::note(notes::kEnter, Sync::self(), kReader);
    data_.get(unseen);
    Sync::note(notes::kLeave, Sync::self(), kReader);
  }
  void Write() {
    Sync::note(notes::kEnter, Sync::self(), kWriter);
    data_.set(1);
    Sync::note(notes::kLeave, Sync::self(), kWriter);
  }

  const ClientConfig config_;
  LockOf<Sync> lock_;
  typename Sync::template Var<int> data_{0, "data"};
};

}  // namespace doorway::rwsem
