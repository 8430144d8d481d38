#pragma once

/* Plain accesses that CDSChecker's tests make by a call. The compiler tells of them here, as of all others. */

#include <stdint.h>

#define DOORWAY_PLAIN(bits)                                                                                   \
  static inline void store_##bits(void* address, uint##bits##_t value) { *(uint##bits##_t*)address = value; } \
  static inline uint##bits##_t load_##bits(const void* address) { return *(const uint##bits##_t*)address; }

DOORWAY_PLAIN(8)
DOORWAY_PLAIN(16)
DOORWAY_PLAIN(32)
DOORWAY_PLAIN(64)

#undef DOORWAY_PLAIN
