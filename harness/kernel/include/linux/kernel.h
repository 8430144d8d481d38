#ifndef DOORWAY_KERNEL_LINUX_KERNEL_H
#define DOORWAY_KERNEL_LINUX_KERNEL_H

#include <linux/bug.h>
#include <linux/compiler.h>
#include <linux/types.h>

#define container_of(p, type, member) ((type*)((char*)(p)-offsetof(type, member)))
#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#define min(a, b)                                  \
  ({                                               \
    __typeof__(a) doorway_a = (a);                 \
    __typeof__(b) doorway_b = (b);                 \
    doorway_a < doorway_b ? doorway_a : doorway_b; \
  })
#define max(a, b)                                  \
  ({                                               \
    __typeof__(a) doorway_a = (a);                 \
    __typeof__(b) doorway_b = (b);                 \
    doorway_a > doorway_b ? doorway_a : doorway_b; \
  })
#define min_t(type, a, b) min((type)(a), (type)(b))
#define max_t(type, a, b) max((type)(a), (type)(b))
#define swap(a, b)                    \
  do {                                \
    __typeof__(a) doorway_swap = (a); \
    (a) = (b);                        \
    (b) = doorway_swap;               \
  } while (0)
#define might_sleep() ((void)0)
#define might_sleep_if(condition) ((void)0)
#define printk(...) ((void)0)
#define pr_info(...) ((void)0)
#define pr_warn(...) ((void)0)
#define pr_err(...) ((void)0)
#define IS_ENABLED(option) 0

#endif
