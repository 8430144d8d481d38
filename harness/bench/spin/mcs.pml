/* The queue lock of Mellor-Crummey and Scott for N clients. Inside, a client writes plain data (that it also touches it
   is no step). */

#ifndef N
#define N 3
#endif
#define me _pid

byte tail;    /* a client, plus one; 0: nobody */
byte next[N]; /* likewise */
bit granted[N];
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
  byte other;
again:
  do
  :: d_step { next[me] = 0 };
     d_step { granted[me] = 0 };
     if
     :: d_step { tail == 0 -> tail = me + 1; Enter() }
     :: d_step { tail != 0 -> other = tail; tail = me + 1; WAITS(1) };
        d_step { next[other - 1] = me + 1; other = 0 };
        d_step { granted[me] == 1 -> Enter() }
     fi;
     d_step { data = 1 };
     if
     :: d_step { next[me] != 0 -> other = next[me] }
     :: d_step { next[me] == 0 -> skip };
        if
        :: d_step { tail == me + 1 -> tail = 0; inside-- }; goto again
        :: d_step { tail != me + 1 -> skip };
           d_step { next[me] != 0 -> other = next[me] }
        fi
     fi;
     d_step { inside--; granted[other - 1] = 1; other = 0 }
  od
}

#ifdef LIVENESS
ltl served { [] (waits -> <> !waits) }
#endif
