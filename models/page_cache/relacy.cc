#include "models/page_cache/page_cache_on.h"
#include "models/registry/second_opinion.h"

namespace doorway {
namespace {

[[maybe_unused]] const auto registrations = PageCacheOn<OnRelacy>::All();

}  // namespace
}  // namespace doorway
