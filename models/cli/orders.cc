#include <fmt/format.h>

#include <cstdio>

#include "harness/behaviour/model_error.h"
#include "harness/mutate/weakest_orders.h"
#include "models/cli/checked_model.h"
#include "models/cli/commands.h"
#include "models/cli/interrupt.h"
#include "models/cli/orders_report.h"
#include "models/cli/outputs.h"
#include "models/cli/paths.h"
#include "models/cli/ranges.h"
#include "reports/files.h"

// `doorway orders`: the weakest memory orders with which a model's claims hold.

namespace doorway {
namespace {

ExitCode CodeOf(const WeakestOrders& orders, const OrdersOptions& options) {
  if (Interrupted()) return ExitCode::kUnknown;
  if (!options.expect_used) return orders.cheapest ? ExitCode::kOk : ExitCode::kUnknown;
  const bool as_expected = orders.cheapest && orders.cost_used == options.expect_used &&
                           orders.cost_needed == options.expect_needed.value_or(*options.expect_used);
  if (!as_expected) {
    fmt::print("FAIL: expected are orders of cost {}, of which {} is needed\n", *options.expect_used,
               options.expect_needed.value_or(*options.expect_used));
  }
  return as_expected ? ExitCode::kOk : ExitCode::kViolated;
}

}  // namespace

ExitCode Orders(const OrdersOptions& options) {
  std::vector<RunRequest> requests;
  const Model& model = ModelNamed(options.check.models.front());
  if (options.ranges.empty()) {
    requests.push_back(GraphRequestOf(options.check, "orders"));
  } else {
    for (const Configuration& configuration : ConfigurationsOf(model, options.ranges)) {
      CheckOptions one = options.check;
      for (const auto& [name, value] : configuration.values()) one.parameters.emplace_back(name, std::to_string(value));
      requests.push_back(GraphRequestOf(one, "orders"));
    }
  }
  if (!options.check.json.empty()) CheckWritable(FromUser(options.check.json));
  WatchInterrupts();
  std::vector<Checked> configurations;
  std::vector<Run> runs;
  for (const RunRequest& request : requests) {
    configurations.push_back(CheckedOf(request));
    runs.push_back(RunOf(request));
  }
  WeakestOrdersOptions search;
  search.wanted = InFiles(options.in);
  WeakestOrders orders;
  try {
    orders = FindWeakestOrders(configurations, search);
  } catch (const ModelError& error) {
    fmt::print(stderr, "doorway: model {}: {}\n", model.name, error.what());
    return ExitCode::kBad;
  }
  const Report& last = orders.originals.back();
  if (FailsUnchanged(requests[orders.originals.size() - 1], last)) return CodeOf(last.verdict);
  if (orders.choices.empty()) throw UsageError(NothingToChange(requests.front(), options.in));
  fmt::print("{}", RenderOrders(runs, orders));
  if (!options.check.json.empty()) WriteFile(FromUser(options.check.json), OrdersJson(runs, orders));
  return CodeOf(orders, options);
}

}  // namespace doorway
