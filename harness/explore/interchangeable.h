#pragma once

#include <absl/container/flat_hash_set.h>

#include <utility>
#include <vector>

// Which threads may change places: of all orders of such threads one is enough.

namespace doorway {

// Threads, ascending, of which any two may change places; each thread is in one class.
using ThreadClasses = std::vector<std::vector<int>>;

// In how many orders they can be, and so how many states or graphs an orbit has at most.
double Permutations(const ThreadClasses& classes);

// Any two threads that have not been refused yet.
class Interchangeable {
 public:
  // Nobody, if not `any`.
  Interchangeable(int threads, bool any) : threads_(threads), any_(any) {}

  void Refuse(int one, int other) { refused_.insert({one, other}); }  // the lower one first
  void RefuseAll() { any_ = false; }

  // Each thread goes into the first class of which nobody has been refused with it.
  ThreadClasses Classes() const;
  bool any() const { return Permutations(Classes()) > 1; }

 private:
  int threads_;
  bool any_;
  absl::flat_hash_set<std::pair<int, int>> refused_;
};

}  // namespace doorway
