#include "reports/html/data.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "reports/explanation.h"
#include "reports/html/escape.h"
#include "reports/lasso.h"
#include "reports/operation.h"
#include "reports/relations.h"

namespace doorway::html {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kLongestValue = 80;                     // characters
constexpr std::size_t kMostKnowledge = std::size_t{1} << 22;  // events x locations
constexpr std::pair<EventId, EventId> kNone{kNoEvent, kNoEvent};

class Data {
 public:
  Data(const Run& run, const Evidence& evidence, MemoryModel memory, const FindingView& view)
      : run_(run), evidence_(evidence), execution_(evidence.execution), memory_(memory), view_(view) {
    step_of_.assign(execution_.events.size(), 0);
    const std::vector<EventId>& order = view.linearization.order;
    for (std::size_t i = 0; i < order.size(); ++i) step_of_[order[i]] = static_cast<int>(i) + 1;
  }

  Json All() {
    Json json;
    json["threads"] = Json::array();
    for (std::size_t t = 0; t < execution_.threads.size(); ++t) {
      json["threads"].push_back(ThreadName(run_, static_cast<int>(t)));
    }
    json["locations"] = Locations();
    json["steps"] = Steps();
    json["knowledge"] = LoadsMayBeStale();
    const Arrows arrows = ArrowsOf(execution_);
    json["arrows"] = {
        {"rf", Steps(arrows.rf)}, {"mo", Steps(arrows.mo)}, {"fr", Steps(arrows.fr)}, {"hb", Steps(arrows.hb)}};
    json["points"] = Json::array();
    for (const PointView& point : view_.points) json["points"].push_back(point.step);
    json["cursor"] = Cursor();
    json["missing"] = Pair(view_.missing);
    json["unordered"] = UnorderedPoints(evidence_) != kNone;
    json["weak"] = Pair(view_.weak);
    json["cycle"] = Cycle();
    return json;
  }

 private:
  // By location of the execution, its number in the page: those that no event touches are left out.
  Json Locations() {
    number_of_.assign(execution_.modification_order.size(), -1);
    Json locations = Json::array();
    for (const Event& event : execution_.events) {
      if (event.kind == EventKind::kInit || event.location == kNoLocation) continue;
      if (event.location < number_of_.size()) number_of_[event.location] = 0;
    }
    int next = 0;
    for (std::size_t l = 0; l < number_of_.size(); ++l) {
      if (number_of_[l] < 0) continue;
      number_of_[l] = next++;
      const auto location = static_cast<LocationId>(l);
      Json writes = Json::array();
      for (const EventId write : execution_.modification_order[l]) {
        const std::string value = ShowValue(execution_, location, execution_.events[write].written);
        writes.push_back({step_of_[write], Visible(value, kLongestValue)});
      }
      locations.push_back(
          {{"name", Visible(LocationName(execution_, location), kLongestValue)}, {"writes", std::move(writes)}});
    }
    return locations;
  }

  bool LoadsMayBeStale() const {
    const std::size_t size = execution_.events.size() * execution_.modification_order.size();
    return !run_.by_clock && memory_ == MemoryModel::kRc11 && size <= kMostKnowledge;
  }

  Json Steps() {
    const std::vector<std::int32_t> places = PlacesInMo(execution_);
    std::vector<std::vector<Learned>> learned(execution_.events.size());
    if (LoadsMayBeStale()) learned = Knowledge(execution_);
    Json steps = Json::array();
    for (const EventId e : view_.linearization.order) {
      const Event& event = execution_.events[e];
      const bool reads = event.IsRead() && event.reads_from != kNoEvent;
      Json knowledge = Json::array();
      for (const Learned& fact : learned[e]) {
        if (number_of_[fact.location] >= 0) knowledge.push_back({number_of_[fact.location], fact.place});
      }
      steps.push_back({event.thread, event.location == kNoLocation ? -1 : number_of_[event.location],
                       event.IsWrite() ? places[e] : -1, reads ? places[event.reads_from] : -1, std::move(knowledge)});
    }
    return steps;
  }

  Json Steps(const std::vector<Arrow>& arrows) const {
    Json steps = Json::array();
    for (const auto& [from, to] : arrows) steps.push_back({step_of_[from], step_of_[to]});
    return steps;
  }

  Json Pair(std::pair<EventId, EventId> events) const {
    return events == kNone ? Json(nullptr) : Json::array({step_of_[events.first], step_of_[events.second]});
  }

  // Where a reader should look first: at the last of the points, else at the missing order, else at the end.
  int Cursor() const {
    int last_point = 0, last = 0;
    for (const PointView& point : view_.points) last_point = std::max(last_point, point.step);
    for (const TableRow& row : view_.rows) last = std::max(last, row.step);
    if (view_.missing != kNone && last_point == 0) {
      return std::max(step_of_[view_.missing.first], step_of_[view_.missing.second]);
    }
    return last_point > 0 ? last_point : last;
  }

  Json Cycle() const {
    if (!evidence_.lasso.has_value()) return nullptr;
    const int first = CycleBeginsAtStep(evidence_), last = static_cast<int>(view_.linearization.order.size());
    return first > last ? Json(nullptr) : Json::array({first, last});
  }

  const Run& run_;
  const Evidence& evidence_;
  const Execution& execution_;
  const MemoryModel memory_;
  const FindingView& view_;
  std::vector<int> step_of_;
  std::vector<int> number_of_;
};

}  // namespace

std::string PageData(const Run& run, const Evidence& evidence, MemoryModel memory, const FindingView& view) {
  return ForScript(
      Data(run, evidence, memory, view).All().dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

}  // namespace doorway::html
