#include "models/registry/on_threads.h"
#include "models/vma_rcu/vma_rcu_on.h"

namespace doorway::vma_rcu {
namespace {

[[maybe_unused]] const auto registrations = VmaRcuOn<OnThreads>::All();

}  // namespace
}  // namespace doorway::vma_rcu
