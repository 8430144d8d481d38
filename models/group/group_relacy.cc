#include "models/group/group_on.h"
#include "models/registry/second_opinion.h"

namespace doorway {
namespace {

[[maybe_unused]] const auto registrations = GroupOn<OnRelacy>::All();

}  // namespace
}  // namespace doorway
