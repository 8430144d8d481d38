#include "models/lock/lock_on.h"
#include "models/registry/on_threads.h"

namespace doorway::lock {
namespace {

[[maybe_unused]] const auto registrations = LockOn<OnThreads>::All();

}  // namespace
}  // namespace doorway::lock
