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

// A part of a search as another process tells of it: one line of text.
struct PartResult {
  std::uint32_t part = 0;
  bool done = false;                // all of it was explored
  bool stops = false;               // the search need not go on
  std::vector<std::string> claims;  // of which it has the first evidence that its process found
  Tally tally;
};
std::string WritePart(const PartResult& result);  // ends with a newline
PartResult ReadPart(const std::string& line);     // REQUIRES: WritePart has written it

}  // namespace doorway
