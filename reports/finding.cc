#include "reports/finding.h"

#include <fmt/format.h>

#include <algorithm>

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

Linearization InReadingOrder(const Evidence& evidence) {
  LinearizeOptions options;
  options.together = Unordered(evidence);
  return Linearize(evidence.execution, options);
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

// A read that saw the other thread's write and could have ordered the two points, had the orders been strong enough.
struct WeakLink {
  EventId write = kNoEvent;
  EventId read = kNoEvent;
};

WeakLink FindWeakLink(const Execution& execution, EventId from, EventId to) {
  for (EventId read : execution.threads[execution.events[to].thread].events) {
    if (execution.events[read].index > execution.events[to].index) break;
    const EventId write = execution.events[read].IsRead() ? execution.events[read].reads_from : kNoEvent;
    if (write == kNoEvent || execution.events[write].thread != execution.events[from].thread) continue;
    if (execution.events[write].index < execution.events[from].index || execution.Before(write, read)) continue;
    return {write, read};
  }
  return {};
}

// "step 2 is relaxed, not release".
std::string WhyWeak(const Execution& execution, const WeakLink& link, int write_step, int read_step) {
  const Order write = execution.events[link.write].order, read = execution.events[link.read].order;
  std::vector<std::string> reasons;
  if (!IsRelease(write)) reasons.push_back(fmt::format("step {} is {}, not release", write_step, Name(write)));
  if (!IsAcquire(read)) reasons.push_back(fmt::format("step {} is {}, not acquire", read_step, Name(read)));
  return reasons.empty() ? "the two do not synchronize" : fmt::format("{}", fmt::join(reasons, " and "));
}

std::string MissingOrder(const Run& run, const Evidence& evidence, const Linearization& linearization) {
  const auto [a, b] = Unordered(evidence);
  if (!evidence.finding.unordered || evidence.finding.points.size() < 2) return "";
  std::string text = "  Nothing orders A before B, nor B before A.\n";
  if (a == kNoEvent) return text;
  const Execution& execution = evidence.execution;
  const auto step = [&](EventId e) {
    const auto at = std::find(linearization.order.begin(), linearization.order.end(), e);
    return static_cast<int>(at - linearization.order.begin()) + 1;
  };
  for (const auto& [from, to] : {std::pair(a, b), std::pair(b, a)}) {
    if (execution.events[from].thread == execution.events[to].thread) continue;
    const WeakLink link = FindWeakLink(execution, from, to);
    if (link.read == kNoEvent) continue;
    text += fmt::format("  Step {} reads what step {} wrote, but {}: {} learns nothing of what {} did before.\n",
                        step(link.read), step(link.write),
                        WhyWeak(execution, link, step(link.write), step(link.read)),
                        ThreadName(run, execution.events[link.read].thread),
                        ThreadName(run, execution.events[link.write].thread));
    break;
  }
  return text;
}

// How to read the table; only what stands in it.
std::string Legend(const std::vector<TableRow>& rows) {
  const auto shown = [&](std::string_view sign) {
    return std::any_of(rows.begin(), rows.end(),
                       [&](const TableRow& row) { return row.text.find(sign) != std::string::npos; });
  };
  std::vector<std::string> signs;
  if (shown("← ")) signs.push_back("← T0:2 reads what step 2, T0's, wrote; init is the initial value");
  if (shown(" STALE")) signs.push_back("STALE: a row above has already overwritten what is read");
  if (shown("⧖ ")) signs.push_back("⧖ a thread that waits");
  return signs.empty() ? "" : fmt::format("  ({})\n", fmt::join(signs, ". "));
}

}  // namespace

std::vector<EventId> FindingOrder(const Evidence& evidence) { return InReadingOrder(evidence).order; }

std::string FindingSentence(const Run& run, const Evidence& evidence) {
  return Sentence(evidence.finding, BuildRows(run, evidence.execution, InReadingOrder(evidence), &evidence.finding));
}

std::string RenderFinding(const Run& run, Property::Kind kind, const Evidence& evidence) {
  const Linearization linearization = InReadingOrder(evidence);
  const std::vector<TableRow> rows = BuildRows(run, evidence.execution, linearization, &evidence.finding);
  std::string text = fmt::format("{} {}: {}.\n", kind == Property::Kind::kExists ? "WITNESS" : "VIOLATED",
                                 evidence.finding.claim, Sentence(evidence.finding, rows));
  text += Points(run, evidence, rows);
  text += MissingOrder(run, evidence, linearization);
  text += "\n" + RenderRows(run, evidence.execution, rows) + Legend(rows);
  return text;
}

}  // namespace doorway
