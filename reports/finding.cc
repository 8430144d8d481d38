#include "reports/finding.h"

#include <fmt/format.h>

#include <algorithm>

#include "reports/lasso.h"
#include "reports/linearize.h"
#include "reports/operation.h"
#include "reports/table.h"

namespace doorway {
namespace {

bool IsOperation(const Execution& execution, EventId event) {
  return event < execution.events.size() && execution.events[event].kind != EventKind::kInit;
}

// The two points that nothing orders, if the finding says so.
std::pair<EventId, EventId> Unordered(const Evidence& evidence) {
  const Finding& finding = evidence.finding;
  if (!finding.unordered || finding.points.size() < 2) return {kNoEvent, kNoEvent};
  const EventId a = finding.points[0].event, b = finding.points[1].event;
  if (!IsOperation(evidence.execution, a) || !IsOperation(evidence.execution, b)) return {kNoEvent, kNoEvent};
  return {a, b};
}

Linearization InReadingOrder(const Evidence& evidence, bool by_clock = false) {
  if (evidence.lasso.has_value() || by_clock) return InEventOrder(evidence.execution);
  LinearizeOptions options;
  options.together = Unordered(evidence);
  return Linearize(evidence.execution, options);
}

std::vector<TableRow> Rows(const Run& run, const Evidence& evidence, const Linearization& linearization) {
  const Lasso* lasso = evidence.lasso.has_value() ? &*evidence.lasso : nullptr;
  std::vector<TableRow> rows = BuildRows(run, evidence.execution, linearization, &evidence.finding, lasso);
  return lasso == nullptr ? rows : WithCycle(evidence, linearization, rows);
}

const TableRow* RowOfPoint(const std::vector<TableRow>& rows, std::size_t point) {
  for (const TableRow& row : rows) {
    if (row.points.find(PointLetter(point)) != std::string::npos) return &row;
  }
  return nullptr;
}

std::string Sentence(const Finding& finding, const std::vector<TableRow>& rows) {
  std::vector<std::string> sources;
  for (std::size_t i = 0; i < finding.points.size(); ++i) {
    const TableRow* row = RowOfPoint(rows, i);
    if (row != nullptr && !row->source.empty() &&
        std::find(sources.begin(), sources.end(), row->source) == sources.end()) {
      sources.push_back(row->source);
    }
  }
  if (sources.empty()) return finding.sentence;
  return fmt::format("{} ({})", finding.sentence, fmt::join(sources, ", "));
}

// "  A  T0, step 3: enter (red)".
std::string Points(const Run& run, const Evidence& evidence, const std::vector<TableRow>& rows) {
  std::string text;
  for (std::size_t i = 0; i < evidence.finding.points.size(); ++i) {
    const Point& point = evidence.finding.points[i];
    const TableRow* row = RowOfPoint(rows, i);
    std::string where;
    if (row != nullptr) {
      where = ThreadName(run, row->thread) + (row->step > 0 ? fmt::format(", step {}", row->step) : "") + ": ";
    }
    std::string what = point.what;
    if (what.empty() && point.event < evidence.execution.events.size()) {
      what = ShowOperation(evidence.execution, point.event);
    }
    text += fmt::format("  {}  {}{}\n", PointLetter(i), where, what);
  }
  return text;
}

// A read of what the other thread wrote, through which `from` would come before `to` had the memory orders been strong
// enough. REQUIRES, for that to be so: `from` does not happen before `to`.
struct WeakLink {
  EventId write = kNoEvent;
  EventId read = kNoEvent;
};

WeakLink FindWeakLink(const Execution& execution, EventId from, EventId to) {
  if (execution.events[from].thread == execution.events[to].thread) return {};
  for (EventId read : execution.threads[execution.events[to].thread].events) {
    if (execution.events[read].index > execution.events[to].index) break;
    if (!execution.events[read].IsRead() || !IsAtomic(execution.events[read].order)) continue;
    const EventId write = execution.events[read].reads_from;
    if (write == kNoEvent || execution.events[write].thread != execution.events[from].thread) continue;
    if (execution.events[write].index < execution.events[from].index) continue;
    return {write, read};
  }
  return {};
}

// Says which order is missing, in terms of the table's steps.
class Explanation {
 public:
  static constexpr char kByTheClock[] =
      "  As it happened on real threads, by the clock. Of steps at the same time, those come first that others read.\n";

