#include "harness/front/once.h"

#include "harness/front/word.h"

namespace doorway::front {
namespace {

constexpr Value kUnderWay = 1;

Outcome WaitOrBegin(Value word, const Operands& /*operands*/) {
  if (word == kUnderWay) return {Action::kBlock, 0};
  return {word == Once::Done() ? Action::kRead : Action::kWrite, kUnderWay};
}
Value IsDone(Value word, const Operands& /*operands*/) { return word == Once::Done() ? 1 : 0; }

constexpr WordStep kBeginOnce{"once", &WaitOrBegin, &IsDone, Order::kAcquire, Order::kAcquire};

}  // namespace

bool Once::Begin(Site site) { return Do(word_, kBeginOnce, {}, true, site) == 0; }

void Once::Finish(bool done, Site site) { Store(word_, done ? Done() : NotDone(), Order::kRelease, site); }

}  // namespace doorway::front
