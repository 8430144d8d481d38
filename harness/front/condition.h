#pragma once

#include <cstdint>

#include "harness/front/operations.h"

// A condition variable, and a futex's queue.
//
// A notification wakes one of those that wait when it comes, whichever; one that comes when nobody waits is lost. It
// orders nothing: who waits and who notifies are ordered by the mutex.

namespace doorway::front {

enum class Woken : std::uint8_t { kNotified, kSpuriously, kTimedOut };

class Condition {
 public:
  static Value NotInitialised() { return 0; }
  static Value Initialised() { return 1; }

  explicit Condition(const void* address) : word_{address, 8} {}

  // Whether it was not initialised, or was.
  bool Init(Site site);
  bool Deinit(Site site);
  bool IsInitialised(Site site) const;

  // Joins those that wait. False: it is not initialised.
  bool Join(Site site);
  // Leaves them without waiting.
  void Leave(Site site);
  // Waits, having joined, until woken; or, if it may, until it wakes by itself or by a timeout, at any time. It wakes
  // spuriously once in each thread.
  Woken Wait(bool may_time_out, bool may_wake, Site site);

  // Wakes up to `n`. How many; -1: not initialised.
  int Notify(unsigned n, Site site);

 private:
  Object word_;
};

}  // namespace doorway::front
