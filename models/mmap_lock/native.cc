#include "models/mmap_lock/mmap_lock_on.h"
#include "models/registry/on_threads.h"

namespace doorway::mmap_lock {
namespace {

[[maybe_unused]] const auto registrations = MmapLockOn<OnThreads>::All();

}  // namespace
}  // namespace doorway::mmap_lock
