#include "harness/explore/tail.h"

namespace doorway {
namespace {

// Whether `write` leaves a value behind that may be read without more ado.
bool LeavesValue(const WorkEvent& write, const Location& location) {
  if (write.node == nullptr) return location.initialised;
  return !write.node->label.destroy && !write.node->label.construct;
}

// Whether what comes of it needs more than the newest values.
bool IsDelicate(const Label& label) {
  return label.op == Op::kChoose || label.op == Op::kBlocked || label.op == Op::kFailed || label.op == Op::kError ||
         label.op == Op::kRepeat || label.construct || label.destroy || label.weak;
}

constexpr std::size_t kNobody = ~std::size_t{0};

}  // namespace

bool Tail::IsNear(const WorkGraph& g) {
  int acting = 0;
  for (std::size_t t = 0; t + 1 < g.threads.size(); ++t) {
    acting += !HasEnded(g.threads[t].node->label);
    if (acting > 1) return false;
  }
  return true;
}

Tail::End Tail::Walk(const WorkGraph& g) {
  const std::size_t threads = g.threads.size();
  last_.assign(threads, nullptr);
  End end;
  std::size_t acting = 0;
  std::size_t first = threads;
  for (std::size_t t = 0; t < threads; ++t) {
    const Label& label = g.threads[t].node->label;
    if (IsDelicate(label)) return {};
    if (HasEnded(label)) {
      last_[t] = &label;
      end.bounded |= label.op == Op::kBounded;
      continue;
    }
    if (++acting == 1) first = t;
    if (acting > 1 && t + 1 < threads) return {};  // one, and perhaps after(), which is the last
  }
  memory_.clear();
  if (acting > 0 && !WalkThread(g, first, kNobody, &end)) return {};
  if (acting > 1 && !WalkThread(g, threads - 1, first, &end)) return {};
  end.quiet = true;
  return end;
}

// `before`: has been walked, so must be joined before anything else is done.
bool Tail::WalkThread(const WorkGraph& g, std::size_t thread, std::size_t before, End* end) {
  const WorkGraph::Thread& alone = g.threads[thread];
  const std::uint16_t* view = alone.last == kNoEvent ? nullptr : g.clock(alone.last, WorkGraph::kHb);
  unseen_ = 0;
  for (std::size_t t = 0; t < g.threads.size(); ++t) {
    const bool seen = view == nullptr ? g.threads[t].count == 0 : view[t] >= g.threads[t].count;
    if (seen && t != before) continue;
    if (last_[t] == nullptr) return false;  // it acts, and has acted
    unseen_ |= 1U << t;
  }
  const int t = static_cast<int>(thread);
  for (const Node* node = alone.node;;) {
    const Label& label = node->label;
    if (IsDelicate(label)) return false;
    if (HasEnded(label)) {
      last_[thread] = &label;
      end->bounded |= label.op == Op::kBounded;
      return true;
    }
    if (Joins(label)) {
      node = program_.Child(node, t, 1, false);
      continue;
    }
    if (unseen_ != 0) return false;
    if (label.op == Op::kFence) {
      node = program_.Child(node, t, 0, false);
      continue;
    }
    end->plain_accesses += label.order == Order::kPlain;
    Value* value = Known(g, label.location);
    if (value == nullptr) return false;
    const Value read = Truncate(*value, label.width);
    if (label.op == Op::kStore) {
      *value = Truncate(label.operands[0], label.width);
      node = program_.Child(node, t, 0, false);
      continue;
    }
    const Outcome outcome = Apply(label, read);
    if (outcome.action == Action::kBlock) return false;
    if (outcome.action == Action::kWrite) *value = outcome.written;
    node = program_.Child(node, t, read, false);
  }
}

// An await of the exit of a thread that is at its exit: what it has done is seen from now on.
bool Tail::Joins(const Label& label) {
  if (label.op != Op::kLoad || label.transform == nullptr) return false;
  for (std::size_t t = 0; t < last_.size(); ++t) {
    if (last_[t] == nullptr || !last_[t]->exit || last_[t]->location != label.location) continue;
    unseen_ &= ~(1U << t);
    return true;
  }
  return false;
}

// The newest value; null if there is none that may simply be read.
Value* Tail::Known(const WorkGraph& g, LocationId location) {
  for (auto& [known, value] : memory_) {
    if (known == location) return &value;
  }
  const Location& there = program_.locations()[location];
  Value value = there.initial;
  if (location < g.places.size()) {
    const WorkEvent& newest = g[g.places[location].mo_last];
    if (!LeavesValue(newest, there)) return nullptr;
    value = newest.written;
  } else if (!there.initialised) {
    return nullptr;
  }
  return &memory_.emplace_back(location, value).second;
}

}  // namespace doorway
