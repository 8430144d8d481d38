#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "harness/mutate/checked.h"
#include "harness/mutate/source_operations.h"

// Which memory orders a program needs: the assignment of least total cost (weaker.h) under which all of its claims
// still hold, in all the configurations given; a fence without order is no fence. Only what the source uses already, or
// weaker, is tried, and all that is said holds for these configurations and bounds.
//
// What is tried is cut down by monotony: with stronger orders a program has fewer executions, so what breaks under some
// orders breaks under all weaker ones, and no operation can do with less than it needs while all others are as they
// are. Assignments at least as strong as that are tried by cost, the cheapest first.

namespace doorway {

// What a violation says.
struct Broken {
  std::string claim;  // empty: the model breaks a rule
  std::string sentence;
  std::size_t configuration = 0;  // which of those given
};

// One order that the source chooses.
struct OrderChoice {
  struct Weaker {
    Order order;
    Broken broken;  // so, if it alone is weakened to that
  };
  OperationSite where;
  Op op = Op::kLoad;
  bool of_failure = false;  // of a compare-exchange that fails
  Order used = Order::kRelaxed;
  Order needed = Order::kRelaxed;
  std::vector<Weaker> next_weaker;  // than what is needed: each breaks something
};

struct WeakestOrders {
  std::vector<Report> originals;  // by configuration; where one is not verified, nothing else is known
  std::vector<OrderChoice> choices;
  int cost_used = 0;
  int cost_needed = 0;
  bool cheapest = false;  // false: what is needed holds, and is no dearer than what is used, but cheaper may hold, too
  std::uint64_t explorations = 0;
  std::vector<std::string> bounds;  // that were hit where claims hold, or where an assignment was given up
};

struct WeakestOrdersOptions {
  std::function<bool(const SourceOperation&)> wanted;  // null: all atomic operations and fences
  std::uint64_t most_explorations = 2'000;             // of assignments; then what is known is the result
};

// An assignment that a limit keeps from being decided is taken to break. Errors: ModelError, if the program itself
// breaks a rule.
WeakestOrders FindWeakestOrders(const std::vector<Checked>& configurations, const WeakestOrdersOptions& options = {});

}  // namespace doorway
