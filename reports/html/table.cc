#include "reports/html/table.h"

#include <fmt/format.h>

#include <algorithm>

#include "reports/html/escape.h"
#include "reports/lasso.h"
#include "reports/operation.h"

namespace doorway::html {
namespace {

constexpr std::size_t kAroundPoints = 12;  // rows that are never cut, before and after a point
constexpr std::size_t kMostWrites = 40;    // of a variable, in the table of variables
constexpr std::size_t kLongestLine = 120;  // characters of a source line beside an event
constexpr char kWaits[] = "⧖ ";            // how rows begin (reports/table.cc)
constexpr char kFailed[] = "✗ ";
constexpr int kThreadColours = 6;  // page.css has as many

std::string Span(const char* type, const std::string& text) {
  return text.empty() ? "" : fmt::format("<span class=\"{}\">{}</span>", type, Escape(text));
}

std::string BreakableAtSlashes(const std::string& html) {
  std::string breakable;
  for (const char c : html) {
    breakable += c;
    if (c == '/') breakable += "<wbr>";
  }
  return breakable;
}

const char* ClassOf(TableRow::Kind kind) {
  switch (kind) {
    case TableRow::Kind::kEvent:
      return "event";
    case TableRow::Kind::kMark:
      return "mark";
    case TableRow::Kind::kEnd:
      return "end";
    case TableRow::Kind::kFolded:
      return "folded";
    case TableRow::Kind::kAcross:
      return "across";
  }
  return "";
}

class Rows {
 public:
  Rows(const Run& run, const Evidence& evidence, const FindingView& view, const Excerpts& excerpts)
      : run_(run), evidence_(evidence), execution_(evidence.execution), view_(view), excerpts_(excerpts) {
    if (evidence.lasso.has_value()) cycle_begins_ = CycleBeginsAtStep(evidence);
  }

  std::string Html() const {
    std::string html = "<table class=\"rows\">\n<thead><tr><th scope=\"col\" class=\"step\">step</th>";
    for (std::size_t t = 0; t < execution_.threads.size(); ++t) {
      html += fmt::format("<th scope=\"col\" class=\"lane t{}\">{}{}</th>", t % kThreadColours,
                          Escape(ThreadName(run_, static_cast<int>(t))),
                          execution_.threads[t].daemon ? " <small>daemon</small>" : "");
    }
    html += "<th scope=\"col\" class=\"source\">source</th></tr></thead>\n<tbody>\n";
    bool in_cycle = false;
    for (const TableRow& row : view_.rows) {
      if (row.step > 0 && cycle_begins_ > 0 && row.step >= cycle_begins_) in_cycle = true;
      html += row.kind == TableRow::Kind::kAcross ? Across(row) : Row(row, in_cycle && row.step > 0);
    }
    return html + "</tbody></table>\n";
  }

 private:
  std::string Across(const TableRow& row) const {
    return fmt::format("<tr class=\"across\"><td colspan=\"{}\">{}</td></tr>\n", execution_.threads.size() + 2,
                       Escape(row.text));
  }

  std::string Row(const TableRow& row, bool in_cycle) const {
    std::string classes = fmt::format("{} t{}", ClassOf(row.kind), row.thread % kThreadColours);
    if (!row.points.empty()) classes += " point";
    if (row.stale) classes += " old";
    if (in_cycle) classes += " cycle";
    if (row.text.starts_with(kWaits) || row.text.starts_with(kFailed)) classes += " waits";
    if (row.kind == TableRow::Kind::kEvent) {
      if (!evidence_.finding.unordered && (row.event == view_.missing.first || row.event == view_.missing.second)) {
        classes += " missing";
      }
      if (IsWeak(row.event)) classes += " weak";
    }
    const std::string id = row.step > 0 ? fmt::format(" id=\"step-{0}\" data-step=\"{0}\"", row.step) : "";
    std::string html = fmt::format("<tr class=\"{}\"{} data-thread=\"{}\">", classes, id, row.thread);
    html += fmt::format("<th scope=\"row\" class=\"step\">{}{}</th>", Letters(row),
                        row.step > 0 ? fmt::format("{}", row.step) : "");
    for (int t = 0; t < static_cast<int>(execution_.threads.size()); ++t) {
      html += t == row.thread ? Cell(row) : "<td class=\"lane\"></td>";
    }
    return html + SourceCell(row) + "</tr>\n";
  }

  // Whether the event's memory order keeps the weak link from ordering anything.
  bool IsWeak(EventId event) const {
    return (event == view_.weak.first && !IsRelease(execution_.events[event].order)) ||
           (event == view_.weak.second && !IsAcquire(execution_.events[event].order));
  }

  static std::string Letters(const TableRow& row) {
    std::string html;
    for (const char letter : row.points) html += fmt::format("<b class=\"letter\">{}</b>", letter);
    return html;
  }

  // The name of the thread is for screens too narrow for columns.
  std::string Cell(const TableRow& row) const {
    const std::string text =
        row.kind == TableRow::Kind::kEvent && !row.in_words ? Operation(row) : Span("words", WithoutSource(row));
    return fmt::format("<td class=\"lane own\"><span class=\"card\"><span class=\"who\">{}</span>{}{}</span></td>",
                       Escape(ThreadName(run_, row.thread)), text, From(row));
  }

