#include "models/classic/classic_on.h"
#include "models/registry/second_opinion.h"

namespace doorway {
namespace {

[[maybe_unused]] const auto registrations = ClassicOn<OnRelacy>::All();

}  // namespace
}  // namespace doorway
