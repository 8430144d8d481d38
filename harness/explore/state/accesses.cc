#include "harness/explore/state/accesses.h"

#include <bit>

#include "harness/memory/tso.h"

namespace doorway {

Accesses::Use Accesses::Of::use() const {
  const std::uint32_t all = readers | writers;
  if (all == 0) return Use::kNowise;
  if (std::has_single_bit(all)) return Use::kByOne;
  if (writers == 0) return Use::kOnlyRead;
  return readers == 0 && same_stores ? Use::kSameStores : Use::kShared;
}

Accesses::Of& Accesses::of(LocationId location) {
  if (locations_.size() <= location) locations_.resize(std::size_t{location} + 1);
  return locations_[location];
}

void Accesses::Begin() {
  for (Of& location : locations_) location.relied = false;
  contradicted_ = false;
}

void Accesses::Add(int thread, const Label& label) {
  if (label.location == kNoLocation) return;
  Of& location = of(label.location);
  const Use before = location.use();
  const std::uint32_t bit = std::uint32_t{1} << thread;
  if (Reads(label.op)) location.readers |= bit;
  if (label.op != Op::kLoad) {
    const Value stored = Truncate(label.operands[0], label.width);
    if (location.writers == 0) location.stored = stored;
    location.same_stores &= label.op == Op::kStore && !label.construct && !label.destroy && location.stored == stored;
    location.writers |= bit;
  }
  if (location.relied && location.use() != before) contradicted_ = true;
}

bool Accesses::IsLocal(int thread, const Label& label) {
  if (label.op == Op::kChoose || label.op == Op::kFence) return true;
  if (label.location == kNoLocation) return false;
  Of& location = of(label.location);
  const Use use = location.use();
  location.relied |= use != Use::kShared;
  // Into the thread's own buffer, behind what is there.
  if (tso_ && label.op == Op::kStore && !memory::NeedsEmptyBuffer(label, true)) return true;
  return (use == Use::kByOne && IsBy(location, thread)) || (use == Use::kOnlyRead && label.op == Op::kLoad) ||
         (use == Use::kSameStores && label.op == Op::kStore);
}

bool Accesses::DrainIsLocal(int thread, LocationId at) const {
  const Of& location = locations_[at];
  const Use use = location.use();
  return (use == Use::kByOne && IsBy(location, thread)) || use == Use::kSameStores;
}

}  // namespace doorway
