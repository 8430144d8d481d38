#pragma once

#include <absl/container/flat_hash_set.h>

#include <cstdint>
#include <utility>

#include "harness/graph/execution.h"

// What the executions of a program come to: of each, what every operation of the source has read, thread by thread;
// what each location holds in the end; and how each thread ends. Two programs with the same set behave alike, as far as
// this says: in which order a thread's operations come does not count.
//
// An outcome is kept as a fingerprint of 128 bits: that two different ones of a million are told apart is certain
// but for one chance in 10^26.

namespace doorway {

class Outcomes {
 public:
  void Add(const Execution& execution);
  std::size_t size() const { return all_.size(); }
  friend bool operator==(const Outcomes& a, const Outcomes& b) { return a.all_ == b.all_; }

 private:
  absl::flat_hash_set<std::pair<std::uint64_t, std::uint64_t>> all_;
};

}  // namespace doorway
