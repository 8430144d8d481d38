#include "harness/mutate/weaker.h"

#include <algorithm>

namespace doorway {
namespace {

bool Acquires(Op op) { return op != Op::kStore; }
bool Releases(Op op) { return op == Op::kStore || op == Op::kUpdate || op == Op::kFence; }

}  // namespace

std::vector<Order> NextWeaker(Op op, Order order) {
  switch (order) {
    case Order::kSeqCst:
      if (Acquires(op) && Releases(op)) return {Order::kAcqRel};
      return {Acquires(op) ? Order::kAcquire : Order::kRelease};
    case Order::kAcqRel:
      if (Acquires(op) && Releases(op)) return {Order::kAcquire, Order::kRelease};
      return {Acquires(op) ? Order::kAcquire : Order::kRelease};
    case Order::kAcquire:
    case Order::kRelease:
      return {Order::kRelaxed};
    default:
      return {};
  }
}

std::vector<Order> AtMost(Op op, Order order) {
  std::vector<Order> all = {order};
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (const Order weaker : NextWeaker(op, all[i])) {
      if (std::find(all.begin(), all.end(), weaker) == all.end()) all.push_back(weaker);
    }
  }
  std::stable_sort(all.begin(), all.end(), [](Order a, Order b) { return Cost(a) < Cost(b); });
  return all;
}

bool AtLeast(Order a, Order b) {
  if (a == b || a == Order::kSeqCst || b == Order::kRelaxed) return true;
  return a == Order::kAcqRel && (b == Order::kAcquire || b == Order::kRelease);
}

int Cost(Order order) {
  switch (order) {
    case Order::kSeqCst:
      return 3;
    case Order::kAcqRel:
      return 2;
    case Order::kAcquire:
    case Order::kRelease:
      return 1;
    default:
      return 0;
  }
}

}  // namespace doorway
