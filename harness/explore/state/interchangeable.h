#pragma once

#include <absl/container/flat_hash_set.h>

#include <utility>

#include "harness/explore/state/symmetry.h"

namespace doorway {

// Which threads may change places: any two that have not been refused yet (symmetry.h).
class Interchangeable {
 public:
  // Nobody, if not `any`.
  Interchangeable(int threads, bool any) : threads_(threads), any_(any) {}

  void Refuse(int one, int other) { refused_.insert({one, other}); }
  void RefuseAll() { any_ = false; }

  // Each thread goes into the first class of which nobody has been refused with it.
  ThreadClasses Classes() const;
  bool any() const { return Permutations(Classes()) > 1; }

 private:
  int threads_;
  bool any_;
  absl::flat_hash_set<std::pair<int, int>> refused_;  // the lower one first
};

}  // namespace doorway