  Explanation(const Run& run, const Evidence& evidence, const Linearization& linearization)
      : run_(run), evidence_(evidence), execution_(evidence.execution), linearization_(linearization) {}

  std::string Text() const {
    if (run_.by_clock) return kByTheClock;
    if (!evidence_.finding.unordered || evidence_.finding.points.size() < 2) return OldValue();
    const auto [a, b] = Unordered(evidence_);
    std::string why;
    if (a != kNoEvent) why = Link(a, b);
    if (a != kNoEvent && why.empty()) why = Link(b, a);
    return "  Nothing orders A before B, nor B before A.\n" + (why.empty() ? OldValue() : why);
  }

 private:
  int Step(EventId event) const {
    const auto at = std::find(linearization_.order.begin(), linearization_.order.end(), event);
    return static_cast<int>(at - linearization_.order.begin()) + 1;
  }

  std::string OldValue() const {
    const EventId read = StaleRead();
    if (read == kNoEvent) return "";
    const EventId write = Overwriter(read);
    return fmt::format(
               "  Step {0} reads an old value: nothing orders step {1}, which had overwritten it, before step {0}.\n",
               Step(read), Step(write)) +
           Link(write, read);
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

  std::string Link(EventId from, EventId to) const {
    const WeakLink link = FindWeakLink(execution_, from, to);
    if (link.read == kNoEvent) return "";
    return fmt::format("  Step {} reads what step {} wrote, but {}: {} learns nothing of what {} did before.\n",
                       Step(link.read), Step(link.write), WhyWeak(link),
                       ThreadName(run_, execution_.events[link.read].thread),
                       ThreadName(run_, execution_.events[link.write].thread));
  }

  // "step 2 is relaxed, not release".
  std::string WhyWeak(const WeakLink& link) const {
    const auto write = execution_.events[link.write].order, read = execution_.events[link.read].order;
    std::vector<std::string> reasons;
    if (!IsRelease(write)) reasons.push_back(fmt::format("step {} is {}, not release", Step(link.write), Name(write)));
    if (!IsAcquire(read)) reasons.push_back(fmt::format("step {} is {}, not acquire", Step(link.read), Name(read)));
    return reasons.empty() ? "the two do not synchronize" : fmt::format("{}", fmt::join(reasons, " and "));
  }

  const Run& run_;
  const Evidence& evidence_;
  const Execution& execution_;
  const Linearization& linearization_;
};

// How to read the table; only what stands in it.
std::string Legend(const std::vector<TableRow>& rows) {
  const auto shown = [&](std::string_view sign) {
    return std::any_of(rows.begin(), rows.end(),
                       [&](const TableRow& row) { return row.text.find(sign) != std::string::npos; });
  };
  std::vector<std::string> signs;
  if (shown("← ")) signs.push_back("← T0:2  reads what step 2, of T0, wrote; init is the initial value");
  if (shown(" STALE")) signs.push_back("STALE   a row above has already overwritten what is read");
  if (shown("⧖ ")) signs.push_back("⧖       a thread that waits");
  if (shown("↻ ")) signs.push_back("↻       the reads above it, with the same values");
  std::string legend;
  for (const std::string& sign : signs) legend += "  " + sign + "\n";
  return legend.empty() ? "" : "\n" + legend;
}

}  // namespace

std::vector<EventId> FindingOrder(const Evidence& evidence) { return InReadingOrder(evidence).order; }

std::string FindingSentence(const Run& run, const Evidence& evidence) {
  return Sentence(evidence.finding, Rows(run, evidence, InReadingOrder(evidence, run.by_clock)));
}

std::string RenderFinding(const Run& run, Property::Kind kind, const Evidence& evidence) {
  const Linearization linearization = InReadingOrder(evidence, run.by_clock);
  const std::vector<TableRow> rows = Rows(run, evidence, linearization);
  std::string text = fmt::format("{} {}: {}.\n", kind == Property::Kind::kExists ? "WITNESS" : "VIOLATED",
                                 evidence.finding.claim, Sentence(evidence.finding, rows));
  text += Points(run, evidence, rows);
  text += evidence.lasso.has_value() ? ExplainLasso(run, evidence) : Explanation(run, evidence, linearization).Text();
  text += "\n" + RenderRows(run, evidence.execution, rows) + Legend(rows);
  return text;
}

}  // namespace doorway
