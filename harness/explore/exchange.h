#pragma once

#include <absl/container/flat_hash_map.h>
#include <absl/container/flat_hash_set.h>

#include <map>
#include <utility>

#include "harness/graph/label.h"

namespace doorway {

// Two threads that change places, and what is known of the locations that then do, too: those that either works on
// where the other works on its own.
struct Exchange {
  absl::flat_hash_map<LocationId, LocationId> moved;  // both ways
  absl::flat_hash_set<LocationId> fixed;              // taken to stay, so far

  LocationId Image(LocationId location) const {
    const auto found = moved.find(location);
    return found == moved.end() ? location : found->second;
  }
  // Whether `to` may be what becomes of `from`. Learns that it is, if nothing is known of either.
  bool MayMove(LocationId from, LocationId to);
};

// By the threads, the lower one first.
using Exchanges = std::map<std::pair<int, int>, Exchange>;

// A location was taken to stay, and moves: what was compared by then must be compared again.
struct LocationMoves {};

}  // namespace doorway
