#include "harness/front/schedules.h"

#include <bit>

namespace doorway::front {

int Extremes::Choose(const Interleavings::Cut& /*cut*/, std::uint32_t enabled) {
  return highest_ ? std::bit_width(enabled) - 1 : std::countr_zero(enabled);
}

int EveryCut::Choose(const Interleavings::Cut& cut, std::uint32_t enabled) {
  const std::uint32_t wanted = wanted_.try_emplace(cut, enabled).first->second;
  const int thread = std::countr_zero(wanted != 0 ? wanted : enabled);
  steps_.emplace_back(cut, thread);
  return thread;
}

// From the end of the run back: a step is not wanted any more if all after it has been seen.
bool EveryCut::Another() {
  while (!steps_.empty()) {
    const auto [cut, thread] = steps_.back();
    steps_.pop_back();
    Interleavings::Cut after = cut;
    ++after[static_cast<std::size_t>(thread)];
    const auto known = wanted_.find(after);
    if (known == wanted_.end() || known->second == 0) wanted_[cut] &= ~(1U << thread);
    if (steps_.empty()) return wanted_[cut] != 0;
  }
  return false;
}

int EveryOrder::Choose(const Interleavings::Cut& /*cut*/, std::uint32_t enabled) {
  if (at_ == turns_.size()) {
    const int thread = std::countr_zero(enabled);
    turns_.push_back({enabled & ~(1U << thread), thread});
  }
  return turns_[at_++].thread;
}

bool EveryOrder::Another() {
  at_ = 0;
  while (!turns_.empty() && turns_.back().left == 0) turns_.pop_back();
  if (turns_.empty()) return false;
  Turn& turn = turns_.back();
  turn.thread = std::countr_zero(turn.left);
  turn.left &= ~(1U << turn.thread);
  return true;
}

}  // namespace doorway::front
