#include "harness/explore/state/state_table.h"

namespace doorway {

StateTable::StateTable(int words) : words_(words), tags_(1 << 12, 0), slots_(1 << 12), mask_(slots_.size() - 1) {}

StateTable::Inserted StateTable::Insert(const Word* state, std::uint64_t hash, StateId parent) {
  const std::uint8_t tag = TagOf(hash);
  std::uint64_t slot = hash & mask_;
  for (; tags_[slot] != 0; slot = (slot + 1) & mask_) {
    if (tags_[slot] == tag && Same((*this)[slots_[slot]], state)) return {slots_[slot], false};
  }
  const StateId id = size();
  if (id == kNoState) return {kNoState, false};
  tags_[slot] = tag;
  slots_[slot] = id;
  if ((id & (kBlock - 1)) == 0) {
    blocks_.push_back(std::make_unique_for_overwrite<Word[]>(kBlock * static_cast<std::size_t>(words_)));
  }
  std::memcpy(const_cast<Word*>((*this)[id]), state, static_cast<std::size_t>(words_) * sizeof(Word));
  parents_.push_back(parent);
  if (static_cast<std::uint64_t>(id) * 4 > slots_.size() * std::uint64_t{3}) Grow();
  return {id, true};
}

StateId StateTable::Find(const Word* state, std::uint64_t hash) const {
  const std::uint8_t tag = TagOf(hash);
  for (std::uint64_t slot = hash & mask_; tags_[slot] != 0; slot = (slot + 1) & mask_) {
    if (tags_[slot] == tag && Same((*this)[slots_[slot]], state)) return slots_[slot];
  }
  return kNoState;
}

void StateTable::Grow() {
  const std::size_t size = slots_.size() * 2;
  slots_ = {};
  tags_ = {};
  slots_.resize(size);
  tags_.resize(size, 0);
  mask_ = size - 1;
  for (StateId id = 0; id < parents_.size(); ++id) {
    const std::uint64_t hash = Hash((*this)[id]);
    std::uint64_t slot = hash & mask_;
    while (tags_[slot] != 0) slot = (slot + 1) & mask_;
    tags_[slot] = TagOf(hash);
    slots_[slot] = id;
  }
}

std::uint64_t StateTable::bytes() const {
  return blocks_.size() * kBlock * static_cast<std::uint64_t>(words_) * sizeof(Word) +
         (parents_.capacity() + slots_.size()) * sizeof(StateId) + tags_.size();
}

}  // namespace doorway
