#include "properties/sequential/sequence.h"

namespace doorway {
namespace {

using linearize::Call;
using linearize::Datum;

enum class End : std::uint8_t { kFront, kBack };
enum class WhenEmpty : std::uint8_t { kNil, kWaits };

bool Full(const SequenceState& state, std::size_t limit) { return limit != 0 && state.size() >= limit; }

SequenceState With(const SequenceState& state, End end, const Datum& value) {
  SequenceState next;
  next.reserve(state.size() + 1);
  if (end == End::kFront) next.push_back(value);
  next.insert(next.end(), state.begin(), state.end());
  if (end == End::kBack) next.push_back(value);
  return next;
}

std::optional<SequenceState> Add(const SequenceState& state, End end, const Call& call, std::size_t limit) {
  if (Full(state, limit)) return std::nullopt;
  return With(state, end, call.arguments[0]);
}

std::optional<SequenceState> TryAdd(const SequenceState& state, End end, const Call& call, std::size_t limit) {
  const bool room = !Full(state, limit);
  if (!call.Fits(room)) return std::nullopt;
  return room ? With(state, end, call.arguments[0]) : state;
}

std::optional<SequenceState> Remove(const SequenceState& state, End end, const Call& call, WhenEmpty when_empty) {
  if (state.empty()) {
    if (when_empty == WhenEmpty::kWaits || !call.Fits(Datum())) return std::nullopt;
    return state;
  }
  if (!call.Fits(end == End::kFront ? state.front() : state.back())) return std::nullopt;
  return end == End::kFront ? SequenceState(state.begin() + 1, state.end())
                            : SequenceState(state.begin(), state.end() - 1);
}

std::optional<SequenceState> Look(const SequenceState& state, const Call& call) {
  if (!call.Fits(state.empty() ? Datum() : state.front())) return std::nullopt;
  return state;
}

std::string ShowSequence(const SequenceState& state) {
  constexpr std::size_t kMost = 16;
  std::string shown = "[";
  for (std::size_t i = 0; i < state.size() && i < kMost; ++i) {
    if (i > 0) shown += ' ';
    shown += Show(state[i]);
  }
  if (state.size() > kMost) shown += " ... " + std::to_string(state.size()) + " in all";
  return shown + ']';
}

}  // namespace

std::optional<Queue::State> Queue::Step(const State& state, const Operation& call) const {
  switch (call.function) {
    case kEnqueue:
      return Add(state, End::kBack, call, limit_);
    case kTryEnqueue:
      return TryAdd(state, End::kBack, call, limit_);
    case kPeek:
      return Look(state, call);
    default:
      return Remove(state, End::kFront, call, call.function == kTake ? WhenEmpty::kWaits : WhenEmpty::kNil);
  }
}
// A value may be nil, so a dequeue that returned nil may have taken one.
bool Queue::ReadOnly(const Operation& call) const {
  return call.function == kPeek || (call.function == kTryEnqueue && call.refused());
}
std::string Queue::Show(const State& state) const { return ShowSequence(state); }

std::optional<Stack::State> Stack::Step(const State& state, const Operation& call) const {
  switch (call.function) {
    case kPush:
      return Add(state, End::kFront, call, limit_);
    case kTryPush:
      return TryAdd(state, End::kFront, call, limit_);
    case kTop:
      return Look(state, call);
    default:
      return Remove(state, End::kFront, call, call.function == kTake ? WhenEmpty::kWaits : WhenEmpty::kNil);
  }
}
bool Stack::ReadOnly(const Operation& call) const {
  return call.function == kTop || (call.function == kTryPush && call.refused());
}
std::string Stack::Show(const State& state) const { return ShowSequence(state); }

std::optional<Deque::State> Deque::Step(const State& state, const Operation& call) const {
  switch (call.function) {
    case kPushFront:
      return Add(state, End::kFront, call, limit_);
    case kPushBack:
      return Add(state, End::kBack, call, limit_);
    default:
      return Remove(state, call.function == kPopFront ? End::kFront : End::kBack, call, WhenEmpty::kNil);
  }
}
bool Deque::ReadOnly(const Operation&) const { return false; }
std::string Deque::Show(const State& state) const { return ShowSequence(state); }

}  // namespace doorway
