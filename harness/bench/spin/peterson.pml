/* Peterson's lock for two, with seq_cst accesses; each read of the waiting loop is a step. Inside, a client writes its
   number and reads it back. */

bit flag[2];
bit turn;
bit data;
byte inside;
/* Who has been inside so far: nobody, one client, or several. Our claim counts how often it was put to the test, and so
   remembers it; it is no part of the lock. */
byte so_far;

#define me _pid
#define them (1 - _pid)

inline Enter() {
  inside++;
  assert(inside == 1);
  so_far = (so_far == 0 || so_far == me + 1 -> me + 1 : 3)
}

active [2] proctype Client() {
  do
  :: d_step { flag[me] = 1 };
     d_step { turn = them };
poll:
     if
     :: d_step { flag[them] == 0 -> Enter() }
     :: d_step { flag[them] != 0 -> skip };
        if
        :: d_step { turn == me -> Enter() }
        :: d_step { turn != me -> skip };
           goto poll
        fi
     fi;
     d_step { data = me };
     d_step { assert(data == me) };
     d_step { inside--; flag[me] = 0 }
  od
}

#ifdef LIVENESS
ltl served { [] (flag[0] -> <> !flag[0]) }
#endif
