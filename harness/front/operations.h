#pragma once

#include <cstdint>

#include "harness/graph/order.h"
#include "harness/graph/site.h"
#include "harness/graph/value.h"

// The operations that fronts are made of: each is a label handed to the running engine. Objects hold no data: they are
// their addresses. Values are bits (value.h); an object is up to eight bytes wide.
//
// Memory ordering: of all, what the caller says. An operation that its own thread cannot end blocks; none has a
// default order.

namespace doorway::front {

struct Object {
  const void* address;
  std::uint8_t width;
};

// The object's life begins, or ends. An uninitialised one must be written before it is read.
void BeginAtomic(Object object, bool initialised, Value initial, bool is_signed, Site site);
void BeginPlain(Object object, bool initialised, Value initial, bool is_signed, Site site);
void End(Object object, Site site);

Value Load(Object object, Order order, Site site);
void Store(Object object, Value value, Order order, Site site);

enum class Rmw : std::uint8_t { kExchange, kAdd, kSub, kAnd, kOr, kXor };
// The old value; the new one is its result, as wide as the object.
Value Update(Object object, Rmw rmw, Value operand, Order order, Site site);

// Compares bits. `weak`: may fail though it need not, once in each thread and object.
bool CompareExchange(Object object, Value* expected, Value desired, Order success, Order failure, bool weak, Site site);

void Fence(Order order, Site site);

Value ReadPlain(Object object, Site site);
void WritePlain(Object object, Value value, Site site);

// Nondeterministic, 0..n-1; all are explored. REQUIRES: 1 <= n <= 1024.
int Choose(unsigned n, Site site);

}  // namespace doorway::front
