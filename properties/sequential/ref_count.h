#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "harness/linearize/call.h"

// A reference count. Who takes a reference by `get` has one already, so the count is above zero; get_unless_zero is for
// who found the object some other way, and fails at zero, which is for ever. With a limit: get_unless_zero fails there,
// too, and get does not happen.

namespace doorway {

class RefCount {
 public:
  enum Function : std::uint8_t { kGet, kGetUnlessZero, kPut, kRead };
  using State = std::int64_t;
  using Operation = linearize::Call;

  static constexpr std::string_view kName = "ref_count";
  static constexpr linearize::FunctionInfo kFunctions[] = {
      {"get", 0, linearize::Returns::kNothing, "one more; it was above zero, and below the limit"},
      {"get_unless_zero", 0, linearize::Returns::kTruth, "whether it was above zero, and below the limit"},
      {"put", 0, linearize::Returns::kTruth, "one less; it was above zero; whether it now is zero"},
      {"read", 0, linearize::Returns::kValue, "the count"},
  };
  static constexpr bool kAsksCaller = false;

  // limit 0: none.
  explicit RefCount(State initial = 1, State limit = 0) : initial_(initial), limit_(limit) {}

  State Initial() const { return initial_; }
  std::optional<State> Step(State count, const Operation& call) const {
    const bool more = count > 0 && (limit_ == 0 || count < limit_);
    switch (call.function) {
      case kGet:
        if (!more) return std::nullopt;
        return count + 1;
      case kGetUnlessZero:
        if (!call.Fits(more)) return std::nullopt;
        return more ? count + 1 : count;
      case kPut:
        if (count <= 0 || !call.Fits(count == 1)) return std::nullopt;
        return count - 1;
      default:
        if (!call.Fits(linearize::Datum::Number(count))) return std::nullopt;
        return count;
    }
  }
  bool ReadOnly(const Operation& call) const {
    return call.function == kRead || (call.function == kGetUnlessZero && call.refused());
  }
  std::string Show(State count) const { return std::to_string(count); }

 private:
  State initial_, limit_;
};

}  // namespace doorway
