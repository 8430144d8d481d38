#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "harness/linearize/call.h"
#include "harness/linearize/check.h"
#include "harness/linearize/history.h"

// Every sequential specification, by name, for recorded histories.

namespace doorway {

struct SpecificationParameters {
  std::optional<linearize::Datum> initial;  // what the object holds in the beginning
  std::optional<std::int64_t> limit;        // how much it can hold
};

struct SpecificationEntry {
  linearize::Vocabulary vocabulary;
  std::string_view summary;
  enum class Initial : std::uint8_t { kNone, kAny, kNumber } initial = Initial::kNone;  // which it takes
  std::int64_t least_initial = 0;                                                       // of a number
  bool limit = false;                                                                   // whether it takes one
  // Checks a history that was read with the vocabulary. REQUIRES: only parameters that it takes.
  linearize::Result (*check)(const linearize::History&, const SpecificationParameters&, const linearize::Limits&,
                             linearize::How);
};

std::span<const SpecificationEntry> Specifications();

}  // namespace doorway
