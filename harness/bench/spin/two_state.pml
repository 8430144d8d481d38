/* group/two_state: locks/two_state_lock.h, a signed counter and the wait queue of harness/sync/wait_queue.h. */

#include "group_clients.pml"

short count;   /* members of group 1 count up, of group 0 down */
byte queue[N]; /* sleepers, the oldest first; unused entries are 0 */
byte size;
bit queued[N];

hidden byte k;

/* For the claim about client 0: it has tried in vain, and is not inside yet. */
#ifdef LIVENESS
bit sleeper;
#define SLEEPER(value) if :: me == 0 -> sleeper = value :: else fi
#else
#define SLEEPER(value) skip
#endif

#define STEP (group == 1 -> 1 : -1)
#define MAY_JOIN (group == 1 -> count >= 0 : count <= 0)

/* Unless it is in the queue. */
inline PrepareToWait() {
  if
  :: !queued[me] ->
    queue[size] = me;
    size++;
    queued[me] = 1
  :: else
  fi
}

inline FinishWait() {
  if
  :: queued[me] ->
    k = 0;
    do
    :: queue[k] == me -> break
    :: else -> k++
    od;
    do
    :: k + 1 < size -> queue[k] = queue[k + 1]; k++
    :: else -> break
    od;
    queue[k] = 0;
    size--;
    queued[me] = 0
  :: else
  fi
}

inline WakeAll() {
  k = 0;
  do
  :: k < size -> queued[queue[k]] = 0; queue[k] = 0; k++
  :: else -> break
  od;
  size = 0
}

active [N] proctype Client() {
again:
  if
  :: d_step { MAY_JOIN -> count = count + STEP; Enter() }
  :: d_step { !(MAY_JOIN) -> SLEEPER(1) };
    d_step { true -> PrepareToWait() };
retry:
    if
    :: d_step { MAY_JOIN -> count = count + STEP }
    :: d_step { !(MAY_JOIN) -> skip };
       d_step { !queued[me] -> skip };
       d_step { true -> PrepareToWait() };
       goto retry
    fi;
    d_step { FinishWait(); SLEEPER(0); Enter() }
  fi;
  d_step { true -> slot[me] = 1 };
  d_step { true -> slot[me] = 0 };
  if
  :: d_step { count != STEP -> inside[group]--; count = count - STEP }; goto again
  :: d_step { count == STEP -> inside[group]--; count = 0 };
     d_step { WakeAll() };
     goto again
  fi
}

#ifdef LIVENESS
ltl served { [] (sleeper -> <> !sleeper) }
#endif
