#pragma once

#include <cstddef>

#include "harness/explore/state/race_tracker.h"
#include "harness/graph/value.h"

// Which field of a state (layout.h) is what, in this order: each thread's local state; the monitors' state; the race
// tracker's; each thread's store buffer, which is empty but under TSO; each location's content.

namespace doorway {

class Fields {
 public:
  static constexpr std::size_t kEntry = 4;  // of a buffer: location, cell, tracker's mark, begins the object's life
  static constexpr std::size_t kPlace = 2;  // cell, tracker's mark

  // `capacity`: stores that a buffer has room for.
  Fields(std::size_t threads, std::size_t capacity) : threads_(threads), capacity_(capacity) {}

  std::size_t threads() const { return threads_; }
  std::size_t capacity() const { return capacity_; }

  std::size_t thread(int t) const { return static_cast<std::size_t>(t); }
  std::size_t monitors() const { return threads_; }
  std::size_t tracker() const { return monitors() + 1; }
  std::size_t pending(std::size_t thread) const {  // how many stores its buffer holds
    return tracker() + RaceTracker::kFields + thread * (1 + kEntry * capacity_);
  }
  std::size_t entry(std::size_t thread, std::size_t entry) const {  // the oldest one is 0
    return pending(thread) + 1 + kEntry * entry;
  }
  std::size_t place(LocationId location) const { return pending(threads_) + kPlace * std::size_t{location}; }

 private:
  std::size_t threads_;
  std::size_t capacity_;
};

}  // namespace doorway
