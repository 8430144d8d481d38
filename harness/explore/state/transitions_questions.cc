// Questions about a state: who can go on, who waits, and in vain.

#include <string_view>

#include "harness/explore/state/transitions.h"

namespace doorway {
namespace {

constexpr int kLongestIteration = 10'000;  // operations; Program allows no more

}  // namespace

bool Transitions::Ended(const Word* state, int thread) const {
  const LocalStates::Local& local = LocalOf(state, thread);
  return EndsThread(local.node->label.op) && local.node->label.op != Op::kBlocked;
}

bool Transitions::CanDrain(const Word* state, int thread) const {
  return capacity_ != 0 && layout_.Get(state, fields_.pending(static_cast<std::size_t>(thread))) != 0;
}

bool Transitions::Spinning(const Word* state, int thread) const { return LocalOf(state, thread).in_spin; }

bool Transitions::CanStep(const Word* state, int thread) {
  const auto local = static_cast<LocalId>(layout_.Get(state, fields_.thread(thread)));
  const Label& label = locals_.at(thread, local).node->label;
  if (EndsThread(label.op)) return false;
  if (label.op == Op::kChoose) return true;
  std::uint32_t cell = 0;
  if (label.location != kNoLocation) cell = CellFor(state, static_cast<std::size_t>(thread), label.location);
  const Move move = MoveOf(thread, local, OperationOf(thread, local), cell, false);
  if (move.what == Move::kBlocks) return false;
  if (!CanDrain(state, thread)) return true;
  if (NeedsEmptyBuffer(label, move)) return false;
  const std::size_t pending = layout_.Get(state, fields_.pending(static_cast<std::size_t>(thread)));
  return label.op != Op::kStore || pending < capacity_;
}

Wait Transitions::WaitOf(const Word* state, int thread) {
  const auto t = static_cast<std::size_t>(thread);
  const LocalId local = LocalIdOf(state, thread);
  const std::size_t members = locals_.members(thread, local);
  const auto cell_of = [&](LocationId location) { return CellFor(state, t, location); };
  if (const std::optional<Wait> known = waits_.Find(t, local, members, cell_of)) return *known;
  KnownWaits::Asked asked;
  const Wait wait = FindOutWait(state, thread, local, &asked);
  waits_.Add(t, local, members, asked, wait);
  return wait;
}

Wait Transitions::FindOutWait(const Word* state, int thread, LocalId local, KnownWaits::Asked* asked) {
  const Node* first = nullptr;
  Wait wait = Wait::kNone;
  locals_.ForEachNode(thread, local, [&](const Node* node) {
    const Wait there = WaitAt(state, thread, node, asked);
    if (first == nullptr) {
      first = node;
      wait = there;
    } else if (there != wait) {
      locals_.Refute(first, node);
      wait = Wait::kOpen;
    }
  });
  return wait;
}

Wait Transitions::WaitAt(const Word* state, int thread, const Node* at, KnownWaits::Asked* asked) {
  const Label& label = at->label;
  if (label.op == Op::kBlocked) return Wait::kFails;  // a spin that polls nothing
  const auto read_at = [&](const Node* node) {
    const LocationId location = node->label.location;
    const std::uint32_t cell = CellFor(state, static_cast<std::size_t>(thread), location);
    asked->emplace_back(location, cell);
    return Truncate(places_[location][cell].value, node->label.width);
  };
  if (!InSpin(*at)) {
    if (!Reads(label.op) || label.transform == nullptr) return Wait::kNone;
    if (Apply(label, read_at(at)).action == Action::kBlock) return Wait::kFails;
    // A wait that can end now; an operation that never waits is none, but telling them apart makes no difference.
    return Wait::kSucceeds;
  }
  const Node* node = at->again == nullptr ? at : at->again;
  int polls = 0;
  for (const Node* const first = node;;) {
    // A loop of its own within the iteration: by itself it goes round for ever.
    if (++polls > kLongestIteration) return Wait::kFails;
    const Op op = node->label.op;
    if (op == Op::kBlocked) return node->again == first || node->again == nullptr ? Wait::kFails : Wait::kOpen;
    if (!InSpin(*node) || node->again != first || EndsThread(op)) return Wait::kSucceeds;
    // That an interrupt may come makes a wait no less of one.
    const bool offer = op == Op::kChoose && std::string_view(node->label.verb) == "interrupt";
    if ((op == Op::kChoose && !offer) || op == Op::kStore) return Wait::kOpen;
    Value read = 0;
    if (Reads(op)) {
      read = read_at(node);
      const Outcome now = Apply(node->label, read);
      if (now.action == Action::kBlock) return Wait::kFails;
      if (now.action == Action::kWrite) return Wait::kSucceeds;
    }
    node = locals_.NodeAfter(thread, node, read, false);
  }
}

bool Transitions::IsStuck(const Word* state) {
  bool waits = false;
  for (std::size_t i = 0; i < threads_; ++i) {
    const int t = static_cast<int>(i);
    if (CanDrain(state, t)) return false;
    if (Ended(state, t)) {
      if (LocalOf(state, t).node->label.op == Op::kFailed) return false;
      continue;
    }
    if (!Spinning(state, t) && CanStep(state, t)) return false;
    if (WaitOf(state, t) != Wait::kFails) return false;
    const auto local = static_cast<LocalId>(layout_.Get(state, fields_.thread(t)));
    if (!locals_.is_daemon(t) && !locals_.NeverSpawned(t, local)) waits = true;
  }
  return waits;
}

}  // namespace doorway
