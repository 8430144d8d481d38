#pragma once

#include <optional>
#include <tuple>
#include <type_traits>

#include "harness/graph/value.h"

// The scalar operands of an update or an await, passed beside its function object:
//
//   struct Join {  // a pure function of the word and the operands
//     std::uint32_t operator()(std::uint32_t word, std::uint8_t group) const { ... }
//   };
//   word_.update(Join{}, with(group), std::memory_order_acquire);
//
// Function objects are empty so that an operation is (type, operands): it can be compared, stored and
// applied to any value without running the thread.

namespace doorway {

template <class... Ops>
struct With {
  static_assert(sizeof...(Ops) <= 4,
                "an update or await takes at most four operands; pack them into a struct of scalars");
  static_assert((Scalar<Ops> && ...), "operands are scalars of at most eight bytes");
  std::tuple<Ops...> values;
};

template <class... Ops>
constexpr With<Ops...> with(Ops... operands) {
  return With<Ops...>{std::tuple<Ops...>(operands...)};
}

template <class F>
concept StatelessFunction = std::is_empty_v<F> && std::is_default_constructible_v<F>;

// A view: what the caller of an update or await needs of the value that it read. Like its other functions it is pure,
// without members, and called with the value and the operands. The checker runs the caller's code once for each view,
// not for each value: worth a line where a word holds much, of which the caller needs little.
//
//   const bool inside = word_.update(Join{}, WasOpen{}, with(group), std::memory_order_acquire);
//
// `unseen` is the view of a caller that needs nothing.
struct Unseen {
  template <class T, class... Ops>
  constexpr bool operator()(T /*value*/, Ops...) const {
    return false;
  }
};
inline constexpr Unseen unseen;
template <class V, class T, class... Ops>
using Viewed = std::invoke_result_t<V, T, Ops...>;

// The result of a try_update: the value read, and whether it was replaced.
template <class T>
struct Updated {
  T old;
  bool done;
  explicit operator bool() const { return done; }
};

// A name for reports, and the index of an array element: Atomic<int> word_{0, "word"}.
struct ObjectName {
  const char* text;
  int index;
  constexpr ObjectName(const char* t = nullptr, int i = -1) : text(t), index(i) {}  // NOLINT: "word" is a name
};

}  // namespace doorway
