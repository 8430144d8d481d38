#pragma once

#include <optional>
#include <string>

#include "harness/linearize/call.h"
#include "harness/linearize/fast_register.h"

// A register: it holds what was written last. And one with compare-and-set.

namespace doorway {

class Register {
 public:
  enum Function : std::uint8_t { kRead, kWrite };
  using State = linearize::Datum;
  using Operation = linearize::Call;

  static constexpr std::string_view kName = "register";
  static constexpr linearize::FunctionInfo kFunctions[] = {
      {"read", 0, linearize::Returns::kValue, "the value"},
      {"write", 1, linearize::Returns::kNothing, "value"},
  };
  static constexpr bool kAsksCaller = false;

  explicit Register(State initial = {}) : initial_(initial) {}

  State Initial() const { return initial_; }
  std::optional<State> Step(const State& state, const Operation& call) const {
    if (call.function == kWrite) return call.arguments[0];
    if (!call.Fits(state)) return std::nullopt;
    return state;
  }
  bool ReadOnly(const Operation& call) const { return call.function == kRead; }
  std::string Show(const State& state) const { return linearize::Show(state); }
  std::optional<linearize::RegisterStep<State>> AsRegister(const Operation& call) const {
    if (call.function == kWrite) return linearize::RegisterStep<State>{true, call.arguments[0]};
    return linearize::RegisterStep<State>{false, call.has_result ? std::optional(call.result) : std::nullopt};
  }
  State InitialOfRegister() const { return initial_; }

 private:
  State initial_;
};

class CasRegister {
 public:
  enum Function : std::uint8_t { kRead, kWrite, kCas };
  using State = linearize::Datum;
  using Operation = linearize::Call;

  static constexpr std::string_view kName = "cas_register";
  static constexpr linearize::FunctionInfo kFunctions[] = {
      {"read", 0, linearize::Returns::kValue, "the value"},
      {"write", 1, linearize::Returns::kNothing, "value"},
      {"cas", 2, linearize::Returns::kTruth, "old, new: writes new if it holds old"},
  };
  static constexpr bool kAsksCaller = false;

  explicit CasRegister(State initial = {}) : initial_(initial) {}

  State Initial() const { return initial_; }
  std::optional<State> Step(const State& state, const Operation& call) const {
    switch (call.function) {
      case kWrite:
        return call.arguments[0];
      case kCas: {
        const bool equal = state == call.arguments[0];
        if (!call.Fits(equal)) return std::nullopt;
        return equal ? call.arguments[1] : state;
      }
      default:
        if (!call.Fits(state)) return std::nullopt;
        return state;
    }
  }
  bool ReadOnly(const Operation& call) const {
    return call.function == kRead ||
           (call.function == kCas && (call.refused() || call.arguments[0] == call.arguments[1]));
  }
  std::string Show(const State& state) const { return linearize::Show(state); }
  // As long as nothing is compared.
  std::optional<linearize::RegisterStep<State>> AsRegister(const Operation& call) const {
    if (call.function == kCas) return std::nullopt;
    return Register().AsRegister(call);
  }
  State InitialOfRegister() const { return initial_; }

 private:
  State initial_;
};

}  // namespace doorway
