/* A ticket lock for N clients whose counters have BITS bits. Inside, a client writes plain data (that it also touches it
   is no step). */

#ifndef N
#define N 3
#endif
#ifndef BITS
#define BITS 4
#endif
#define NEXT(ticket) (((ticket) + 1) & ((1 << BITS) - 1))
#define me _pid

byte next;
byte owner;
byte data;
byte inside;
#ifdef LIVENESS
bit waits;
#define WAITS(value) if :: me == 0 -> waits = value :: else fi
#else
#define WAITS(value) skip
#endif

inline Enter() {
  inside++;
  assert(inside == 1);
  WAITS(0)
}

active [N] proctype Client() {
  byte ticket;
  do
  :: d_step { ticket = next; next = NEXT(next); WAITS(1) };
     d_step { owner == ticket -> Enter() };
     d_step { data = 1 };
     d_step { inside--; assert(owner == ticket) };
     d_step { owner = NEXT(ticket); ticket = 0 }
  od
}

#ifdef LIVENESS
ltl served { [] (waits -> <> !waits) }
#endif
