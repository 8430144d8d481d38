#include "models/classic/classic_on.h"
#include "models/registry/on_threads.h"

namespace doorway {
namespace {

[[maybe_unused]] const auto registrations = ClassicOn<OnThreads>::All();

}  // namespace
}  // namespace doorway
