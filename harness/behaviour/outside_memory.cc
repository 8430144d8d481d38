#include "harness/behaviour/outside_memory.h"

#include <algorithm>
#include <cstring>

namespace doorway {

void OutsideMemory::WillBeWritten(char* address, std::size_t size, bool own) {
  auto from = reinterpret_cast<std::uintptr_t>(address);
  const std::uintptr_t to = from + size;
  while (from < to) {
    const auto next = by_end_.upper_bound(from);  // the first that ends beyond
    const std::uintptr_t begins = next == by_end_.end() ? to : std::min(to, next->first - next->second);
    if (from < begins) {
      char* const bytes = reinterpret_cast<char*>(from);
      const std::vector<char> now(bytes, bytes + (begins - from));  // a wild address faults here, and is not kept
      ranges_.push_back({bytes, now.size(), own});
      pristine_.insert(pristine_.end(), now.begin(), now.end());
      by_end_.emplace(begins, begins - from);
    }
    if (next == by_end_.end() || begins == to) return;
    from = next->first;
  }
}

void OutsideMemory::TakeInto(Image* image) const {
  image->clear();
  for (const Range& range : ranges_) image->insert(image->end(), range.address, range.address + range.size);
}

bool OutsideMemory::Find(const Image& image, const char* address, std::size_t size, char* bytes) const {
  bool found = false;
  std::memcpy(bytes, address, size);
  std::size_t offset = 0;
  for (const Range& range : ranges_) {
    const char* const from = std::max<const char*>(address, range.address);
    const char* const to = std::min<const char*>(address + size, range.address + range.size);
    if (from < to) {
      const Image& held = offset < image.size() ? image : pristine_;
      std::memcpy(bytes + (from - address), held.data() + offset + (from - range.address),
                  static_cast<std::size_t>(to - from));
      found = true;
    }
    offset += range.size;
  }
  return found;
}

bool OutsideMemory::Same(const Image& a, const Image& b) const {
  const Image& longer = a.size() > b.size() ? a : b;
  const Image& shorter = a.size() > b.size() ? b : a;
  const auto tail = static_cast<std::ptrdiff_t>(shorter.size());
  return std::equal(shorter.begin(), shorter.end(), longer.begin()) &&
         std::equal(longer.begin() + tail, longer.end(), pristine_.begin() + tail);
}

void OutsideMemory::Fill(const Image& image) { Fill(image, false); }

void OutsideMemory::Inherit(const Image& image) { Fill(image, true); }

void OutsideMemory::Fill(const Image& image, bool inherited) {
  std::size_t offset = 0;
  for (const Range& range : ranges_) {
    const bool known = offset < image.size() && !(inherited && range.own);
    const char* const bytes = (known ? image : pristine_).data() + offset;
    // (What is read-only was about to be written, and faulted.)
    if (std::memcmp(range.address, bytes, range.size) != 0) std::memcpy(range.address, bytes, range.size);
    offset += range.size;
  }
}

void OutsideMemory::AddTo(SnapshotOf* of) const {
  for (const Range& range : ranges_) of->Add(range.address, range.size);
}

}  // namespace doorway
