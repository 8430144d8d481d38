#include "harness/relacy/cell.h"

#include <cstdint>
#include <cstring>
#include <new>

#include "harness/relacy/execution.h"
#include "harness/relacy/relacy_order.h"
#include "harness/relacy/upstream.h"

// A read-modify-write by any function is an rl exchange: what it will read is the newest value, which Relacy tells
// beforehand (debug_value), and nobody comes between.

namespace doorway::relacy_internal {

namespace {

using Atomic = rl::atomic<std::uint64_t>;
using Var = rl::var<std::uint64_t>;

rl::debug_info Info(const char* verb, Site site) {
  return rl::debug_info(verb, site.file, static_cast<unsigned>(site.line));
}

Atomic& AtomicIn(const unsigned char* storage) {
  return *std::launder(reinterpret_cast<Atomic*>(const_cast<unsigned char*>(storage)));
}

Var& VarIn(const unsigned char* storage) {
  return *std::launder(reinterpret_cast<Var*>(const_cast<unsigned char*>(storage)));
}

// Relacy knows a dead object by the signature that its destructor clears. Compilers leave out stores to dead objects;
// not these.
template <std::size_t n>
void Wipe(unsigned char (&storage)[n]) {
  std::memset(storage, 0, n);
  asm volatile("" : : "r"(storage) : "memory");  // someone may still look
}

// Says in a history what the object is called.
void Announce(const void* object, ObjectName name, Site site) {
  if (name.text == nullptr || !rl::ctx().collecting_history()) return;
  rl::ostringstream text;
  text << "<" << object << "> is " << name.text;
  if (name.index >= 0) text << "[" << name.index << "]";
  const rl::user_msg_event event{text.str()};
  rl::ctx().exec_log(Info("", site), event);
}

}  // namespace

// Begins with a point of preemption, unless the thread was just scheduled; until it ends there is none.
struct AtomicCell::Step {
  explicit Step(bool just_scheduled = false)
      : indivisible((Execution::Current().BeginOperation(!just_scheduled), rl::ctx())) {}
  rl::preemption_disabler indivisible;
};

AtomicCell::AtomicCell(Value initial, ObjectName name, Site site) : previous_(initial) {
  static_assert(sizeof(Atomic) <= sizeof(upstream_) && alignof(Atomic) <= 8);
  const rl::preemption_disabler unseen_by_others(rl::ctx());
  new (upstream_) Atomic(initial);
  Announce(upstream_, name, site);
}

AtomicCell::~AtomicCell() {
  Execution::Current().Destroyed(this, Site{});
  AtomicIn(upstream_).~Atomic();
  Wipe(upstream_);
}

Value AtomicCell::Load(std::memory_order order, Site site) const { return LoadWithin(Step(), order, "load", site); }

void AtomicCell::Store(Value value, std::memory_order order, Site site) {
  const Step step;
  const Value old = AtomicIn(upstream_).debug_value();
  AtomicIn(upstream_).store(value, ToRelacy(order), Info("store", site));
  Written(old, value, site);
}

bool AtomicCell::CompareExchange(Value& expected, Value desired, std::memory_order success, std::memory_order failure,
                                 bool weak, Site site) {
  const Step step;
  const Value wanted = expected;
  const rl::memory_order on_failure = ToRelacy(failure);
  const rl::memory_order on_success = SuccessFor(ToRelacy(success), on_failure);
  const rl::debug_info info = Info(weak ? "compare_exchange_weak" : "compare_exchange_strong", site);
  Atomic& cell = AtomicIn(upstream_);
  std::uint64_t read = wanted;
  const bool done = weak ? cell.compare_exchange_weak(read, desired, on_success, info, on_failure, info)
                         : cell.compare_exchange_strong(read, desired, on_success, info, on_failure, info);
  if (done) Written(wanted, desired, site);
  expected = read;
  return done;
}

CellUpdated AtomicCell::Update(Function function, std::memory_order order, std::memory_order failure, const char* verb,
                               Site site) {
  const Step step;
  const Value old = AtomicIn(upstream_).debug_value();
  Value next = 0;
  const bool done = function.apply(function.closure, old, next);
  if (done) {
    Replace(step, next, order, verb, site);
  } else {
    ReadNewest(step, failure, "try_update declines", site);
  }
  return {old, done};
}

Value AtomicCell::Await(Predicate predicate, std::memory_order order, Site site) const {
  // A load may see the write before the newest, so it is worth one if either satisfies.
  for (bool loaded = false;; loaded = true) {
    const bool newest = predicate.holds(predicate.closure, AtomicIn(upstream_).debug_value());
    bool just_scheduled = true;
    if (!newest && (loaded || !predicate.holds(predicate.closure, previous_))) {
      Execution::Current().Wait({this, predicate}, site);
    } else if (loaded) {
      Execution::Current().Yield(1, site);  // the load was stale; after a yield, Relacy's loads don't go back as far
    } else {
      just_scheduled = false;
    }
    const Value value = LoadWithin(Step(just_scheduled), order, "await", site);
    if (predicate.holds(predicate.closure, value)) return value;
  }
}

Value AtomicCell::AwaitUpdate(Function function, std::memory_order order, Site site) {
  const Predicate accepted{[](const void* closure, Value value) {
                             const Function& f = *static_cast<const Function*>(closure);
                             Value next = 0;
                             return f.apply(f.closure, value, next);
                           },
                           &function};
  for (bool waited = false;; waited = true) {
    {
      const Step step(waited);
      const Value old = AtomicIn(upstream_).debug_value();
      Value next = 0;
      if (function.apply(function.closure, old, next)) {
        Replace(step, next, order, "await_update", site);
        return old;
      }
    }
    Execution::Current().Wait({this, accepted}, site);
  }
}

Value AtomicCell::LoadWithin(const Step& /*step*/, std::memory_order order, const char* verb, Site site) const {
  return AtomicIn(upstream_).load(ToRelacy(order), Info(verb, site));
}

void AtomicCell::Replace(const Step& /*step*/, Value next, std::memory_order order, const char* verb, Site site) {
  const Value old = AtomicIn(upstream_).exchange(next, ToRelacy(order), Info(verb, site));
  Written(old, next, site);
}

// A compare-exchange that fails, since a load might be stale.
void AtomicCell::ReadNewest(const Step& /*step*/, std::memory_order order, const char* verb, Site site) {
  Atomic& cell = AtomicIn(upstream_);
  std::uint64_t other = ~cell.debug_value();
  const rl::memory_order failure = ToRelacy(order);
  const rl::debug_info info = Info(verb, site);
  cell.compare_exchange_strong(other, other, SuccessFor(rl::mo_relaxed, failure), info, failure, info);
}

void AtomicCell::Written(Value old, Value value, Site site) {
  previous_ = old;
  Execution::Current().Written(this, value, site);
}

VarCell::VarCell(CellType /*type*/, ObjectName name, Site site) {
  static_assert(sizeof(Var) <= sizeof(upstream_) && alignof(Var) <= 8);
  new (upstream_) Var();
  Announce(upstream_, name, site);
}

VarCell::VarCell(CellType /*type*/, Value initial, ObjectName name, Site site) {
  new (upstream_) Var(initial);
  Announce(upstream_, name, site);
}

// Whoever destroys an object must come after all that use it: that is a write, as far as races go.
VarCell::~VarCell() {
  const Execution::Destruction destruction;
  if (destruction.is_timely()) VarIn(upstream_)(Info("destroyed", Site{})).store(0);
  VarIn(upstream_).~Var();
  Wipe(upstream_);
}

// Plain accesses are no points of preemption: whether they race does not depend on when they happen.
Value VarCell::Get(Site site) const {
  Execution::Current().BeginOperation(false);
  return VarIn(upstream_)(Info("get", site)).load();
}

void VarCell::Set(Value value, Site site) {
  Execution::Current().BeginOperation(false);
  VarIn(upstream_)(Info("set", site)).store(value);
}

void Fence(std::memory_order order, Site site) {
  // Others see where a seq_cst fence stands; for the weaker ones, where the operations around it stand is enough.
  Execution::Current().BeginOperation(order == std::memory_order_seq_cst);
  const rl::preemption_disabler indivisible(rl::ctx());
  rl::atomic_thread_fence(ToRelacy(order), Info("fence", site));
}

int Choose(int n) {
  Execution::Current().BeginOperation(false);
  return static_cast<int>(rl::rand(static_cast<unsigned>(n)));
}

}  // namespace doorway::relacy_internal
