#pragma once

#include <vector>

#include "harness/graph/label.h"
#include "harness/graph/order.h"

// Which memory orders are weaker than one, and what an order costs: a partial order, in which acquire and release are
// not to be compared.

namespace doorway {

// Those next weaker that make sense for the operation. A fence without order is none: kRelaxed stands for no fence.
std::vector<Order> NextWeaker(Op op, Order order);

// All that are at most as strong as `order`, it included, cheapest first.
std::vector<Order> AtMost(Op op, Order order);

// Whether a is at least as strong as b.
bool AtLeast(Order a, Order b);

// Relaxed 0, acquire and release 1, acq_rel 2, seq_cst 3: how the orders of one source are weighed against each other.
int Cost(Order order);

}  // namespace doorway
