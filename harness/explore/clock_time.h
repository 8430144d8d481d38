#pragma once

#include <time.h>

namespace doorway {

inline double SecondsOf(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}
inline double WallSeconds() { return SecondsOf(CLOCK_MONOTONIC); }
inline double CpuSeconds() { return SecondsOf(CLOCK_PROCESS_CPUTIME_ID); }

}  // namespace doorway
