#include "harness/explore/state/state_table.h"

namespace doorway {

StateTable::StateTable(int words) : words_(words), slots_(1 << 12, kNoState), mask_(slots_.size() - 1) {}

StateTable::Inserted StateTable::Insert(const Word* state, StateId parent) {
  std::uint64_t slot = Hash(state) & mask_;
  for (; slots_[slot] != kNoState; slot = (slot + 1) & mask_) {
    if (Same((*this)[slots_[slot]], state)) return {slots_[slot], false};
  }
  const StateId id = size();
  if (id == kNoState) return {kNoState, false};
  slots_[slot] = id;
  if ((id & (kBlock - 1)) == 0) {
    blocks_.push_back(std::make_unique_for_overwrite<Word[]>(kBlock * static_cast<std::size_t>(words_)));
  }
  std::memcpy(const_cast<Word*>((*this)[id]), state, static_cast<std::size_t>(words_) * sizeof(Word));
  parents_.push_back(parent);
  if (static_cast<std::uint64_t>(id) * 4 > slots_.size() * std::uint64_t{3}) Grow();
  return {id, true};
}

StateId StateTable::Find(const Word* state) const {
  for (std::uint64_t slot = Hash(state) & mask_; slots_[slot] != kNoState; slot = (slot + 1) & mask_) {
    if (Same((*this)[slots_[slot]], state)) return slots_[slot];
  }
  return kNoState;
}

void StateTable::Grow() {
  const std::size_t size = slots_.size() * 2;
  slots_ = {};
  slots_.assign(size, kNoState);
  mask_ = size - 1;
  for (StateId id = 0; id < parents_.size(); ++id) {
    std::uint64_t slot = Hash((*this)[id]) & mask_;
    while (slots_[slot] != kNoState) slot = (slot + 1) & mask_;
    slots_[slot] = id;
  }
}

std::uint64_t StateTable::bytes() const {
  return blocks_.size() * kBlock * static_cast<std::uint64_t>(words_) * sizeof(Word) +
         (parents_.capacity() + slots_.size()) * sizeof(StateId);
}

}  // namespace doorway
