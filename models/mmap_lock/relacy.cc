#include "models/mmap_lock/mmap_lock_on.h"
#include "models/registry/second_opinion.h"

namespace doorway::mmap_lock {
namespace {

[[maybe_unused]] const auto registrations = MmapLockOn<OnRelacy>::All();

}  // namespace
}  // namespace doorway::mmap_lock
