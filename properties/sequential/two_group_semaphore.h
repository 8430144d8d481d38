#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "harness/linearize/call.h"

// A group lock: any number of one group at once, never two groups together. Groups are any values, two or more. With a
// limit: at most so many at once.

namespace doorway {

class TwoGroupSemaphore {
 public:
  enum Function : std::uint8_t { kEnter, kLeave, kTryEnter };
  struct State {
    linearize::Datum group{};  // nil if nobody is inside
    std::int64_t inside = 0;
    friend bool operator==(const State&, const State&) = default;
    template <class H>
    friend H AbslHashValue(H hash, const State& state) {
      return H::combine(std::move(hash), state.group, state.inside);
    }
  };
  using Operation = linearize::Call;

  static constexpr std::string_view kName = "two_group_semaphore";
  static constexpr linearize::FunctionInfo kFunctions[] = {
      {"enter", 1, linearize::Returns::kNothing, "group; waits until nobody of another is inside", "acquire"},
      {"leave", 1, linearize::Returns::kNothing, "group, of which somebody is inside", "release"},
      {"try_enter", 1, linearize::Returns::kTruth, "group; whether nobody of another was inside", "try_acquire"},
  };
  static constexpr bool kAsksCaller = false;

  // 0: no limit.
  explicit TwoGroupSemaphore(std::int64_t limit = 0) : limit_(limit) {}

  State Initial() const { return {}; }
  std::optional<State> Step(const State& state, const Operation& call) const {
    const linearize::Datum& group = call.arguments[0];
    if (call.function == kLeave) {
      if (state.inside == 0 || state.group != group) return std::nullopt;
      return state.inside == 1 ? State{} : State{group, state.inside - 1};
    }
    const bool open = state.inside == 0 || (state.group == group && (limit_ == 0 || state.inside < limit_));
    if (call.function == kEnter ? !open : !call.Fits(open)) return std::nullopt;
    return open ? State{group, state.inside + 1} : state;
  }
  bool ReadOnly(const Operation& call) const { return call.function == kTryEnter && call.refused(); }
  std::string Show(const State& state) const {
    if (state.inside == 0) return "nobody inside";
    return std::to_string(state.inside) + " of group " + linearize::Show(state.group) + " inside";
  }

 private:
  std::int64_t limit_;
};

}  // namespace doorway
