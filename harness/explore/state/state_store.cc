#include "harness/explore/state/state_store.h"

#include <algorithm>

namespace doorway {

StateStore::StateStore(int bytes, bool compact)
    : states_(bytes), words_((static_cast<std::size_t>(bytes) + sizeof(Word) - 1) / sizeof(Word)) {
  if (compact) hashes_.emplace(static_cast<int>(sizeof(Word)));
}

StateTable::Inserted StateStore::InsertHash(const Word* state, std::uint64_t hash, StateId parent) {
  const StateTable::Inserted inserted = hashes_->Insert(&hash, parent);
  if (inserted.is_new) unexplored_.insert(unexplored_.end(), state, state + words_);
  return inserted;
}

void StateStore::Read(StateId id, Word* state) const {
  if (!hashes_) return states_.Read(id, state);
  std::copy_n(unexplored_.data() + std::size_t{id - first_} * words_, words_, state);
}

void StateStore::Forget(StateId end) {
  if (!hashes_) return;
  const std::ptrdiff_t words = static_cast<std::ptrdiff_t>(std::size_t{end - first_} * words_);
  unexplored_.erase(unexplored_.begin(), unexplored_.begin() + words);
  first_ = end;
}

std::uint64_t StateStore::bytes() const { return table().bytes() + unexplored_.capacity() * sizeof(Word); }

}  // namespace doorway
