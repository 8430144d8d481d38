#include "models/registry/second_opinion.h"
#include "models/vma/vma_on.h"

namespace doorway::vma {
namespace {

[[maybe_unused]] const auto registrations = VmaOn<OnRelacy>::All();

}  // namespace
}  // namespace doorway::vma
