#include "models/classic/structures_on.h"
#include "models/registry/second_opinion.h"

namespace doorway {
namespace {

[[maybe_unused]] const auto registrations = StructuresOn<OnRelacy>::All();

}  // namespace
}  // namespace doorway
