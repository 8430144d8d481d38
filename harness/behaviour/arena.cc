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
// So do, for a small model, the page faults: of each part, the pages that nearly every model writes stay too.
char* mapped = nullptr;
std::atomic<bool> in_use = false;
constexpr std::size_t kKeptBytes = 4096;
constexpr std::size_t kKeptStackBytes = 8192;

void GiveBack(char* from, const char* to) { madvise(from, static_cast<std::size_t>(to - from), MADV_DONTNEED); }

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
    for (std::size_t region = 0; region < kRegions; ++region) {
      char* start = mapped + kSharedBytes + region * kRegionBytes;
      mprotect(start, kPage, PROT_NONE);
      mprotect(start + kPage + kStackBytes, kPage, PROT_NONE);
    }
  }
  base_ = mapped;
}

// The next Arena finds zeros.
Arena::~Arena() {
  mprotect(base_, kSharedBytes, PROT_READ | PROT_WRITE);
  Clear(base_, kKeptBytes);
  char* from = base_ + kKeptBytes;
  const auto clear_region = [&](std::size_t region) {
    char* const stack = stack_top(static_cast<int>(region)) - kKeptStackBytes;
    GiveBack(from, stack);
    Clear(stack, kKeptStackBytes);
    Clear(heap(static_cast<int>(region)), kKeptBytes);
    from = heap(static_cast<int>(region)) + kKeptBytes;
  };
  for (std::size_t region = 0; region < first_used_; ++region) clear_region(region);
  GiveBack(from, region_base(static_cast<int>(first_used_)));
  from = region_base(kRegions - 1);
  clear_region(kRegions - 1);
  GiveBack(from, base_ + total_);
  in_use = false;
}

void Arena::ProtectShared() { mprotect(base_, kSharedBytes, PROT_READ); }

bool Arena::InStackGuard(const void* address) const {
  const std::size_t offset = Offset(address);
  if (offset < kSharedBytes || offset >= total_) return false;
  return (offset - kSharedBytes) % kRegionBytes < kPage;
}

}  // namespace doorway
