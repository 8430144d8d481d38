#include "models/classic/structures_on.h"
#include "models/registry/on_threads.h"

namespace doorway {
namespace {

[[maybe_unused]] const auto registrations = StructuresOn<OnThreads>::All();

}  // namespace
}  // namespace doorway
