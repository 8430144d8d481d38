#include "harness/behaviour/mutation.h"

namespace doorway {
namespace {

bool ReturnsNothing(const Label& label) { return label.op == Op::kStore || label.op == Op::kFence; }

}  // namespace

Mutations::Fate Mutations::Apply(Label* label) const {
  Fate fate = Fate::kIsDone;
  for (const Mutation& mutation : all_) {
    if (!mutation.where.Has(*label)) continue;
    switch (mutation.kind) {
      case Mutation::Kind::kOrder:
        label->order = mutation.order;
        break;
      case Mutation::Kind::kFailureOrder:
        label->failure_order = mutation.order;
        break;
      case Mutation::Kind::kDrop:
        if (ReturnsNothing(*label)) return Fate::kIsDropped;
        label->op = Op::kLoad;
        label->transform = nullptr;
        label->weak = false;
        break;
      case Mutation::Kind::kSwap:
        if (ReturnsNothing(*label)) fate = Fate::kIsDelayed;
        break;
      case Mutation::Kind::kOperand: {
        Value& operand = label->operands[static_cast<std::size_t>(mutation.operand)];
        operand = Truncate(operand + static_cast<Value>(static_cast<std::int64_t>(mutation.by)), label->width);
        break;
      }
    }
  }
  return fate;
}

}  // namespace doorway
