#ifndef DOORWAY_KERNEL_LINUX_SLAB_H
#define DOORWAY_KERNEL_LINUX_SLAB_H

#include <linux/types.h>
#include <stdlib.h>

#define GFP_KERNEL 0u
#define GFP_ATOMIC 1u
#define GFP_NOWAIT 2u
#define __GFP_ZERO 4u

/* Allocations do not fail. */
static inline void* kmalloc(size_t size, gfp_t flags) { return flags & __GFP_ZERO ? calloc(1, size) : malloc(size); }
static inline void* kzalloc(size_t size, gfp_t flags) { return calloc(1, size); }
static inline void* kcalloc(size_t n, size_t size, gfp_t flags) { return calloc(n, size); }
static inline void* kmalloc_array(size_t n, size_t size, gfp_t flags) { return calloc(n, size); }
static inline void kfree(const void* p) { free((void*)p); }
#define kvmalloc kmalloc
#define kvfree kfree

#endif
