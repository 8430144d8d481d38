#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/linearize/call.h"

// A set of values. Each value is a key: operations on others do not influence it.

namespace doorway {

class ValueSet {
 public:
  enum Function : std::uint8_t { kAdd, kRemove, kContains };
  using State = std::vector<linearize::Datum>;  // ascending
  using Operation = linearize::Call;

  static constexpr std::string_view kName = "set";
  static constexpr linearize::FunctionInfo kFunctions[] = {
      {"add", 1, linearize::Returns::kTruth, "value; whether it was not in it", "insert"},
      {"remove", 1, linearize::Returns::kTruth, "value; whether it was in it", "erase"},
      {"contains", 1, linearize::Returns::kTruth, "value; whether it is in it"},
  };
  static constexpr bool kAsksCaller = false;

  State Initial() const { return {}; }
  std::optional<State> Step(const State& state, const Operation& call) const;
  bool ReadOnly(const Operation& call) const { return call.function == kContains || call.refused(); }
  linearize::Datum KeyOf(const Operation& call) const { return call.arguments[0]; }
  std::string Show(const State& state) const;
};

}  // namespace doorway
