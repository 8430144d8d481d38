#ifndef DOORWAY_KERNEL_LINUX_BUG_H
#define DOORWAY_KERNEL_LINUX_BUG_H

#include <assert.h>

#define BUG() assert(!"BUG()")
#define BUG_ON(condition) assert(!(condition) && "BUG_ON")
/* A warning is a finding, too. */
#define WARN_ON(condition)                               \
  ({                                                     \
    const int doorway_warns = !!(condition);             \
    assert(!doorway_warns && "WARN_ON(" #condition ")"); \
    doorway_warns;                                       \
  })
#define WARN_ON_ONCE(condition) WARN_ON(condition)
#define WARN(condition, ...) WARN_ON(condition)
#define WARN_ONCE(condition, ...) WARN_ON(condition)
#define VM_BUG_ON(condition) BUG_ON(condition)
#define BUILD_BUG_ON(condition) _Static_assert(!(condition), "BUILD_BUG_ON")

#endif
