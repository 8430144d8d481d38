#include "reports/finding_view.h"

#include <fmt/format.h>

#include <algorithm>

#include "reports/explanation.h"
#include "reports/lasso.h"
#include "reports/operation.h"

namespace doorway {
namespace {

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

std::vector<PointView> Points(const Run& run, const Evidence& evidence, const std::vector<TableRow>& rows) {
  std::vector<PointView> points;
  for (std::size_t i = 0; i < evidence.finding.points.size(); ++i) {
    const Point& point = evidence.finding.points[i];
    const TableRow* row = RowOfPoint(rows, i);
    PointView view;
    view.letter = PointLetter(i);
    if (row != nullptr) {
      view.where = ThreadName(run, row->thread) + (row->step > 0 ? fmt::format(", step {}", row->step) : "");
      view.step = row->step;
    }
    view.what = point.what;
    if (view.what.empty() && point.event < evidence.execution.events.size()) {
      view.what = ShowOperation(evidence.execution, point.event);
    }
    points.push_back(std::move(view));
  }
  return points;
}

// How to read the rows; only what stands in them.
std::vector<std::pair<std::string, std::string>> Legend(const std::vector<TableRow>& rows) {
  const auto shown = [&](std::string_view sign) {
    return std::any_of(rows.begin(), rows.end(),
                       [&](const TableRow& row) { return row.text.find(sign) != std::string::npos; });
  };
  std::vector<std::pair<std::string, std::string>> signs;
  if (shown("← ")) signs.emplace_back("← T0:2", "reads what step 2, of T0, wrote; init is the initial value");
  if (shown(" STALE")) signs.emplace_back("STALE", "a row above has already overwritten what is read");
  if (shown("⧖ ")) signs.emplace_back("⧖", "a thread that waits");
  if (shown("↻ ")) signs.emplace_back("↻", "the reads above it, with the same values");
  return signs;
}

}  // namespace

Linearization InReadingOrder(const Evidence& evidence, bool by_clock) {
  if (evidence.lasso.has_value() || by_clock) return InEventOrder(evidence.execution);
  LinearizeOptions options;
  options.together = UnorderedPoints(evidence);
  return Linearize(evidence.execution, options);
}

FindingView ViewFinding(const Run& run, Property::Kind kind, const Evidence& evidence) {
  const Lasso* lasso = evidence.lasso.has_value() ? &*evidence.lasso : nullptr;
  FindingView view;
  view.word = kind == Property::Kind::kExists ? "WITNESS" : "VIOLATED";
  view.linearization = InReadingOrder(evidence, run.by_clock);
  view.rows = BuildRows(run, evidence.execution, view.linearization, &evidence.finding, lasso);
  if (lasso != nullptr) {
    view.rows = WithCycle(evidence, view.linearization, view.rows);
    view.explanation = ExplainLasso(run, evidence);
  } else {
    Explanation explanation = Explain(run, evidence, view.linearization);
    view.explanation = std::move(explanation.lines);
    view.missing = explanation.missing;
    view.weak = explanation.weak;
  }
  view.sentence = Sentence(evidence.finding, view.rows);
  view.points = Points(run, evidence, view.rows);
  view.legend = Legend(view.rows);
  return view;
}

}  // namespace doorway
