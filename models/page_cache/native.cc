#include "models/page_cache/page_cache_on.h"
#include "models/registry/on_threads.h"

namespace doorway {
namespace {

[[maybe_unused]] const auto registrations = PageCacheOn<OnThreads>::All();

}  // namespace
}  // namespace doorway
