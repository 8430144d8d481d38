/* group/bounded: K newcomers of the group inside may join a phase though the other group waits. */
#ifndef K
#define K 1
#endif
#define JOINS waiting[group] == 0 && (waiting[1 - group] == 0 || extra < K)
#include "fifo_group_lock.pml"
