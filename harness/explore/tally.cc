#include "harness/explore/tally.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace doorway {
namespace {

using Json = nlohmann::json;

void Raise(std::vector<Measure>* measures, const Measure& other) {
  for (Measure& measure : *measures) {
    if (measure.name != other.name) continue;
    measure.value = std::max(measure.value, other.value);
    return;
  }
  measures->push_back(other);
}

Json ToJson(const Tally::OfProperty& property) {
  Json measures = Json::array();
  for (const Measure& measure : property.measures) measures.push_back({measure.name, measure.value});
  return {property.antecedents, property.not_evaluated, measures};
}

Tally::OfProperty PropertyOf(const Json& json) {
  Tally::OfProperty property{json.at(0), json.at(1), {}};
  for (const Json& measure : json.at(2)) property.measures.push_back({measure.at(0), measure.at(1)});
  return property;
}

}  // namespace

void Tally::Hit(const std::string& bound) {
  if (std::find(bounds.begin(), bounds.end(), bound) == bounds.end()) bounds.push_back(bound);
}

void Tally::Add(const Tally& other) {
  executions += other.executions;
  represented += other.represented;
  blocked += other.blocked;
  stuck += other.stuck;
  race_checks += other.race_checks;
  native_runs += other.native_runs;
  properties.resize(std::max(properties.size(), other.properties.size()));
  for (std::size_t i = 0; i < other.properties.size(); ++i) {
    properties[i].antecedents += other.properties[i].antecedents;
    properties[i].not_evaluated += other.properties[i].not_evaluated;
    for (const Measure& measure : other.properties[i].measures) Raise(&properties[i].measures, measure);
  }
  for (const std::string& bound : other.bounds) Hit(bound);
}

Tally Tally::Since(const Tally& before) const {
  Tally since = *this;
  since.executions -= before.executions;
  since.represented -= before.represented;
  since.blocked -= before.blocked;
  since.stuck -= before.stuck;
  since.race_checks -= before.race_checks;
  since.native_runs -= before.native_runs;
  for (std::size_t i = 0; i < before.properties.size(); ++i) {
    since.properties[i].antecedents -= before.properties[i].antecedents;
    since.properties[i].not_evaluated -= before.properties[i].not_evaluated;
  }
  return since;
}

std::string WritePart(const PartResult& result) {
  const Tally& tally = result.tally;
  Json properties = Json::array();
  for (const Tally::OfProperty& property : tally.properties) properties.push_back(ToJson(property));
  const Json json = {{"part", result.part},
                     {"done", result.done},
                     {"stops", result.stops},
                     {"claims", result.claims},
                     {"cut_short", result.cut_short},
                     {"position", result.position},
                     {"executions", tally.executions},
                     {"represented", tally.represented},
                     {"blocked", tally.blocked},
                     {"stuck", tally.stuck},
                     {"race_checks", tally.race_checks},
                     {"native_runs", tally.native_runs},
                     {"properties", properties},
                     {"bounds", tally.bounds}};
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

PartResult ReadPart(const std::string& line) try {
  const Json json = Json::parse(line);
  PartResult result;
  result.part = json.at("part");
  result.done = json.at("done");
  result.stops = json.at("stops");
  result.claims = json.at("claims").get<std::vector<std::string>>();
  result.cut_short = json.at("cut_short").get<std::vector<std::string>>();
  result.position = json.at("position").get<Position>();
  Tally& tally = result.tally;
  tally.executions = json.at("executions");
  tally.represented = json.at("represented");
  tally.blocked = json.at("blocked");
  tally.stuck = json.at("stuck");
  tally.race_checks = json.at("race_checks");
  tally.native_runs = json.at("native_runs");
  for (const Json& property : json.at("properties")) tally.properties.push_back(PropertyOf(property));
  tally.bounds = json.at("bounds").get<std::vector<std::string>>();
  return result;
} catch (const Json::exception& error) {
  throw std::runtime_error(std::string("this is no part of a search: ") + error.what());
}

}  // namespace doorway
