#include "harness/front/semaphore.h"

#include "harness/front/running_thread.h"
#include "harness/front/word.h"

namespace doorway::front {
namespace {

constexpr Value Tells(SemaphoreResult result) { return static_cast<Value>(result); }
SemaphoreResult Told(Value view) { return static_cast<SemaphoreResult>(view); }
bool IsNoFailure(Value view) { return Told(view) != SemaphoreResult::kFailed; }

// Both words' lowest bit: it is initialised.
bool IsInUse(Value word) { return (word & 1) != 0; }

Outcome BeginWith(Value word, const Operands& operands) {
  return {IsInUse(word) ? Action::kRead : Action::kWrite, operands[0]};
}
Value FoundToBegin(Value word, const Operands& /*operands*/) {
  return Tells(IsInUse(word) ? SemaphoreResult::kInitialisedTwice : SemaphoreResult::kDone);
}
Outcome ToFinish(Value word, const Operands& /*operands*/) {
  return {IsInUse(word) ? Action::kWrite : Action::kRead, 0};
}
Value FoundToFinish(Value word, const Operands& /*operands*/) {
  return Tells(IsInUse(word) ? SemaphoreResult::kDone : SemaphoreResult::kNotInitialised);
}

constexpr WordStep kBegin{"init", &BeginWith, &FoundToBegin, Order::kRelease};
constexpr WordStep kFinish{"destroy", &ToFinish, &FoundToFinish, Order::kAcquire};

// ---- Semaphores: the count above the lowest bit, the most in the upper half ----

Value CountOf(Value word) { return word >> 1 & Semaphore::kMax; }
Value MostOf(Value word) { return word >> 32; }

Value FoundToTake(Value word, const Operands& /*operands*/) {
  if (!IsInUse(word)) return Tells(SemaphoreResult::kNotInitialised);
  return Tells(CountOf(word) > 0 ? SemaphoreResult::kDone : SemaphoreResult::kFailed);
}
Outcome TryToTake(Value word, const Operands& operands) {
  return {FoundToTake(word, operands) == 0 ? Action::kWrite : Action::kRead, word - 2};
}
Outcome WaitAndTake(Value word, const Operands& operands) {
  if (FoundToTake(word, operands) == Tells(SemaphoreResult::kFailed)) return {Action::kBlock, 0};
  return TryToTake(word, operands);
}

Value FoundToPost(Value word, const Operands& operands) {
  if (!IsInUse(word)) return Tells(SemaphoreResult::kNotInitialised);
  const bool fits = operands[0] <= Semaphore::kMax && CountOf(word) + operands[0] <= MostOf(word);
  return Tells(fits ? SemaphoreResult::kDone : SemaphoreResult::kFailed);
}
Outcome ToPost(Value word, const Operands& operands) {
  return {FoundToPost(word, operands) == 0 ? Action::kWrite : Action::kRead, word + 2 * operands[0]};
}

// How many there were; or that it was not done.
constexpr Value kNotPosted = ~Value{0};
constexpr Value kSpan = Value{1} << 32;  // more than any count
Value CountBeforePost(Value word, const Operands& operands) {
  const Value found = FoundToPost(word, operands);
  return found == 0 ? CountOf(word) : kNotPosted - found;
}

constexpr WordStep kTake{"wait", &WaitAndTake, &FoundToTake, Order::kAcqRel, Order::kAcquire};
constexpr WordStep kTryTake{"try_wait", &TryToTake, &FoundToTake, Order::kAcqRel, Order::kAcquire};
constexpr WordStep kPost{"post", &ToPost, &FoundToPost, Order::kAcqRel, Order::kAcquire};
constexpr WordStep kPostAndTell{"post", &ToPost, &CountBeforePost, Order::kAcqRel, Order::kAcquire, false};

// ---- Events: reset by hand, set ----

constexpr Value kManual = 2;
constexpr Value kSet = 4;

Value FoundEvent(Value word, const Operands& /*operands*/) {
  if (!IsInUse(word)) return Tells(SemaphoreResult::kNotInitialised);
  return Tells((word & kSet) != 0 ? SemaphoreResult::kDone : SemaphoreResult::kFailed);
}
Outcome TryEvent(Value word, const Operands& operands) {
  if (FoundEvent(word, operands) != 0) return {Action::kRead, 0};
  return {Action::kWrite, (word & kManual) != 0 ? word : word & ~kSet};
}
Outcome WaitForEvent(Value word, const Operands& operands) {
  if (FoundEvent(word, operands) == Tells(SemaphoreResult::kFailed)) return {Action::kBlock, 0};
  return TryEvent(word, operands);
}
Outcome ToSet(Value word, const Operands& operands) {
  const Value set = operands[0] != 0 ? word | kSet : word & ~kSet;
  return {IsInUse(word) ? Action::kWrite : Action::kRead, set};
}

constexpr WordStep kWaitForEvent{"wait", &WaitForEvent, &FoundEvent, Order::kAcqRel, Order::kAcquire};
constexpr WordStep kTryEvent{"try_wait", &TryEvent, &FoundEvent, Order::kAcqRel, Order::kAcquire};
constexpr WordStep kSetEvent{"set", &ToSet, &FoundToFinish, Order::kAcqRel, Order::kAcquire};
constexpr WordStep kResetEvent{"reset", &ToSet, &FoundToFinish, Order::kAcqRel, Order::kAcquire};

SemaphoreResult InTime(Object word, const WordStep& step, Site site) {
  Value view = 0;
  return DoInTime(word, step, {}, &IsNoFailure, site, &view) ? Told(view) : SemaphoreResult::kTimedOut;
}

}  // namespace

SemaphoreResult Semaphore::Init(Value count, Value max, Site site) {
  return Told(Do(word_, kBegin, {1 | count << 1 | max << 32}, false, site));
}
SemaphoreResult Semaphore::Deinit(Site site) { return Told(Do(word_, kFinish, {}, false, site)); }
bool Semaphore::IsInitialised(Site site) const { return IsInUse(Load(word_, Order::kRelaxed, site)); }

SemaphoreResult Semaphore::Wait(bool may_wake, Site site) {
  if (may_wake && Here().MayFail(word_.address) && Choose(2, site) == 1) {
    Here().Failed(word_.address);
    Load(word_, Order::kAcquire, site);
    return SemaphoreResult::kSpuriously;
  }
  return Told(Do(word_, kTake, {}, true, site));
}
SemaphoreResult Semaphore::WaitInTime(Site site) { return InTime(word_, kTryTake, site); }
SemaphoreResult Semaphore::Try(Site site) { return Told(Do(word_, kTryTake, {}, false, site)); }

SemaphoreResult Semaphore::Post(Value n, Value* before, Site site) {
  if (before == nullptr) return Told(Do(word_, kPost, {n}, false, site));
  const Value found = Do(word_, kPostAndTell, {n}, false, site);
  if (found > kSpan) return Told(kNotPosted - found);
  *before = found;
  return SemaphoreResult::kDone;
}
Value Semaphore::Count(Site site) const { return CountOf(Load(word_, Order::kAcquire, site)); }

SemaphoreResult Event::Init(bool manual_reset, bool set, Site site) {
  return Told(Do(word_, kBegin, {1 | (manual_reset ? kManual : 0) | (set ? kSet : 0)}, false, site));
}
SemaphoreResult Event::Deinit(Site site) { return Told(Do(word_, kFinish, {}, false, site)); }
bool Event::IsInitialised(Site site) const { return IsInUse(Load(word_, Order::kRelaxed, site)); }
SemaphoreResult Event::Wait(Site site) { return Told(Do(word_, kWaitForEvent, {}, true, site)); }
SemaphoreResult Event::WaitInTime(Site site) { return InTime(word_, kTryEvent, site); }
SemaphoreResult Event::Try(Site site) { return Told(Do(word_, kTryEvent, {}, false, site)); }
SemaphoreResult Event::Set(Site site) { return Told(Do(word_, kSetEvent, {1}, false, site)); }
SemaphoreResult Event::Reset(Site site) { return Told(Do(word_, kResetEvent, {0}, false, site)); }

}  // namespace doorway::front
