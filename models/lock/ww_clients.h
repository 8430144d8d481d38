#pragma once

#include "harness/graph/note_kind.h"
#include "harness/sync/operands.h"
#include "locks/ww_mutex.h"
#include "models/lock/clients.h"

// Clients of wound/wait mutexes: transactions that take two of them, every other one in the other order, and write what
// both guard. A thread's number is its transaction's age.

namespace doorway::lock {

template <class Sync, template <class> class LockOf>
class WwClients {
 public:
  explicit WwClients(const ClientConfig& config) : config_(config) {}

  void thread(int me) {
    for (int round = 0; round < config_.rounds; ++round) Transact(me);
  }
  void after() {
    Sync::check(of_a_.get() == config_.writers * config_.rounds && of_b_.get() == of_a_.get(), "a write was lost");
  }

 private:
  void Transact(int me) {
    bool a_first = me % 2 == 0;
    Sync::note(kCall, me);
    for (;;) {
      Mutex(a_first).lock(me, false);
      if (Mutex(!a_first).lock(me, true)) break;
      Sync::check(me != 0, "the oldest transaction gave back what it held");
      Mutex(a_first).unlock(me);
      a_first = !a_first;
    }
    Sync::note(notes::kEnter, me, kWriter);
    of_a_.set(of_a_.get() + 1);
    of_b_.set(of_b_.get() + 1);
    Sync::note(notes::kLeave, me, kWriter);
    a_.unlock(me);
    b_.unlock(me);
  }
  LockOf<Sync>& Mutex(bool a) { return a ? a_ : b_; }

  const ClientConfig config_;
  WwTransactions<Sync> transactions_;
  LockOf<Sync> a_{transactions_, "a"}, b_{transactions_, "b"};
  typename Sync::template Var<int> of_a_{0, "of_a"}, of_b_{0, "of_b"};
};

}  // namespace doorway::lock
