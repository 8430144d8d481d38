#pragma once

#include "harness/graph/order.h"

// Short names for what tiny programs are written with: locations and memory orders.

namespace doorway::reference {

inline constexpr int kX = 0;
inline constexpr int kY = 1;
inline constexpr int kZ = 2;

inline constexpr Order kRlx = Order::kRelaxed;
inline constexpr Order kAcq = Order::kAcquire;
inline constexpr Order kRel = Order::kRelease;
inline constexpr Order kAr = Order::kAcqRel;
inline constexpr Order kSc = Order::kSeqCst;

}  // namespace doorway::reference
