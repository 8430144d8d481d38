#include "harness/behaviour/arena.h"

#include <sys/mman.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <string>

namespace doorway {
namespace {

// Free in every layout that we know: below the program and the libraries, above the heaps of the
// sanitizers, and application memory to each of them.
constexpr std::uintptr_t kBase = 0x5000'0000'0000;

}  // namespace

Arena::Arena() {
  void* wanted = reinterpret_cast<void*>(kBase);
  void* got = mmap(wanted, total_, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
  if (got != wanted) {
    const int error = errno;
    if (got != MAP_FAILED) munmap(got, total_);
    throw std::runtime_error(std::string("cannot map the model's memory at its fixed address (") +
                             (error == EEXIST ? "another exploration is running in this process" : strerror(error)) +
                             ")");
  }
  base_ = static_cast<char*>(got);
  for (std::size_t region = 0; region < kRegions; ++region) {
    char* start = region_base(static_cast<int>(region));
    mprotect(start, kPage, PROT_NONE);
    mprotect(start + kPage + kStackBytes, kPage, PROT_NONE);
  }
}

Arena::~Arena() { munmap(base_, total_); }

void Arena::ProtectShared() { mprotect(base_, kSharedBytes, PROT_READ); }

bool Arena::InStackGuard(const void* address) const {
  const std::size_t offset = Offset(address);
  if (offset < kSharedBytes || offset >= total_) return false;
  return (offset - kSharedBytes) % kRegionBytes < kPage;
}

}  // namespace doorway
