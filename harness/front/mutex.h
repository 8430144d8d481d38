#pragma once

#include <cstdint>

#include "harness/front/operations.h"

// A mutex as other tools' libraries have it: exclusive and shared, recursive or not, which notices misuse.
//
// Fairness: none, not even between readers and writers: whoever finds it free takes it.

namespace doorway::front {

enum class MutexResult : std::uint8_t {
  kDone,
  kBusy,      // of a try
  kTimedOut,  // of a lock in time
  kNotInitialised,
  kInitialisedTwice,
  kRecursion,  // on a mutex that is not recursive
  kReadToWrite,
  kWriteToRead,
  kNotOwner,
  kStillOwned,  // when its life ends
};

struct MutexKind {
  bool recursive = false;
  bool shared_recursive = false;
};

class Mutex {
 public:
  // The word with which its life begins.
  static Value NotInitialised() { return 0; }
  static Value Initialised(MutexKind kind);

  explicit Mutex(const void* address) : word_{address, 8} {}

  MutexResult Init(MutexKind kind, Site site);
  MutexResult Deinit(Site site);
  bool IsInitialised(Site site) const;

  // Memory ordering: acquire, of what has locked; pairs with the release of each unlock before.
  MutexResult Lock(bool shared, Site site);
  MutexResult LockInTime(bool shared, Site site);  // may time out at any time
  // `may_fail`: also if it is free, once in each thread.
  MutexResult TryLock(bool shared, bool may_fail, Site site);
  // Memory ordering: release.
  MutexResult Unlock(bool shared, Site site);
  MutexResult UnlockEither(Site site);

 private:
  Object word_;
};

}  // namespace doorway::front
