/* Clients of a group lock, as in models/group/clients.h with endless rounds: REDS members of group 0 and BLACKS of
   group 1. Inside, a client sets its own slot and clears it. (There it also touches the slots of the other group; that
   changes nothing, and is no step of its own.)

   A step is one operation on shared memory; what is local goes with the operation before it. The includer says how one
   enters and leaves. `inside` is what the notes tell a monitor: from the operation that lets a client in to the one
   with which it leaves. */

#ifndef REDS
#define REDS 2
#endif
#ifndef BLACKS
#define BLACKS 1
#endif
#define N (REDS + BLACKS)

/* Client 0 is process 0. */
#define me _pid
#define group GROUP(_pid)
#define GROUP(t) ((t) < REDS -> 0 : 1)

bit slot[N];
byte inside[2];

inline Enter() {
  inside[group]++;
  assert(inside[1 - group] == 0)
}
