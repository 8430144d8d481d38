#include "harness/behaviour/arena.h"

#include <sys/mman.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <string>

#include "harness/behaviour/asan.h"

#if DOORWAY_ASAN
#include <sanitizer/asan_interface.h>
#endif

namespace doorway {
namespace {

// Free in every layout that we know: below the program and the libraries, above the heaps of the
// sanitizers, and application memory to each of them.
constexpr std::uintptr_t kBase = 0x5000'0000'0000;

// The memory stays mapped for the next Arena: mapping it, guard pages and all, takes longer than many an exploration.
// So do, for a small model, the page faults: of each part, the pages that nearly every model writes stay too. The rest
// is closed.
char* mapped = nullptr;
std::atomic<bool> in_use = false;
constexpr std::size_t kKeptBytes = 4096;
constexpr std::size_t kKeptStackBytes = 32 << 10;

void Clear(char* from, std::size_t bytes) {
#if DOORWAY_ASAN
  __asan_unpoison_memory_region(from, bytes);  // what frames left on a stack
#endif
  std::memset(from, 0, bytes);
}

[[noreturn]] void CannotMap(const char* why) {
  throw std::runtime_error(std::string("cannot map the model's memory at its fixed address (") + why + ")");
}

}  // namespace

Arena::Arena() {
  if (in_use.exchange(true)) CannotMap("another exploration is running in this process");
  if (mapped == nullptr) {
    void* wanted = reinterpret_cast<void*>(kBase);
    void* got = mmap(wanted, total_, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
    if (got != wanted) {
      const int error = errno;
      if (got != MAP_FAILED) munmap(got, total_);
      in_use = false;
      CannotMap(error == EEXIST ? "something else is there" : strerror(error));
    }
    mapped = static_cast<char*>(got);
    base_ = mapped;
    for (std::size_t region = 0; region < kRegions; ++region) {
      char* start = mapped + kSharedBytes + region * kRegionBytes;
      mprotect(start, kPage, PROT_NONE);
      mprotect(start + kPage + kStackBytes, kPage, PROT_NONE);
    }
    for (std::size_t i = 0; i < kParts; ++i) mprotect(PartOf(i).begin, PartOf(i).size, PROT_NONE);
  }
  base_ = mapped;
}

Arena::Part Arena::PartOf(std::size_t index) const {
  if (index == 0) return {base_ + kKeptBytes, kSharedBytes - kKeptBytes};
  const int region = static_cast<int>((index - 1) / 2);
  if (index % 2 == 1) return {stack_top(region) - kStackBytes, kStackBytes - kKeptStackBytes};
  return {heap(region) + kKeptBytes, kHeapBytes - kKeptBytes};
}

bool Arena::Open(const void* address) {
  if (!Contains(address)) return false;
  const std::size_t index =
      InShared(address) ? 0 : 1 + 2 * static_cast<std::size_t>(RegionOf(address)) + InHeap(address);
  const Part part = PartOf(index);
  if (open_[index] || address < part.begin || address >= part.begin + part.size) return false;
  open_[index] = true;
  mprotect(part.begin, part.size, index == 0 && protected_ ? PROT_READ : PROT_READ | PROT_WRITE);
  return true;
}

void Arena::OpenUpTo(const char* part, std::size_t bytes) {
  if (bytes > kKeptBytes) Open(part + kKeptBytes);
}

// The next Arena finds zeros.
Arena::~Arena() {
  if (protected_) mprotect(base_, kKeptBytes, PROT_READ | PROT_WRITE);
  Clear(base_, kKeptBytes);
  const auto clear_region = [&](int region) {
    Clear(stack_top(region) - kKeptStackBytes, kKeptStackBytes);
    Clear(heap(region), kKeptBytes);
  };
  for (std::size_t region = 0; region < first_used_; ++region) clear_region(static_cast<int>(region));
  clear_region(kRegions - 1);
  for (std::size_t i = 0; i < kParts; ++i) {
    if (!open_[i]) continue;
    const Part part = PartOf(i);
    madvise(part.begin, part.size, MADV_DONTNEED);
    mprotect(part.begin, part.size, PROT_NONE);
  }
  in_use = false;
}

void Arena::ProtectShared() {
  protected_ = true;
  mprotect(base_, open_[0] ? kSharedBytes : kKeptBytes, PROT_READ);
}

bool Arena::InStackGuard(const void* address) const {
  const std::size_t offset = Offset(address);
  if (offset < kSharedBytes || offset >= total_) return false;
  return (offset - kSharedBytes) % kRegionBytes < kPage;
}

}  // namespace doorway
