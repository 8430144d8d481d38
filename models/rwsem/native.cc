#include "models/registry/on_threads.h"
#include "models/rwsem/rwsem_on.h"

namespace doorway::rwsem {
namespace {

[[maybe_unused]] const auto registrations = RwSemOn<OnThreads>::All();

}  // namespace
}  // namespace doorway::rwsem
