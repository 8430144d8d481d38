#include "models/group/group_on.h"
#include "models/registry/on_threads.h"

namespace doorway {
namespace {

[[maybe_unused]] const auto registrations = GroupOn<OnThreads>::All();

}  // namespace
}  // namespace doorway
