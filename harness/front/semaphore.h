#pragma once

#include <cstdint>

#include "harness/front/operations.h"

// A counting semaphore, and an event: what threads wait for is kept until somebody takes it.

namespace doorway::front {

enum class SemaphoreResult : std::uint8_t {
  kDone,
  kFailed,
  kTimedOut,
  kSpuriously,
  kNotInitialised,
  kInitialisedTwice
};

// Memory ordering: every successful step is acq_rel, one that fails acquires.
class Semaphore {
 public:
  static constexpr Value kMax = 0x7fffffff;

  static Value NotInitialised() { return 0; }

  explicit Semaphore(const void* address) : word_{address, 8} {}

  SemaphoreResult Init(Value count, Value max, Site site);
  SemaphoreResult Deinit(Site site);
  bool IsInitialised(Site site) const;

  // Takes one; waits while there is none. `may_wake`: also spuriously, once in each thread.
  SemaphoreResult Wait(bool may_wake, Site site);
  SemaphoreResult WaitInTime(Site site);
  SemaphoreResult Try(Site site);
  // Adds n, if there are no more than the most then: kFailed.
  SemaphoreResult Post(Value n, Value* before, Site site);
  // How many there are. REQUIRES: initialised.
  Value Count(Site site) const;

 private:
  Object word_;
};

// An event is set or not. One that resets itself is taken by who waits for it.
class Event {
 public:
  explicit Event(const void* address) : word_{address, 8} {}

  static Value NotInitialised() { return 0; }

  SemaphoreResult Init(bool manual_reset, bool set, Site site);
  SemaphoreResult Deinit(Site site);
  bool IsInitialised(Site site) const;

  SemaphoreResult Wait(Site site);
  SemaphoreResult WaitInTime(Site site);
  SemaphoreResult Try(Site site);
  SemaphoreResult Set(Site site);
  SemaphoreResult Reset(Site site);

 private:
  Object word_;
};

}  // namespace doorway::front
