#pragma once

#include <sched.h>

// Waiting politely, for backends on real threads.

namespace doorway {

// Tells the processor that this is a polling loop.
inline void CpuRelax() {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

// After the n-th poll in vain, from 0: a pause that doubles each time, up to some 60 of the processor's; then the rest
// of the time slice, since who is to be waited for may need this very processor.
inline void BackOff(unsigned n) {
  if (n >= 6) {
    sched_yield();
    return;
  }
  for (unsigned i = 0; i < 1U << n; ++i) CpuRelax();
}

}  // namespace doorway
