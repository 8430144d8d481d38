#pragma once

#include <cstdint>

#include "harness/front/operations.h"

// Linux's futex: waiting for a word to be no longer what it was. Each word has a queue of those that wait, at an
// address where no other object is.

namespace doorway::front {

enum class FutexResult : std::uint8_t { kWoken, kChanged, kInterrupted, kTimedOut };

// Waits if `word` holds `expected`; may be interrupted, once in each thread, and, if `in_time`, time out at any time.
// Memory ordering: who is woken has acquired what the waker had released; who finds the word changed has acquired that.
FutexResult FutexWait(Object word, const void* queue, Value expected, bool in_time, Site site);

// Wakes up to `n` of those that wait. How many.
int FutexWake(const void* queue, unsigned n, Site site);

}  // namespace doorway::front
