#include "harness/behaviour/private_memory.h"

#include <algorithm>
#include <cstring>

namespace doorway {

PrivateMemory::PrivateMemory(const Arena& arena, std::size_t shared_bytes) : arena_(arena) {
  bytes_[kParts - 1] = shared_bytes;
  pristine_.parts[kParts - 1].assign(arena.shared(), arena.shared() + shared_bytes);
}

void PrivateMemory::HeapHolds(int region, std::size_t bytes) {
  const auto index = static_cast<std::size_t>(region);
  if (index + 1 < kParts) bytes_[index] = std::max(bytes_[index], bytes);
}

void PrivateMemory::Enter(int view) {
  if (view == entered_) return;
  Leave();
  entered_ = view;
  Image& image = images_[static_cast<std::size_t>(view)];
  Fill(image.parts[kParts - 1].empty() ? pristine_ : image);
}

void PrivateMemory::EnterAnew(int view) {
  if (view != entered_) Leave();
  entered_ = view;
  Fill(pristine_);
}

void PrivateMemory::Leave() { TakeInto(&images_[static_cast<std::size_t>(entered_)]); }

PrivateMemory::Image PrivateMemory::Take() const {
  Image image;
  TakeInto(&image);
  return image;
}

void PrivateMemory::TakeInto(Image* image) const {
  for (std::size_t i = 0; i < kParts; ++i) image->parts[i].assign(part(i), part(i) + bytes_[i]);
  outside_.TakeInto(&image->outside);
}

bool PrivateMemory::Find(const Image& image, const char* address, std::size_t size, char* bytes) const {
  for (std::size_t i = 0; i < kParts; ++i) {
    const char* const begin = part(i);
    if (address < begin || address + size > begin + Arena::kHeapBytes) continue;
    const auto offset = static_cast<std::size_t>(address - begin);
    std::memset(bytes, 0, size);
    if (offset < image.parts[i].size()) {
      std::memcpy(bytes, image.parts[i].data() + offset, std::min(size, image.parts[i].size() - offset));
    }
    return true;
  }
  return outside_.Find(image.outside, address, size, bytes);
}

bool PrivateMemory::Same(const Image& a, const Image& b) const {
  const auto is_zero = [](char byte) { return byte == 0; };
  for (std::size_t i = 0; i < kParts; ++i) {
    const bool a_is_longer = a.parts[i].size() > b.parts[i].size();
    const std::vector<char>& longer = (a_is_longer ? a : b).parts[i];
    const std::vector<char>& shorter = (a_is_longer ? b : a).parts[i];
    const auto tail = longer.begin() + static_cast<std::ptrdiff_t>(shorter.size());
    if (!std::equal(shorter.begin(), shorter.end(), longer.begin())) return false;
    if (!std::all_of(tail, longer.end(), is_zero)) return false;
  }
  return outside_.Same(a.outside, b.outside);
}

void PrivateMemory::Become(const Image& image) {
  FillArena(image);
  outside_.Inherit(image.outside);
}

void PrivateMemory::Fill(const Image& image) {
  FillArena(image);
  outside_.Fill(image.outside);
}

// What the image is too short for is zero.
void PrivateMemory::FillArena(const Image& image) {
  for (std::size_t i = 0; i < kParts; ++i) {
    const std::size_t known = std::min(image.parts[i].size(), bytes_[i]);
    std::copy_n(image.parts[i].data(), known, part(i));
    std::memset(part(i) + known, 0, bytes_[i] - known);
  }
}

void PrivateMemory::ClearAbove(std::size_t bytes) {
  if (bytes > shared_bytes()) std::memset(arena_.shared() + shared_bytes(), 0, bytes - shared_bytes());
}

void PrivateMemory::AddTo(SnapshotOf* of) const {
  for (std::size_t i = 0; i < kParts; ++i) of->Add(part(i), bytes_[i]);
  outside_.AddTo(of);
}

}  // namespace doorway
