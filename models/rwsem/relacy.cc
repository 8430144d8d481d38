#include "models/registry/second_opinion.h"
#include "models/rwsem/rwsem_on.h"

namespace doorway::rwsem {
namespace {

[[maybe_unused]] const auto registrations = RwSemOn<OnRelacy>::All();

}  // namespace
}  // namespace doorway::rwsem
