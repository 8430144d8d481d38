#include "harness/front/operations.h"

#include "harness/behaviour/runtime.h"
#include "harness/front/running_thread.h"
#include "harness/graph/label.h"

namespace doorway::front {
namespace {

template <class F>
Outcome Becomes(Value read, const Operands& operands) {
  return {Action::kWrite, F{}(read, operands[0])};
}

struct Exchanged {
  Value operator()(Value /*old*/, Value operand) const { return operand; }
};
struct Added {
  Value operator()(Value old, Value operand) const { return old + operand; }
};
struct Subtracted {
  Value operator()(Value old, Value operand) const { return old - operand; }
};
struct And {
  Value operator()(Value old, Value operand) const { return old & operand; }
};
struct Or {
  Value operator()(Value old, Value operand) const { return old | operand; }
};
struct Xor {
  Value operator()(Value old, Value operand) const { return old ^ operand; }
};

Outcome IfEqual(Value read, const Operands& operands) {
  if (read != operands[0]) return {Action::kRead, 0};
  return {Action::kWrite, operands[1]};
}

template <class F>
[[gnu::noinline]] auto Call(const F& operation) {
  return operation();
}

// The operation's own frames begin on a clean stack: a thread that comes here again is then found to stand where it
// stood.
template <class F>
auto OnCleanStack(const F& operation) {
  runtime::ClearStackBelow();
  return Call(operation);
}

Label Make(Op op, Object object, Order order, const char* verb, Site site) {
  Label label;
  label.op = op;
  label.order = label.failure_order = order;
  label.width = object.width;
  label.site = site;
  label.verb = verb;
  return label;
}

void Begin(Object object, bool plain, bool initialised, Value initial, bool is_signed, Site site) {
  runtime::Object made;
  made.address = object.address;
  made.width = object.width;
  made.plain = plain;
  made.initialised = initialised;
  made.is_signed = is_signed;
  made.initial = initial;
  made.site = site;
  runtime::Construct(made);
}

}  // namespace

void BeginAtomic(Object object, bool initialised, Value initial, bool is_signed, Site site) {
  Begin(object, false, initialised, initial, is_signed, site);
}

void BeginPlain(Object object, bool initialised, Value initial, bool is_signed, Site site) {
  Begin(object, true, initialised, initial, is_signed, site);
}

void End(Object object, Site site) { runtime::Destroy(object.address, object.width, site); }

Value Load(Object object, Order order, Site site) {
  return OnCleanStack(
      [&] { return runtime::Perform(Make(Op::kLoad, object, order, "load", site), object.address).read; });
}

void Store(Object object, Value value, Order order, Site site) {
  OnCleanStack([&] {
    Label label = Make(Op::kStore, object, order, "store", site);
    label.operands = {value};
    runtime::Perform(label, object.address);
  });
}

Value Update(Object object, Rmw rmw, Value operand, Order order, Site site) {
  struct Kind {
    const char* verb;
    Transform transform;
  };
  static constexpr Kind kKinds[] = {
      {"exchange", &Becomes<Exchanged>}, {"fetch_add", &Becomes<Added>}, {"fetch_sub", &Becomes<Subtracted>},
      {"fetch_and", &Becomes<And>},      {"fetch_or", &Becomes<Or>},     {"fetch_xor", &Becomes<Xor>},
  };
  return OnCleanStack([&] {
    const Kind& kind = kKinds[static_cast<int>(rmw)];
    Label label = Make(Op::kUpdate, object, order, kind.verb, site);
    label.transform = kind.transform;
    label.operands = {operand};
    return runtime::Perform(label, object.address).read;
  });
}

bool CompareExchange(Object object, Value* expected, Value desired, Order success, Order failure, bool weak,
                     Site site) {
  const runtime::Reply reply = OnCleanStack([&] {
    Label label = Make(Op::kUpdate, object, success, weak ? "compare_exchange_weak" : "compare_exchange_strong", site);
    label.failure_order = failure;
    label.weak = weak && Here().MayFail(object.address);
    label.transform = &IfEqual;
    label.operands = {*expected, desired};
    return runtime::Perform(label, object.address);
  });
  if (reply.spurious) Here().Failed(object.address);
  if (reply.read == *expected && !reply.spurious) return true;
  *expected = reply.read;
  return false;
}

void Fence(Order order, Site site) {
  OnCleanStack([&] { runtime::Perform(Make(Op::kFence, {nullptr, 0}, order, "fence", site), nullptr); });
}

Value ReadPlain(Object object, Site site) {
  return OnCleanStack(
      [&] { return runtime::Perform(Make(Op::kLoad, object, Order::kPlain, "read", site), object.address).read; });
}

void WritePlain(Object object, Value value, Site site) {
  OnCleanStack([&] {
    Label label = Make(Op::kStore, object, Order::kPlain, "write", site);
    label.operands = {value};
    runtime::Perform(label, object.address);
  });
}

int Choose(unsigned n, Site site) {
  return OnCleanStack([&] {
    Label label = Make(Op::kChoose, {nullptr, 0}, Order::kPlain, "choose", site);
    label.operands = {n};
    return static_cast<int>(runtime::Perform(label, nullptr).read);
  });
}

}  // namespace doorway::front
