#pragma once

#include "base.hpp"
#include "context.hpp"

namespace rl {

// A pause in a loop that waits. However long it were, another thread may do anything meanwhile; so all are alike here,
// and hold nothing: a loop that counts its pauses would not be known to be where it was before.
template <unsigned factor_t, unsigned add_t>
class backoff_t {
 public:
  void yield(debug_info_param info) { rl::yield(1, info); }
};

typedef backoff_t<1, 0> backoff;
typedef backoff_t<1, 1> linear_backoff;
typedef backoff_t<2, 0> exp_backoff;

}  // namespace rl
