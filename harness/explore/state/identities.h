#pragma once

#include <absl/container/flat_hash_map.h>

#include <cstdint>
#include <vector>

#include "harness/explore/state/components.h"

// Who is who in a strongly connected component of a space whose threads may change places on the way: what is thread 0
// in one state may be thread 1 in the next. Fairness is owed to each thread of the program, so it is asked of each
// *identity*, which is a thread followed along all steps of the component (Emerson and Sistla, "Utilizing Symmetry when
// Model-Checking under Fairness Assumptions", 1997). Two threads that some way round makes one another are one
// identity: what the one does at one turn, the other does at another.

namespace doorway {

class Identities {
 public:
  // One for each thread: nobody changes places.
  explicit Identities(std::size_t threads);
  // Of `component`, by all its steps, which are those of `region` but for `excluded`.
  Identities(std::size_t threads, const std::vector<StateId>& component, Region& region,
             const Region::Excluded& excluded);

  std::size_t size() const { return size_; }
  std::size_t Of(StateId id, int thread) const { return of_[Row(id) + static_cast<std::size_t>(thread)]; }

 private:
  std::size_t Row(StateId id) const { return rows_.empty() ? 0 : rows_.at(id) * threads_; }
  std::uint32_t Root(std::uint32_t at);

  std::size_t threads_;
  std::size_t size_;
  absl::flat_hash_map<StateId, std::size_t> rows_;  // by state; empty: one row for all
  std::vector<std::uint32_t> of_;                   // by row and thread
};

}  // namespace doorway
