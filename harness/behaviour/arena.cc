#include "harness/behaviour/arena.h"

#include <sys/mman.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <string>

namespace doorway {
namespace {

// Free in every layout that we know: below the program and the libraries, above the heaps of the
// sanitizers, and application memory to each of them.
constexpr std::uintptr_t kBase = 0x5000'0000'0000;

// The memory stays mapped for the next Arena: mapping it, guard pages and all, takes longer than many an exploration.
char* mapped = nullptr;
std::atomic<bool> in_use = false;

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

// Gives the pages back: the next Arena finds zeros.
Arena::~Arena() {
  mprotect(base_, kSharedBytes, PROT_READ | PROT_WRITE);
  madvise(base_, kSharedBytes + first_used_ * kRegionBytes, MADV_DONTNEED);
  madvise(region_base(kRegions - 1), kRegionBytes, MADV_DONTNEED);
  in_use = false;
}

void Arena::ProtectShared() { mprotect(base_, kSharedBytes, PROT_READ); }

bool Arena::InStackGuard(const void* address) const {
  const std::size_t offset = Offset(address);
  if (offset < kSharedBytes || offset >= total_) return false;
  return (offset - kSharedBytes) % kRegionBytes < kPage;
}

}  // namespace doorway
