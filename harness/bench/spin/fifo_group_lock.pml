/* locks/packed_group_lock.h: a lock for two groups as one word, each step one update of it. The includer defines
   JOINS: whether a newcomer of the group that is inside joins it. */

#include "group_clients.pml"

byte members;
bit holder;
byte extra;      /* members that joined since the last change of group though others waited */
byte queue[N];   /* the oldest first; unused entries are 0 */
byte size;
byte waiting[2]; /* of a group, in the queue */
bit queued[N];

hidden byte k;
hidden byte batch;

#define ADMITS (members == 0 -> size == 0 : (holder == group && (JOINS)))

inline Join() {
  if
  :: waiting[1 - group] > 0 -> extra++
  :: else
  fi;
  holder = group;
  members++;
  Enter()
}

inline Queue() {
  queue[size] = me;
  size++;
  waiting[group]++;
  queued[me] = 1
}

/* The last one out lets in the first of the queue and those of its group behind it. */
inline Leave() {
  inside[group]--;
  members--;
  if
  :: members > 0
  :: else ->
    extra = 0;
    holder = 0;
    batch = 0;
    if
    :: size > 0 ->
      holder = GROUP(queue[0]);
      do
      :: batch < size && GROUP(queue[batch]) == holder ->
        queued[queue[batch]] = 0;
        batch++
      :: else -> break
      od;
      members = batch;
      waiting[holder] = waiting[holder] - batch;
      k = 0;
      do
      :: k < size ->
        if
        :: k + batch < size -> queue[k] = queue[k + batch]
        :: else -> queue[k] = 0
        fi;
        k++
      :: else -> break
      od;
      size = size - batch
    :: else
    fi
  fi
}

active [N] proctype Client() {
again:
  if
  :: d_step { ADMITS -> Join() }
  :: d_step { !(ADMITS) -> Queue() };
     d_step { !queued[me] -> Enter() }
  fi;
  d_step { true -> slot[me] = 1 };
  d_step { true -> slot[me] = 0 };
  d_step { true -> Leave() };
  goto again
}

#ifdef LIVENESS
ltl served { [] (queued[0] -> <> !queued[0]) }
#endif
