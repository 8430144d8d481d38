#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "harness/linearize/call.h"

// A counting semaphore: acquire waits until there is something to take. Without an upper limit.

namespace doorway {

class Semaphore {
 public:
  enum Function : std::uint8_t { kAcquire, kRelease, kTryAcquire };
  using State = std::int64_t;  // how many can be taken
  using Operation = linearize::Call;

  static constexpr std::string_view kName = "semaphore";
  static constexpr linearize::FunctionInfo kFunctions[] = {
      {"acquire", 0, linearize::Returns::kNothing, "waits until there is one, and takes it", "down"},
      {"release", 0, linearize::Returns::kNothing, "gives one", "up"},
      {"try_acquire", 0, linearize::Returns::kTruth, "whether there was one, and the caller has it", "try_down"},
  };
  static constexpr bool kAsksCaller = false;

  explicit Semaphore(State initial = 1) : initial_(initial) {}

  State Initial() const { return initial_; }
  std::optional<State> Step(State state, const Operation& call) const {
    if (call.function == kRelease) return state + 1;
    const bool there = state > 0;
    if (call.function == kAcquire ? !there : !call.Fits(there)) return std::nullopt;
    return there ? state - 1 : state;
  }
  bool ReadOnly(const Operation& call) const { return call.function == kTryAcquire && call.refused(); }
  std::string Show(State state) const { return std::to_string(state) + " left"; }

 private:
  State initial_;
};

}  // namespace doorway
