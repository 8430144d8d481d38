#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "harness/linearize/call.h"

// Mutual exclusion with an owner: lock waits while somebody has it, and who unlocks must have it. A caller that locks
// it twice waits for ever.

namespace doorway {

class Mutex {
 public:
  enum Function : std::uint8_t { kLock, kUnlock };
  using State = std::uint32_t;  // who has it; 0: nobody
  using Operation = linearize::Call;

  static constexpr std::string_view kName = "mutex";
  static constexpr linearize::FunctionInfo kFunctions[] = {
      {"lock", 0, linearize::Returns::kNothing, "waits until nobody has it", "acquire"},
      {"unlock", 0, linearize::Returns::kNothing, "the caller has it", "release"},
  };
  static constexpr bool kAsksCaller = true;

  State Initial() const { return 0; }
  std::optional<State> Step(State owner, const Operation& call) const {
    if (owner != (call.function == kLock ? 0 : call.caller)) return std::nullopt;
    return call.function == kLock ? call.caller : 0;
  }
  bool ReadOnly(const Operation&) const { return false; }
  std::string Show(State owner) const { return owner == 0 ? "free" : "held by #" + std::to_string(owner); }
};

// With an attempt that does not wait. It may not fail while nobody has the lock.
class TryLock {
 public:
  enum Function : std::uint8_t { kLock, kUnlock, kTryLock };
  using State = Mutex::State;
  using Operation = linearize::Call;

  static constexpr std::string_view kName = "try_lock";
  static constexpr linearize::FunctionInfo kFunctions[] = {
      Mutex::kFunctions[0],
      Mutex::kFunctions[1],
      {"try_lock", 0, linearize::Returns::kTruth, "whether nobody had it, and the caller now has", "try_acquire"},
  };
  static constexpr bool kAsksCaller = true;

  State Initial() const { return 0; }
  std::optional<State> Step(State owner, const Operation& call) const {
    if (call.function != kTryLock) return Mutex().Step(owner, call);
    if (!call.Fits(owner == 0)) return std::nullopt;
    return owner == 0 ? call.caller : owner;
  }
  bool ReadOnly(const Operation& call) const { return call.function == kTryLock && call.refused(); }
  std::string Show(State owner) const { return Mutex().Show(owner); }
};

}  // namespace doorway
