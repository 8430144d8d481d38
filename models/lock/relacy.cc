#include "models/lock/lock_on.h"
#include "models/registry/second_opinion.h"

namespace doorway::lock {
namespace {

[[maybe_unused]] const auto registrations = LockOn<OnRelacy>::All();

}  // namespace
}  // namespace doorway::lock
