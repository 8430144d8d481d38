#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "harness/linearize/call.h"

// A counter, which may go below zero. It wraps at 64 bits, as the machine's do.

namespace doorway {

class Counter {
 public:
  enum Function : std::uint8_t { kRead, kAdd, kFetchAdd, kIncrement, kDecrement };
  using State = std::int64_t;
  using Operation = linearize::Call;

  static constexpr std::string_view kName = "counter";
  static constexpr linearize::FunctionInfo kFunctions[] = {
      {"read", 0, linearize::Returns::kValue, "the count"},
      {"add", 1, linearize::Returns::kNothing, "how many", {}, true},
      {"fetch_add", 1, linearize::Returns::kValue, "how many; returns the count before", {}, true},
      {"increment", 0, linearize::Returns::kNothing, "adds 1", "inc"},
      {"decrement", 0, linearize::Returns::kNothing, "takes 1", "dec"},
  };
  static constexpr bool kAsksCaller = false;

  explicit Counter(State initial = 0) : initial_(initial) {}

  State Initial() const { return initial_; }
  std::optional<State> Step(State state, const Operation& call) const {
    switch (call.function) {
      case kIncrement:
        return Sum(state, 1);
      case kDecrement:
        return Sum(state, -1);
      case kAdd:
        return Sum(state, call.arguments[0].number());
      default:
        if (!call.Fits(linearize::Datum::Number(state))) return std::nullopt;
        return call.function == kRead ? state : Sum(state, call.arguments[0].number());
    }
  }
  bool ReadOnly(const Operation& call) const {
    return call.function == kRead || (call.argument_count == 1 && call.arguments[0].number() == 0);
  }
  std::string Show(State state) const { return std::to_string(state); }

 private:
  static State Sum(State a, State b) {
    return static_cast<State>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
  }

  State initial_;
};

}  // namespace doorway
