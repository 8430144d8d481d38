#include "models/registry/on_threads.h"
#include "models/vma/vma_on.h"

namespace doorway::vma {
namespace {

[[maybe_unused]] const auto registrations = VmaOn<OnThreads>::All();

}  // namespace
}  // namespace doorway::vma
