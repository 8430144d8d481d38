#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

// Memory at fixed addresses, the same in every run and every process: the shared objects (write-protected
// while threads run), and for each thread a stack and a heap. An object's address is a function of the thread that made
// it and of what that thread did before, so pointers mean the same in every run of a thread.

namespace doorway {

class Arena {
 public:
  static constexpr std::size_t kSharedBytes = std::size_t{16} << 20;
  static constexpr std::size_t kStackBytes = std::size_t{256} << 10;
  static constexpr std::size_t kHeapBytes = std::size_t{1} << 20;
  static constexpr std::size_t kRegionBytes = std::size_t{4} << 20;  // of one thread: guard, stack, guard, heap
  static constexpr std::size_t kRegions = 18;                        // kMaxThreads, after(), before()

  // Errors: throws std::runtime_error where the addresses are taken or memory is short.
  Arena();
  ~Arena();
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  char* shared() const { return base_; }
  char* stack_top(int region) const { return region_base(region) + kPage + kStackBytes; }
  char* heap(int region) const { return region_base(region) + 2 * kPage + kStackBytes; }

  // Of the regions, only the first so many, and the last, are going to be used. To clear them is quicker then.
  void UsesRegions(std::size_t first) { first_used_ = first; }
  void ProtectShared();  // writes to shared() fault from now on

  // Most of the memory is closed, and faults, until somebody wants it: few models do, and so it need not be given back
  // after each. Opens the part that the address is in. False: it is open, or none of the arena's.
  bool Open(const void* address);
  // The same for the memory up to there, of what begins at `part`: shared(), or a heap.
  void OpenUpTo(const char* part, std::size_t bytes);

  bool Contains(const void* address) const { return Offset(address) < total_; }
  bool InShared(const void* address) const { return Offset(address) < kSharedBytes; }
  // Of whom it is: the region, and whether it is in its heap. REQUIRES: Contains, not InShared.
  int RegionOf(const void* address) const { return static_cast<int>((Offset(address) - kSharedBytes) / kRegionBytes); }
  bool InHeap(const void* address) const {
    return (Offset(address) - kSharedBytes) % kRegionBytes >= 2 * kPage + kStackBytes;
  }
  // In the unmapped page below a stack: the stack has overflowed.
  bool InStackGuard(const void* address) const;

 private:
  static constexpr std::size_t kPage = 4096;
  std::size_t Offset(const void* address) const {
    return static_cast<std::size_t>(reinterpret_cast<std::uintptr_t>(address) -
                                    reinterpret_cast<std::uintptr_t>(base_));
  }
  char* region_base(int region) const { return base_ + kSharedBytes + static_cast<std::size_t>(region) * kRegionBytes; }

  char* base_ = nullptr;
  // What begins where, is that long, and is closed at first.
  struct Part {
    char* begin;
    std::size_t size;
  };
  static constexpr std::size_t kParts = 1 + 2 * kRegions;  // of what is shared; of each region's stack and heap
  Part PartOf(std::size_t index) const;

  std::size_t first_used_ = kRegions;
  std::array<bool, kParts> open_{};
  bool protected_ = false;
  std::size_t total_ = kSharedBytes + kRegions * kRegionBytes;
};

}  // namespace doorway
