#pragma once

#include <string>
#include <vector>

#include "harness/mutate/weakest_orders.h"
#include "reports/run.h"

// Which orders a model needs, for a terminal and for programs.

namespace doorway {

// A line a choice: the order used, the order needed, and what breaks with a weaker one.
std::string RenderOrders(const std::vector<Run>& runs, const WeakestOrders& orders);

// All of it (reports/README.md: doorway.orders/1).
std::string OrdersJson(const std::vector<Run>& runs, const WeakestOrders& orders);

}  // namespace doorway
