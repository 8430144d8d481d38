#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "harness/linearize/datum.h"

// One call of an operation as a history records it, and the names that a specification knows operations by. The
// specifications in properties/sequential take these; the checker takes any type.

namespace doorway::linearize {

enum class Returns : std::uint8_t {
  kNothing,  // it only ever succeeds
  kValue,    // a value, which may be nil
  kTruth,    // true: it was done; false: it was refused
};

// One operation of a specification, as users name it.
struct FunctionInfo {
  std::string_view name;
  int arguments = 0;
  Returns returns = Returns::kNothing;
  std::string_view meaning;
  std::string_view alias = {};  // another name that histories have for it
  bool numbers = false;         // its arguments are whole numbers
};

struct Call {
  static constexpr int kMostArguments = 3;

  std::uint8_t function = 0;  // its place in the specification's kFunctions
  std::uint8_t argument_count = 0;
  bool has_result = false;   // false: it is pending, or it returns nothing, or nobody looked; any result will do
  std::uint32_t caller = 0;  // who calls, to specifications that ask (a mutex has an owner); else 0
  std::array<Datum, kMostArguments> arguments{};
  Datum result{};

  static Call Of(int function, std::initializer_list<Datum> arguments = {}) {
    Call call;
    call.function = static_cast<std::uint8_t>(function);
    for (const Datum& argument : arguments) call.arguments[call.argument_count++] = argument;
    return call;
  }
  Call Returning(Datum datum) const {
    Call call = *this;
    call.has_result = true;
    call.result = datum;
    return call;
  }
  Call By(std::uint32_t who) const {
    Call call = *this;
    call.caller = who;
    return call;
  }

  // Whether it may have returned this.
  bool Fits(const Datum& returned) const { return !has_result || result == returned; }
  bool Fits(bool done) const { return Fits(Datum::Truth(done)); }
  // Whether it is known to have been refused: it then changed nothing.
  bool refused() const { return has_result && result == Datum::Truth(false); }

  friend bool operator==(const Call&, const Call&) = default;
  template <class H>
  friend H AbslHashValue(H hash, const Call& call) {
    hash = H::combine(std::move(hash), call.function, call.has_result, call.caller);
    for (int i = 0; i < call.argument_count; ++i) hash = H::combine(std::move(hash), call.arguments[i]);
    return call.has_result ? H::combine(std::move(hash), call.result) : std::move(hash);
  }
};

// "cas(1, 2) = true"; without a result "cas(1, 2)".
std::string Show(const Call& call, std::span<const FunctionInfo> functions);

// What a reader of histories must know of a specification.
struct Vocabulary {
  std::string_view specification;
  std::span<const FunctionInfo> functions;
  bool asks_caller = false;  // calls of different processes differ
  bool keyed = false;        // the first argument is a key; histories may write it apart from the others

  // -1 if there is none of that name.
  int Find(std::string_view name) const {
    for (std::size_t i = 0; i < functions.size(); ++i) {
      if (functions[i].name == name || (!functions[i].alias.empty() && functions[i].alias == name)) {
        return static_cast<int>(i);
      }
    }
    return -1;
  }
};

}  // namespace doorway::linearize
