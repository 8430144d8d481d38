#pragma once

#include <cstdint>
#include <vector>

#include "harness/graph/label.h"

// Who does what to which location, as far as operations have come up, and which of them are *local* therefore: they
// commute with whatever other threads do. Partial-order reduction (state_space.h) explores a local step alone.
//
// That nobody else accesses a location cannot be known before all is explored. It is assumed from what has been seen,
// relied upon, and taken back when an operation comes up that says otherwise: then the exploration is *contradicted*,
// and begins again, knowing more. Outlives explorations, so that happens once for each location at most, or twice.

namespace doorway {

class Accesses {
 public:
  explicit Accesses(bool tso) : tso_(tso) {}

  // A new exploration: nothing is relied upon.
  void Begin();
  // A thread has come to that operation.
  void Add(int thread, const Label& label);
  // Whether the operation, where it is enabled, commutes with all that other threads do, and with its own thread's
  // stores reaching memory, and neither can disable the other. Relied upon from now on.
  bool IsLocal(int thread, const Label& label);
  // The same of a store of the thread to that location, when it leaves the thread's buffer. Relied upon already, if the
  // store was let into the buffer since Begin().
  bool DrainIsLocal(int thread, LocationId location) const;
  // What was relied upon is not so.
  bool contradicted() const { return contradicted_; }

 private:
  // How a location is used, by all threads together.
  enum class Use : std::uint8_t {
    kNowise,
    kByOne,       // one thread accesses it
    kOnlyRead,    // by several threads
    kSameStores,  // several threads store the same value, and nobody reads
    kShared,
  };
  struct Of {
    std::uint32_t readers = 0;  // a bit a thread
    std::uint32_t writers = 0;
    bool same_stores = true;  // all writes so far are stores of `stored`, of living objects
    Value stored = 0;
    bool relied = false;
    Use use() const;
  };
  static bool IsBy(const Of& of, int thread) { return (of.readers | of.writers) == std::uint32_t{1} << thread; }
  Of& of(LocationId location);

  const bool tso_;
  std::vector<Of> locations_;
  bool contradicted_ = false;
};

}  // namespace doorway
