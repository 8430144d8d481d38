#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "harness/behaviour/arena.h"
#include "harness/behaviour/outside_memory.h"
#include "harness/behaviour/snapshot.h"

// The same addresses, with other contents for each thread: where threads also write plain data that they share, each
// thread's runs alone find there what before() left, and what that thread itself has written since. So what a run does
// depends on nothing that another run has done. One more view is that of all threads together (rerun.h).
//
// What is copied is the shared objects and what threads' heaps have held, some kilobytes mostly, whenever another view
// than the last is entered. Memory outside of the arena is a part of that once somebody has said that it is written
// (outside_memory.h).

namespace doorway {

class PrivateMemory {
 public:
  // What a view holds.
  struct Image {
    std::array<std::vector<char>, Arena::kRegions> parts;  // heaps, and, as the last, what is shared
    OutsideMemory::Image outside;
  };

  static constexpr int kTogether = static_cast<int>(Arena::kRegions) - 1;  // the view of no thread, but of all

  // REQUIRES: before() has just run, and has left `shared_bytes` in the shared part.
  PrivateMemory(const Arena& arena, std::size_t shared_bytes);

  // Thread `view`'s memory becomes what is at the addresses.
  void Enter(int view);
  // The same, and it is what before() left, heaps all zeros.
  void EnterAnew(int view);

  // What the view that has been entered holds now; and it becomes what another one held, but for what is each thread's
  // own.
  Image Take() const;
  void Become(const Image& image);

  // What the image holds at an address. False: it is not known there.
  bool Find(const Image& image, const char* address, std::size_t size, char* bytes) const;
  // Whether they hold the same, whenever they were taken.
  bool Same(const Image& a, const Image& b) const;

  OutsideMemory& outside() { return outside_; }

  // The heap of `region` holds so many bytes by now; it never shrinks.
  void HeapHolds(int region, std::size_t bytes);

  std::size_t shared_bytes() const { return bytes_[kParts - 1]; }
  // Zeros what has been used of the shared part, up to `bytes`, above what before() left.
  void ClearAbove(std::size_t bytes);

  // Adds all that the view that has been entered holds.
  void AddTo(SnapshotOf* of) const;

 private:
  static constexpr std::size_t kParts = Arena::kRegions;

  char* part(std::size_t index) const {
    return index + 1 == kParts ? arena_.shared() : arena_.heap(static_cast<int>(index));
  }
  void Leave();
  void TakeInto(Image* image) const;
  void Fill(const Image& image);
  void FillArena(const Image& image);

  const Arena& arena_;
  OutsideMemory outside_;
  std::array<std::size_t, kParts> bytes_{};  // of each part, in use
  Image pristine_;
  std::array<Image, Arena::kRegions> images_;  // by view
  int entered_ = kTogether;
};

}  // namespace doorway
