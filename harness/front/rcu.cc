#include "harness/front/rcu.h"

#include "harness/front/word.h"

namespace doorway::front {
namespace {

// The word: two bits a thread, how deep it is in sections; and above them one, that a grace period waits for it.
constexpr int kWaitedFor = 32;

Value DepthOf(Value word, Value thread) { return word >> (2 * thread) & 3; }
Value One(Value thread) { return Value{1} << (2 * thread); }
Value BitOf(Value thread) { return Value{1} << (kWaitedFor + thread); }

Value MayEnter(Value word, const Operands& operands) { return DepthOf(word, operands[0]) == 3 ? 1 : 0; }
Outcome ToEnter(Value word, const Operands& operands) {
  if (MayEnter(word, operands) != 0) return {Action::kRead, 0};
  return {Action::kWrite, word + One(operands[0])};
}

Value MayLeave(Value word, const Operands& operands) { return DepthOf(word, operands[0]) == 0 ? 1 : 0; }
Outcome ToLeaveSection(Value word, const Operands& operands) {
  if (MayLeave(word, operands) != 0) return {Action::kRead, 0};
  const bool last = DepthOf(word, operands[0]) == 1;
  return {Action::kWrite, (word - One(operands[0])) & ~(last ? BitOf(operands[0]) : 0)};
}

Value MayWait(Value word, const Operands& operands) { return DepthOf(word, operands[0]) != 0 ? 1 : 0; }
Outcome ToBeginGracePeriod(Value word, const Operands& operands) {
  if (MayWait(word, operands) != 0) return {Action::kRead, 0};
  Value after = word;
  for (Value thread = 0; thread < 16; ++thread) {
    if (DepthOf(word, thread) != 0) after |= BitOf(thread);
  }
  return {Action::kWrite, after};
}

Value NothingToTell(Value /*word*/, const Operands& /*operands*/) { return 0; }
Outcome WaitForSections(Value word, const Operands& /*operands*/) {
  return {word >> kWaitedFor == 0 ? Action::kRead : Action::kBlock, 0};
}

constexpr WordStep kEnter{"rcu_read_lock", &ToEnter, &MayEnter, Order::kAcquire};
constexpr WordStep kLeaveSection{"rcu_read_unlock", &ToLeaveSection, &MayLeave, Order::kRelease};
constexpr WordStep kBeginGracePeriod{"grace period begins", &ToBeginGracePeriod, &MayWait, Order::kAcqRel};
constexpr WordStep kEndGracePeriod{"grace period ends", &WaitForSections, &NothingToTell,
                                   Order::kAcquire,     Order::kAcquire,  false};

}  // namespace

bool Rcu::Enter(Site site) { return Do(word_, kEnter, {Self()}, false, site) == 0; }
bool Rcu::Leave(Site site) { return Do(word_, kLeaveSection, {Self()}, false, site) == 0; }

bool Rcu::Synchronize(Site site) {
  if (Do(word_, kBeginGracePeriod, {Self()}, false, site) != 0) return false;
  Do(word_, kEndGracePeriod, {}, true, site);
  return true;
}

}  // namespace doorway::front
