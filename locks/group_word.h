#pragma once

#include <cstdint>

#include "harness/sync/waiter_fifo.h"
#include "locks/group_rules.h"

// The whole state of a queueing group lock in one word, and its two steps as pure functions: what a lock of the kind
// does, without how. Used by packed_group_lock.h.
//
// Layout, from bit 0: the queue (54 bits; a waiter's kind is its group), the group inside, the number of members (four
// bits), the number of extra members of this phase (four bits, saturating). Free is all zero.

namespace doorway {

struct GroupWord {
  std::uint64_t bits = 0;

  constexpr WaiterFifo queue() const { return WaiterFifo(bits); }
  constexpr int group() const { return static_cast<int>(bits >> kGroupAt & 1); }
  constexpr int members() const { return static_cast<int>(bits >> kMembersAt & 15); }
  constexpr int extra() const { return static_cast<int>(bits >> kExtraAt & 15); }

  static constexpr GroupWord Make(const WaiterFifo& queue, int group, int members, int extra) {
    const auto field = [](int value, int at) { return static_cast<std::uint64_t>(value) << at; };
    return {queue.bits() | field(group, kGroupAt) | field(members, kMembersAt) | field(extra, kExtraAt)};
  }

  friend constexpr bool operator==(GroupWord, GroupWord) = default;

  static constexpr int kGroupAt = WaiterFifo::kBits;
  static constexpr int kMembersAt = kGroupAt + 1;
  static constexpr int kExtraAt = kMembersAt + 4;
};

// Whether a newcomer of `group` is admitted at once.
template <class Rule>
constexpr bool Admits(GroupWord word, int group) {
  const WaiterFifo queue = word.queue();
  if (word.members() == 0) return queue.empty();
  return word.group() == group &&
         Rule::Joins(Occupancy{word.members(), queue.count(group), queue.count(1 - group), word.extra()});
}

// A newcomer's step: admitted, or queued.
template <class Rule>
constexpr GroupWord Arrive(GroupWord word, int thread, int group) {
  WaiterFifo queue = word.queue();
  if (Admits<Rule>(word, group)) {
    const bool unfair = queue.count(1 - group) > 0 && word.extra() < 15;
    return GroupWord::Make(queue, group, word.members() + 1, word.extra() + unfair);
  }
  if (!queue.full()) queue.push(thread, group);
  return GroupWord::Make(queue, word.group(), word.members(), word.extra());
}

// A member's step out. The last one lets in the next batch.
template <class Rule>
constexpr GroupWord Depart(GroupWord word) {
  WaiterFifo queue = word.queue();
  if (word.members() > 1) return GroupWord::Make(queue, word.group(), word.members() - 1, word.extra());
  if (queue.empty()) return {};
  const int next = queue.front().kind;
  int admitted = 0;
  for (int i = 0; i < queue.size();) {
    if (queue.at(i).kind == next) {
      queue.remove(i);
      ++admitted;
    } else if (Rule::kBatch == Batch::kPrefix) {
      break;
    } else {
      ++i;
    }
  }
  return GroupWord::Make(queue, next, admitted, 0);
}

}  // namespace doorway
