#include "harness/front/condition.h"

#include "harness/front/running_thread.h"
#include "harness/front/waiters.h"
#include "harness/front/word.h"

namespace doorway::front {
namespace {

// The word: whether it is initialised, and above that the waiters.
bool HasBegun(Value word) { return (word & 1) != 0; }
Waiters WaitersOf(Value word) { return Waiters(word >> 8); }
Value With(const Waiters& waiters) { return 1 | waiters.bits() << 8; }

Value WhetherBegun(Value word, const Operands& /*operands*/) { return HasBegun(word) ? 0 : 1; }
Value WhetherNew(Value word, const Operands& /*operands*/) { return HasBegun(word) ? 1 : 0; }

Outcome ToBegin(Value word, const Operands& /*operands*/) {
  return {HasBegun(word) ? Action::kRead : Action::kWrite, 1};
}
Outcome ToEnd(Value word, const Operands& /*operands*/) { return {HasBegun(word) ? Action::kWrite : Action::kRead, 0}; }

Outcome ToJoin(Value word, const Operands& operands) {
  if (!HasBegun(word)) return {Action::kRead, 0};
  Waiters waiters = WaitersOf(word);
  waiters.Join(operands[0]);
  return {Action::kWrite, With(waiters)};
}

Value Nothing(Value /*word*/, const Operands& /*operands*/) { return 0; }
Outcome ToLeave(Value word, const Operands& operands) {
  Waiters waiters = WaitersOf(word);
  waiters.Leave(operands[0]);
  return {Action::kWrite, With(waiters)};
}

Value WhetherWoken(Value word, const Operands& operands) { return WaitersOf(word).MayLeave(operands[0]) ? 0 : 1; }
Outcome LeaveIfWoken(Value word, const Operands& operands) {
  return WhetherWoken(word, operands) == 0 ? ToLeave(word, operands) : Outcome{Action::kRead, 0};
}
Outcome LeaveWhenWoken(Value word, const Operands& operands) {
  return WhetherWoken(word, operands) == 0 ? ToLeave(word, operands) : Outcome{Action::kBlock, 0};
}

Outcome ToNotify(Value word, const Operands& operands) {
  if (!HasBegun(word)) return {Action::kRead, 0};
  Waiters waiters = WaitersOf(word);
  const Value woken = waiters.Wake(operands[0]);
  return {woken > 0 ? Action::kWrite : Action::kRead, With(waiters)};
}
constexpr Value kNotBegun = 255;
Value HowManyWoken(Value word, const Operands& operands) {
  return HasBegun(word) ? WaitersOf(word).Wake(operands[0]) : kNotBegun;
}

constexpr WordStep kInitCondition{"init", &ToBegin, &WhetherNew, Order::kRelaxed};
constexpr WordStep kDeinitCondition{"destroy", &ToEnd, &WhetherBegun, Order::kRelaxed};
constexpr WordStep kJoin{"wait", &ToJoin, &WhetherBegun, Order::kRelaxed};
constexpr WordStep kLeave{"leave", &ToLeave, &Nothing, Order::kRelaxed};
constexpr WordStep kLeaveIfWoken{"wake up", &LeaveIfWoken, &WhetherWoken, Order::kRelaxed};
constexpr WordStep kLeaveWhenWoken{"wake up", &LeaveWhenWoken, &WhetherWoken, Order::kRelaxed};
constexpr WordStep kNotify{"notify", &ToNotify, &HowManyWoken, Order::kRelaxed, Order::kRelaxed, false};

}  // namespace

bool Condition::Init(Site site) { return Do(word_, kInitCondition, {}, false, site) == 0; }
bool Condition::Deinit(Site site) { return Do(word_, kDeinitCondition, {}, false, site) == 0; }
bool Condition::IsInitialised(Site site) const { return HasBegun(Load(word_, Order::kRelaxed, site)); }
bool Condition::Join(Site site) { return Do(word_, kJoin, {Self()}, false, site) == 0; }
void Condition::Leave(Site site) { Do(word_, kLeave, {Self()}, false, site); }

Woken Condition::Wait(bool may_time_out, bool may_wake, Site site) {
  if (may_wake && Here().MayFail(word_.address) && Choose(2, site) == 1) {
    Here().Failed(word_.address);
    Leave(site);
    return Woken::kSpuriously;
  }
  if (!may_time_out) {
    Do(word_, kLeaveWhenWoken, {Self()}, true, site);
    return Woken::kNotified;
  }
  Value view = 0;
  const auto done = [](Value seen) { return seen == 0; };
  if (DoInTime(word_, kLeaveIfWoken, {Self()}, done, site, &view)) return Woken::kNotified;
  Leave(site);
  return Woken::kTimedOut;
}

int Condition::Notify(unsigned n, Site site) {
  const Value found = Do(word_, kNotify, {n}, false, site);
  return found == kNotBegun ? -1 : static_cast<int>(found);
}

}  // namespace doorway::front
