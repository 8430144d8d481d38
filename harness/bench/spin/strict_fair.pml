/* group/strict_fair: nobody joins once anybody waits. */
#define JOINS size == 0
#include "fifo_group_lock.pml"
