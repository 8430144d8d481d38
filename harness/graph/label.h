#pragma once

#include <array>
#include <cstdint>

#include "harness/graph/order.h"
#include "harness/graph/site.h"
#include "harness/graph/value.h"

// A label says what an operation is, before it has happened: which location, which order, and, for
// operations that read, what becomes of the value read. Labels are plain values: comparable and
// storable, and applying one to a value runs only a pure function, never a thread's code.

namespace doorway {

enum class Op : std::uint8_t {
  kLoad,    // reads; the transform, if there is one, may block (await)
  kStore,   // writes operands[0]
  kUpdate,  // reads, then as the transform says: writes, only reads, or blocks
  kFence,
  kChoose,    // nondeterministic value in [0, operands[0])
  kFinished,  // the thread's body has returned
  kBlocked,   // an iteration of a spin loop asked for another one: nothing to do until a value changes
  kBounded,   // a forever loop has run its configured number of rounds
  kRepeat,    // an iteration of an endless forever loop is over: the thread goes on where it began
  kFailed,    // a Sync::check failed: `verb` is its message
  kError,     // the model broke a rule of the harness: `verb` is the cause and the fix
};

// What an operation that reads does with the value that it read.
enum class Action : std::uint8_t { kRead, kWrite, kBlock };

struct Outcome {
  Action action = Action::kRead;
  Value written = 0;  // kWrite only
};

using Operands = std::array<Value, 4>;

// A pure function of the value read and the operands; kLoad without one is a plain read.
using Transform = Outcome (*)(Value read, const Operands& operands);

// What the thread's code is told of the value read, where it needs less than all of it: code that would go on alike
// after two values runs only once.
using View = Value (*)(Value read, const Operands& operands);

struct Label {
  Op op = Op::kFinished;
  Order order = Order::kPlain;
  Order failure_order = Order::kPlain;  // of a kUpdate that only reads
  bool weak = false;                    // may fail spuriously: read, though the transform would write
  bool construct = false;               // a store that starts the life of an object
  bool destroy = false;                 // a store that ends it; reading it is a use after free
  bool view_tells_write = false;        // it writes where its view is 0, and only there
  bool exit = false;                    // a store that only says that its thread has ended
  std::uint8_t width = 0;               // bytes of the location
  LocationId location = kNoLocation;
  Transform transform = nullptr;
  View view = nullptr;  // null: the code is told the value
  Operands operands{};
  Site site;
  const char* verb = "";      // "load", "fetch_add", "update", ...; for reports
  const char* function = "";  // type name of the update's function or await's predicate; for reports

  // The order with which the operation took effect.
  Order EffectiveOrder(bool wrote) const { return op == Op::kUpdate && !wrote ? failure_order : order; }
};

constexpr bool Reads(Op op) { return op == Op::kLoad || op == Op::kUpdate; }
constexpr bool EndsThread(Op op) { return op >= Op::kFinished; }

// The low `width` bytes.
constexpr Value Truncate(Value value, int width) {
  return width >= 8 ? value : value & ((Value{1} << (8 * width)) - 1);
}

// What `label`, which reads, does with `read`.
inline Outcome Apply(const Label& label, Value read) {
  if (label.transform == nullptr) return Outcome{};
  Outcome outcome = label.transform(read, label.operands);
  outcome.written = Truncate(outcome.written, label.width);
  return outcome;
}

// What the code that does `label` is told, having read `read`.
inline Value Seen(const Label& label, Value read) {
  return label.view == nullptr ? read : label.view(read, label.operands);
}

// Whether two runs that should do the same operation did (verbs and function names follow from it).
inline bool SameOperation(const Label& a, const Label& b) {
  return a.op == b.op && a.order == b.order && a.failure_order == b.failure_order && a.weak == b.weak &&
         a.construct == b.construct && a.destroy == b.destroy && a.width == b.width && a.location == b.location &&
         a.transform == b.transform && a.view == b.view && a.operands == b.operands && a.site == b.site;
}

}  // namespace doorway
