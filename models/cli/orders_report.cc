#include "models/cli/orders_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "models/cli/text_table.h"

namespace doorway {
namespace {

using Json = nlohmann::ordered_json;

std::string InWords(const Run& run) {
  std::string words = run.model;
  for (const auto& [name, value] : run.configuration) words += fmt::format(" {}={}", name, value);
  return words;
}

// A fence without order is none.
std::string Show(const OrderChoice& choice, Order order) {
  return choice.op == Op::kFence && order == Order::kRelaxed ? "no fence" : Name(order);
}

std::string WhyNotWeaker(const std::vector<Run>& runs, const OrderChoice& choice, const OrderChoice::Weaker& weaker) {
  const Broken& broken = weaker.broken;
  std::string text = fmt::format("{}: {}", Show(choice, weaker.order), broken.claim);
  if (!broken.claim.empty() && !broken.sentence.empty()) text += ", ";
  text += broken.sentence;
  if (runs.size() > 1) text += fmt::format(" [{}]", InWords(runs[broken.configuration]));
  return text;
}

}  // namespace

std::string RenderOrders(const std::vector<Run>& runs, const WeakestOrders& orders) {
  TextTable table;
  table.Add({"operation", "used", "needed", "if weaker"});
  for (const OrderChoice& choice : orders.choices) {
    const std::string where = Show(choice.where) + (choice.of_failure ? " (failure)" : "");
    std::vector<std::string> row = {where, Show(choice, choice.used),
                                    choice.used == choice.needed ? "=" : Show(choice, choice.needed)};
    if (choice.next_weaker.empty()) table.Add(row);
    for (const OrderChoice::Weaker& weaker : choice.next_weaker) {
      row.push_back(WhyNotWeaker(runs, choice, weaker));
      table.Add(row);
      row = {"", "", ""};
    }
  }
  const auto stronger = std::count_if(orders.choices.begin(), orders.choices.end(),
                                      [](const auto& choice) { return choice.used != choice.needed; });
  std::string text = table.Text();
  text +=
      fmt::format("\n{} of {} orders are stronger than needed; cost used {}, needed {}{} ({} explorations)\n", stronger,
                  orders.choices.size(), orders.cost_used, orders.cost_needed,
                  orders.cheapest ? ", the least there is" : "; something cheaper may hold, too", orders.explorations);
  text += fmt::format("that holds under {} for", Name(orders.originals.front().memory));
  for (const Run& run : runs) text += fmt::format("{} {}", &run == &runs.front() ? "" : ",", InWords(run));
  text += "\n";
  for (const std::string& bound : orders.bounds) text += fmt::format("within a bound: {}\n", bound);
  return text;
}

std::string OrdersJson(const std::vector<Run>& runs, const WeakestOrders& orders) {
  Json json;
  json["schema"] = "doorway.orders/1";
  json["model"] = runs.front().model;
  json["configurations"] = Json::array();
  for (const Run& run : runs) {
    Json configuration = Json::object();
    for (const auto& [name, value] : run.configuration) configuration[name] = value;
    json["configurations"].push_back(std::move(configuration));
  }
  json["memory_model"] = Name(orders.originals.front().memory);
  json["cost_used"] = orders.cost_used;
  json["cost_needed"] = orders.cost_needed;
  json["cheapest"] = orders.cheapest;
  json["explorations"] = orders.explorations;
  json["bounds_hit"] = orders.bounds;
  json["orders"] = Json::array();
  for (const OrderChoice& choice : orders.choices) {
    Json one;
    one["file"] = choice.where.site.file;
    one["line"] = choice.where.site.line;
    one["operation"] = choice.where.verb;
    one["of_failure"] = choice.of_failure;
    one["used"] = Name(choice.used);
    one["needed"] = Name(choice.needed);
    one["weaker"] = Json::array();
    for (const OrderChoice::Weaker& weaker : choice.next_weaker) {
      Json broken;
      broken["order"] = Name(weaker.order);
      broken["claim"] = weaker.broken.claim.empty() ? Json(nullptr) : Json(weaker.broken.claim);
      broken["sentence"] = weaker.broken.sentence;
      broken["configuration"] = weaker.broken.configuration;
      one["weaker"].push_back(std::move(broken));
    }
    json["orders"].push_back(std::move(one));
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace doorway
