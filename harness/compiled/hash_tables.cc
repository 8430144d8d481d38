// When a hash table grows is decided by libstdc++'s library, which writes into the table: told of here, for
// std::unordered_map and the like.

#include <cstddef>
#include <unordered_map>
#include <utility>

#include "harness/compiled/calls.h"

namespace doorway::compiled {
namespace {

using Policy = std::__detail::_Prime_rehash_policy;

void WillDecide(const Policy* policy, const void* from) {
  Reads(policy, sizeof(*policy), from);
  Writes(const_cast<std::size_t*>(&policy->_M_next_resize), sizeof(policy->_M_next_resize), from);
}

}  // namespace
}  // namespace doorway::compiled

namespace std::__detail {

size_t _Prime_rehash_policy::_M_next_bkt(size_t buckets) const {
  static auto* const in_library = doorway::compiled::FromLibrary<size_t(const _Prime_rehash_policy*, size_t)>(
      "_ZNKSt8__detail20_Prime_rehash_policy11_M_next_bktEm");
  doorway::compiled::WillDecide(this, DOORWAY_CALLER);
  return in_library(this, buckets);
}

pair<bool, size_t> _Prime_rehash_policy::_M_need_rehash(size_t buckets, size_t elements, size_t more) const {
  using Function = pair<bool, size_t>(const _Prime_rehash_policy*, size_t, size_t, size_t);
  static auto* const in_library =
      doorway::compiled::FromLibrary<Function>("_ZNKSt8__detail20_Prime_rehash_policy14_M_need_rehashEmmm");
  doorway::compiled::WillDecide(this, DOORWAY_CALLER);
  return in_library(this, buckets, elements, more);
}

}  // namespace std::__detail
