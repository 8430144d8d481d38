#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "harness/graph/property.h"

// What a search, or a part of it, has counted: numbers that add up, and maxima.

namespace doorway {

struct Tally {
  struct OfProperty {
    std::uint64_t antecedents = 0;
    std::uint64_t not_evaluated = 0;
    std::vector<Measure> measures;
  };

  std::uint64_t executions = 0;
  double represented = 0;  // complete executions, in all orders of interchangeable threads; whole, when all are counted
  std::uint64_t blocked = 0;
  std::uint64_t stuck = 0;
  std::uint64_t race_checks = 0;
  std::uint64_t native_runs = 0;
  std::vector<OfProperty> properties;  // in the judge's order; empty: all zero
  std::vector<std::string> bounds;     // each once

  void Hit(const std::string& bound);
  // Numbers are added, of measures the larger is kept, bounds are joined.
  void Add(const Tally& other);
  // Without what was counted before. Measures and bounds, which cannot be taken away, remain.
  Tally Since(const Tally& before) const;
};

// Where a depth-first search stands: for each level of the tree, from its root on, how many nodes are still to be
// explored there. Children are gone through from the last one to the first. So a position leads to the same place in
// every process: of the root's children, those behind as many as are left have been explored, but for the next one,
// which is gone through; and so on with its children. Empty: nothing is left.
using Position = std::vector<std::uint32_t>;

// A part of a search as another process tells of it: one line of text.
struct PartResult {
  std::uint32_t part = 0;
  bool done = false;                   // all of it was explored
  bool stops = false;                  // the search need not go on
  std::vector<std::string> claims;     // of which it has the first evidence that its process found
  std::vector<std::string> cut_short;  // what ended the search before its end
  Position position;                   // where it stands, if it is not done; empty: nowhere that could be gone on from
  Tally tally;
};
std::string WritePart(const PartResult& result);  // ends with a newline
// Errors: std::runtime_error, if WritePart has not written it.
PartResult ReadPart(const std::string& line);

}  // namespace doorway
