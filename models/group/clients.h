#pragma once

#include <cstddef>
#include <utility>

#include "harness/graph/note_kind.h"
#include "harness/graph/value.h"
#include "harness/sync/operands.h"

// The clients of every group-lock model: a number of red threads (group 0) and black threads (group 1), each of which
// goes a number of rounds through the lock. Shaped as a Relacy test suite; a template over Sync.
//
// Inside, a thread writes its own slot, reads the slots of all threads of the other group, and clears its own. So two
// members of different groups that nothing orders are a data race under any engine, and two of the same group are none.

namespace doorway {

struct GroupConfig {
  int reds = 1;
  int blacks = 1;
  int rounds = 1;  // 0: for ever
};

inline constexpr int kMaxClients = 10;

// N objects, each made from its index by Make.
template <class T, std::size_t N, class Make>
class Indexed {
 public:
  Indexed() : Indexed(std::make_index_sequence<N>()) {}
  T& operator[](int i) { return items_[i]; }

 private:
  template <std::size_t... I>
  explicit Indexed(std::index_sequence<I...>) : items_{Make{}(static_cast<int>(I))...} {}
  T items_[N];
};

template <class Sync, template <class> class LockOf>
class GroupClients {
 public:
  using Lock = LockOf<Sync>;

  explicit GroupClients(const GroupConfig& config) : config_(config) {}

  void thread(int i) {
    const int group = GroupOf(i);
    Repeat([this, i, group] { Visit(i, group); });
  }

 protected:
  // Runs `round` as often as each client is to go through the lock. Nothing local may survive a round.
  template <class Round>
  void Repeat(Round round) {
    if (config_.rounds == 0) Sync::forever(round);
    for (int i = 0; i < config_.rounds; ++i) round();
  }

  int GroupOf(int thread) const { return thread < config_.reds ? 0 : 1; }

  // Once through the lock: some locks give the member a token to leave with, some want a waiter node of it.
  template <class Section>
  void Visit(int me, int group, Section inside) {
    if constexpr (requires { typename Lock::Waiter; }) {
      lock_.enter(group, waiters_[me]);
      inside();
      lock_.exit(group);
    } else if constexpr (requires { typename Lock::Mode; }) {
      const typename Lock::Mode mode = lock_.enter(group);
      inside();
      lock_.exit(group, mode);
    } else {
      lock_.enter(group);
      inside();
      lock_.exit(group);
    }
  }

  void Inside(int me, int group) {
    Sync::note(notes::kEnter, me, static_cast<Value>(group));
    slots_[me].set(1);
    for (int other = 0; other < config_.reds + config_.blacks; ++other) {
      if (GroupOf(other) != group) slots_[other].get(unseen);
    }
    slots_[me].set(0);
    Sync::note(notes::kLeave, me, static_cast<Value>(group));
  }

  void Visit(int me, int group) {
    Visit(me, group, [this, me, group] { Inside(me, group); });
  }

  struct Nothing {
    explicit Nothing(int /*index*/) {}
  };
  template <class L>
  struct WaiterOf {
    using Type = Nothing;
  };
  template <class L>
  requires requires { typename L::Waiter; }
  struct WaiterOf<L> {
    using Type = typename L::Waiter;
  };
  using Waiter = typename WaiterOf<Lock>::Type;
  using Slot = typename Sync::template Var<int>;

  struct MakeWaiter {
    Waiter operator()(int i) const { return Waiter(i); }
  };
  struct MakeSlot {
    Slot operator()(int i) const { return Slot(0, ObjectName("slot", i)); }
  };

  const GroupConfig config_;
  Lock lock_;
  Indexed<Waiter, kMaxClients, MakeWaiter> waiters_;
  Indexed<Slot, kMaxClients, MakeSlot> slots_;
};

}  // namespace doorway