  std::string Operation(const TableRow& row) const {
    const OperationWords words(execution_, row.event);
    std::string html = Span("object", words.object) + (words.object.empty() ? "" : ".<wbr>") + Span("verb", words.verb);
    html +=
        "(<wbr>" + Span("arguments", words.arguments) + (words.arguments.empty() || words.order.empty() ? "" : ", ");
    return html + Span("order", words.order) + ")" + Span("outcome", words.outcome);
  }

  // The text up to where a value is from, which is set apart; without the sign of a thread that waits, which not every
  // font has: its row looks like none other.
  static std::string WithoutSource(const TableRow& row) {
    const std::string text = row.from.empty() ? row.text : row.text.substr(0, row.text.find(" ← " + row.from));
    return text.starts_with(kWaits) ? text.substr(std::string_view(kWaits).size()) : text;
  }

  static std::string From(const TableRow& row) {
    if (row.from.empty()) return "";
    const std::size_t colon = row.from.rfind(':');
    std::string html = " <span class=\"from\">← ";
    html += colon == std::string::npos
                ? Escape(row.from)
                : fmt::format("<a href=\"#step-{}\">{}</a>", Escape(row.from.substr(colon + 1)), Escape(row.from));
    return html + "</span>" + (row.stale ? " <em class=\"stale\">STALE</em>" : "");
  }

  std::string SourceCell(const TableRow& row) const {
    if (row.source.empty()) return "<td class=\"source\"></td>";
    const std::string id = excerpts_.IdOf(row.site);
    const std::string place = BreakableAtSlashes(Escape(row.source));
    std::string html = "<td class=\"source\">";
    html += id.empty() ? fmt::format("<span class=\"place\">{}</span>", place)
                       : fmt::format("<a class=\"place\" href=\"#{}\">{}</a>", id, place);
    const std::string line = excerpts_.LineOf(row.site);
    if (!line.empty()) html += fmt::format("<code>{}</code>", Escape(line, kLongestLine));
    return html + "</td>";
  }

  const Run& run_;
  const Evidence& evidence_;
  const Execution& execution_;
  const FindingView& view_;
  const Excerpts& excerpts_;
  int cycle_begins_ = 0;
};

}  // namespace

std::string RowsTable(const Run& run, const Evidence& evidence, const FindingView& view, const Excerpts& excerpts) {
  return Rows(run, evidence, view, excerpts).Html();
}

std::string VariablesTable(const Run& run, const Evidence& evidence, const FindingView& view) {
  const Execution& execution = evidence.execution;
  std::vector<int> step_of(execution.events.size(), 0);
  std::vector<bool> touched(execution.modification_order.size(), false);
  for (std::size_t i = 0; i < view.linearization.order.size(); ++i) {
    const Event& event = execution.events[view.linearization.order[i]];
    step_of[view.linearization.order[i]] = static_cast<int>(i) + 1;
    if (event.location < touched.size()) touched[event.location] = true;
  }
  std::string html =
      "<table class=\"variables\">\n<thead><tr><th scope=\"col\">variable</th><th scope=\"col\">values, in the order "
      "of "
      "their writes</th></tr></thead>\n<tbody>\n";
  for (std::size_t l = 0; l < touched.size(); ++l) {
    if (!touched[l]) continue;
    const auto location = static_cast<LocationId>(l);
    html += fmt::format("<tr><th scope=\"row\">{}</th><td>", Escape(LocationName(execution, location)));
    const std::vector<EventId>& mo = execution.modification_order[l];
    for (std::size_t i = 0; i < mo.size() && i < kMostWrites; ++i) {
      const Event& write = execution.events[mo[i]];
      const std::string value = Escape(ShowValue(execution, location, write.written));
      html += i == 0 ? fmt::format("<span class=\"value\">{} <small>init</small></span>", value)
                     : fmt::format(" → <span class=\"value\">{0} <a href=\"#step-{2}\">{1}:{2}</a></span>", value,
                                   Escape(ThreadName(run, write.thread)), step_of[mo[i]]);
    }
    if (mo.size() > kMostWrites) html += fmt::format(" … and {} more", mo.size() - kMostWrites);
    html += "</td></tr>\n";
  }
  return html + "</tbody></table>\n";
}

std::vector<TableRow> CutRows(const std::vector<TableRow>& rows, std::size_t most) {
  if (rows.size() <= most) return rows;
  std::vector<bool> kept(rows.size(), false);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i < most / 2 || i + most / 2 >= rows.size() || rows[i].kind == TableRow::Kind::kAcross) kept[i] = true;
    if (rows[i].points.empty()) continue;
    const std::size_t last = std::min(rows.size(), i + kAroundPoints + 1);
    for (std::size_t k = i - std::min(i, kAroundPoints); k < last; ++k) kept[k] = true;
  }
  std::vector<TableRow> result;
  for (std::size_t i = 0; i < rows.size();) {
    if (kept[i]) {
      result.push_back(rows[i++]);
      continue;
    }
    const std::size_t first = i;
    while (i < rows.size() && !kept[i]) ++i;
    TableRow cut;
    cut.kind = TableRow::Kind::kAcross;
    cut.text = fmt::format("… {} rows are cut from this page; the JSON has them …", i - first);
    result.push_back(std::move(cut));
  }
  return result;
}

}  // namespace doorway::html
