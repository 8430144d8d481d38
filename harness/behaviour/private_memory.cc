#include "harness/behaviour/private_memory.h"

#include <algorithm>
#include <cstring>

namespace doorway {

PrivateMemory::PrivateMemory(const Arena& arena, std::size_t shared_bytes) : arena_(arena) {
  bytes_[kParts - 1] = shared_bytes;
  pristine_[kParts - 1].assign(arena.shared(), arena.shared() + shared_bytes);
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
  Fill(image[kParts - 1].empty() ? pristine_ : image);
}

void PrivateMemory::EnterAnew(int view) {
  if (view != entered_) Leave();
  entered_ = view;
  Fill(pristine_);
}

void PrivateMemory::Leave() {
  Image& image = images_[static_cast<std::size_t>(entered_)];
  for (std::size_t i = 0; i < kParts; ++i) image[i].assign(part(i), part(i) + bytes_[i]);
}

// What the image is too short for is zero.
void PrivateMemory::Fill(const Image& image) {
  for (std::size_t i = 0; i < kParts; ++i) {
    const std::size_t known = std::min(image[i].size(), bytes_[i]);
    std::copy_n(image[i].data(), known, part(i));
    std::memset(part(i) + known, 0, bytes_[i] - known);
  }
}

void PrivateMemory::ClearAbove(std::size_t bytes) {
  if (bytes > shared_bytes()) std::memset(arena_.shared() + shared_bytes(), 0, bytes - shared_bytes());
}

void PrivateMemory::AddTo(SnapshotOf* of) const {
  for (std::size_t i = 0; i < kParts; ++i) of->Add(part(i), bytes_[i]);
}

}  // namespace doorway
