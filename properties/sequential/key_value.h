#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/linearize/call.h"
#include "harness/linearize/fast_register.h"

// A key-value store. Operations on other keys do not influence a key.

namespace doorway {

class KeyValue {
 public:
  enum Function : std::uint8_t { kGet, kPut, kAppend, kCas, kRemove };
  using Operation = linearize::Call;
  // What a key holds. A text that was put together is shared by the states that have it; others are borrowed from the
  // calls.
  class Held {
   public:
    Held(const linearize::Datum& key, const linearize::Datum& value);
    Held(const linearize::Datum& key, std::string text);

    const linearize::Datum& key() const { return key_; }
    const linearize::Datum& value() const { return value_; }
    friend bool operator==(const Held& a, const Held& b) {
      return a.hash_ == b.hash_ && a.key_ == b.key_ && a.value_ == b.value_;
    }
    template <class H>
    friend H AbslHashValue(H hash, const Held& held) {
      return H::combine(std::move(hash), held.hash_);
    }

   private:
    linearize::Datum key_, value_;
    std::shared_ptr<const std::string> text_;  // what the value is of
    std::size_t hash_;
  };
  using State = std::vector<Held>;  // by key, ascending; without keys that nothing was written to

  static constexpr std::string_view kName = "kv";
  static constexpr linearize::FunctionInfo kFunctions[] = {
      {"get", 1, linearize::Returns::kValue, "key; its value", "read"},
      {"put", 2, linearize::Returns::kNothing, "key, value", "write"},
      {"append", 2, linearize::Returns::kNothing, "key, text, which comes behind the one that is there"},
      {"cas", 3, linearize::Returns::kTruth, "key, old, new: writes new if it holds old"},
      {"remove", 1, linearize::Returns::kNothing, "key, which then holds what it held in the beginning", "delete"},
  };
  static constexpr bool kAsksCaller = false;
  static constexpr bool kKeyed = true;

  // What a key holds in the beginning. If that is not given, it reads as nil or as the empty text.
  explicit KeyValue(std::optional<linearize::Datum> initial = std::nullopt) : initial_(initial) {}

  State Initial() const { return {}; }
  // Nothing can be appended to what is no text; it does not happen.
  std::optional<State> Step(const State& state, const Operation& call) const;
  bool ReadOnly(const Operation& call) const {
    return call.function == kGet || (call.function == kCas && call.refused());
  }
  linearize::Datum KeyOf(const Operation& call) const { return call.arguments[0]; }
  std::string Show(const State& state) const;
  // Of one key: as long as it is only written and read.
  std::optional<linearize::RegisterStep<linearize::Datum>> AsRegister(const Operation& call) const;
  linearize::Datum InitialOfRegister() const { return initial_.value_or(linearize::Datum()); }

 private:
  linearize::Datum Normal(const linearize::Datum& value) const;
  bool Holds(const Held* held, const linearize::Datum& value) const;

  std::optional<linearize::Datum> initial_;
};

}  // namespace doorway
