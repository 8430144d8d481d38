/* Peterson's lock for two, with seq_cst accesses; each read of the waiting loop is a step. Inside, a client writes
   plain data (that it also touches it is no step). */

bit flag[2];
bit turn;
bit data;
byte inside;

#define me _pid
#define them (1 - _pid)

inline Enter() {
  inside++;
  assert(inside == 1)
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
     d_step { data = 1 };
     d_step { inside--; flag[me] = 0 }
  od
}

#ifdef LIVENESS
ltl served { [] (flag[0] -> <> !flag[0]) }
#endif
