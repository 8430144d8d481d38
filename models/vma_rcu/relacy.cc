#include "models/registry/second_opinion.h"
#include "models/vma_rcu/vma_rcu_on.h"

namespace doorway::vma_rcu {
namespace {

[[maybe_unused]] const auto registrations = VmaRcuOn<OnRelacy>::All();

}  // namespace
}  // namespace doorway::vma_rcu
