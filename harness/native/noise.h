#pragma once

#include <sched.h>
#include <time.h>

#include <cstdint>

#include "harness/sync/back_off.h"

// Disturbances between operations. Threads that run undisturbed meet in few ways; which disturbance shows an error
// depends on the error, so each thread draws, run by run, how often it is disturbed and how.

namespace doorway::native {

// xorshift64*.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed * 0x9e3779b97f4a7c15 + 0x2545f4914f6cdd1d) {
    if (state_ == 0) state_ = 1;
  }
  std::uint64_t Next() {
    state_ ^= state_ >> 12;
    state_ ^= state_ << 25;
    state_ ^= state_ >> 27;
    return state_ * 0x2545f4914f6cdd1d >> 11;
  }
  // 0 to n - 1. REQUIRES: n > 0
  std::uint64_t Below(std::uint64_t n) { return Next() % n; }

 private:
  std::uint64_t state_;
};

class Noise {
 public:
  explicit Noise(std::uint64_t seed) : random_(seed) {}

  // For the next run: none, pauses, yields, or sleeps, once in 2, 8, 32 or 128 operations.
  void Draw(bool any) {
    kind_ = any ? static_cast<Kind>(random_.Below(4)) : kNone;
    mask_ = (std::uint64_t{2} << 2 * random_.Below(4)) - 1;
    if (kind_ == kSleep) mask_ |= 31;  // a sleep takes long
  }

  void Between() {
    if (kind_ == kNone || (random_.Next() & mask_) != 0) return;
    const std::uint64_t length = random_.Below(256);
    switch (kind_) {
      case kNone:
        return;
      case kPause:
        for (std::uint64_t i = 0; i < length; ++i) CpuRelax();
        return;
      case kYield:
        sched_yield();
        return;
      case kSleep:
        const timespec time{0, static_cast<long>(length) * 100};
        nanosleep(&time, nullptr);
        return;
    }
  }

  Random& random() { return random_; }

 private:
  enum Kind { kNone, kPause, kYield, kSleep };

  Random random_;
  Kind kind_ = kNone;
  std::uint64_t mask_ = 0;
};

}  // namespace doorway::native
