#include "reports/explanation.h"

#include <fmt/format.h>

#include <algorithm>

namespace doorway {
namespace {

bool IsOperation(const Execution& execution, EventId event) {
  return event < execution.events.size() && execution.events[event].kind != EventKind::kInit;
}

// A read of what the other thread wrote, through which `from` would come before `to` had the memory orders been strong
// enough. REQUIRES, for that to be so: `from` does not happen before `to`.
std::pair<EventId, EventId> FindWeakLink(const Execution& execution, EventId from, EventId to) {
  constexpr std::pair<EventId, EventId> kNone{kNoEvent, kNoEvent};
  if (execution.events[from].thread == execution.events[to].thread) return kNone;
  for (EventId read : execution.threads[execution.events[to].thread].events) {
    if (execution.events[read].index > execution.events[to].index) break;
    if (!execution.events[read].IsRead() || !IsAtomic(execution.events[read].order)) continue;
    const EventId write = execution.events[read].reads_from;
    if (write == kNoEvent || execution.events[write].thread != execution.events[from].thread) continue;
    if (execution.events[write].index < execution.events[from].index) continue;
    return {write, read};
  }
  return kNone;
}

constexpr char kByTheClock[] =
    "As it happened on real threads, by the clock. Of steps at the same time, those come first that others read.";

class Explainer {
 public:
  Explainer(const Run& run, const Evidence& evidence, const Linearization& linearization)
      : run_(run), evidence_(evidence), execution_(evidence.execution), linearization_(linearization) {}

  Explanation Explain() && {
    if (run_.by_clock) {
      explanation_.lines.emplace_back(kByTheClock);
      return std::move(explanation_);
    }
    if (!evidence_.finding.unordered || evidence_.finding.points.size() < 2) {
      ExplainOldValue();
      return std::move(explanation_);
    }
    explanation_.lines.push_back("Nothing orders A before B, nor B before A.");
    const auto [a, b] = explanation_.missing = UnorderedPoints(evidence_);
    if (a == kNoEvent || !(ExplainLink(a, b) || ExplainLink(b, a))) ExplainOldValue();
    return std::move(explanation_);
  }

 private:
  int Step(EventId event) const {
    const auto at = std::find(linearization_.order.begin(), linearization_.order.end(), event);
    return static_cast<int>(at - linearization_.order.begin()) + 1;
  }

  void ExplainOldValue() {
    const EventId read = StaleRead();
    if (read == kNoEvent) return;
    const EventId write = Overwriter(read);
    explanation_.lines.push_back(
        fmt::format("Step {0} reads an old value: nothing orders step {1}, which had overwritten it, before step {0}.",
                    Step(read), Step(write)));
    if (explanation_.missing.first == kNoEvent) explanation_.missing = {write, read};
    ExplainLink(write, read);
  }

  // The stale read that the finding speaks of, else the last one.
  EventId StaleRead() const {
    for (const Point& point : evidence_.finding.points) {
      if (point.event < linearization_.stale.size() && linearization_.stale[point.event]) return point.event;
    }
    EventId last = kNoEvent;
    for (EventId event : linearization_.order) {
      if (linearization_.stale[event]) last = event;
    }
    return last;
  }

  // The write, in a row above `read`, that follows in mo the one that `read` reads.
  EventId Overwriter(EventId read) const {
    const std::vector<EventId>& mo = execution_.modification_order[execution_.events[read].location];
    auto at = std::find(mo.begin(), mo.end(), execution_.events[read].reads_from);
    do ++at;
    while (*at == read || Step(*at) > Step(read));  // there is one: the read is stale
    return *at;
  }

  bool ExplainLink(EventId from, EventId to) {
    const auto link = FindWeakLink(execution_, from, to);
    const auto [write, read] = link;
    if (read == kNoEvent) return false;
    explanation_.weak = link;
    explanation_.lines.push_back(
        fmt::format("Step {} reads what step {} wrote, but {}: {} learns nothing of what {} did before.", Step(read),
                    Step(write), WhyWeak(write, read), ThreadName(run_, execution_.events[read].thread),
                    ThreadName(run_, execution_.events[write].thread)));
    return true;
  }

  // "step 2 is relaxed, not release".
  std::string WhyWeak(EventId write, EventId read) const {
    const Order released = execution_.events[write].order, acquired = execution_.events[read].order;
    std::vector<std::string> reasons;
    if (!IsRelease(released)) {
      reasons.push_back(fmt::format("step {} is {}, not release", Step(write), Name(released)));
    }
    if (!IsAcquire(acquired)) reasons.push_back(fmt::format("step {} is {}, not acquire", Step(read), Name(acquired)));
    return reasons.empty() ? "the two do not synchronize" : fmt::format("{}", fmt::join(reasons, " and "));
  }

  const Run& run_;
  const Evidence& evidence_;
  const Execution& execution_;
  const Linearization& linearization_;
  Explanation explanation_;
};

}  // namespace

std::pair<EventId, EventId> UnorderedPoints(const Evidence& evidence) {
  const Finding& finding = evidence.finding;
  if (!finding.unordered || finding.points.size() < 2) return {kNoEvent, kNoEvent};
  const EventId a = finding.points[0].event, b = finding.points[1].event;
  if (!IsOperation(evidence.execution, a) || !IsOperation(evidence.execution, b)) return {kNoEvent, kNoEvent};
  return {a, b};
}

Explanation Explain(const Run& run, const Evidence& evidence, const Linearization& linearization) {
  return Explainer(run, evidence, linearization).Explain();
}

}  // namespace doorway
