#include "reports/results/page.h"

#include <fmt/format.h>

#include <algorithm>

#include "reports/html/escape.h"
#include "reports/results/cells.h"
#include "reports/results/growth.h"
#include "reports/results/plot.h"
#include "reports/results/style.h"
#include "reports/results/tables.h"
#include "reports/text.h"

// From what a reader looks for first to what is rarely read: what is not as it should be, the families, fairness,
// growth, every run, and what was left out. The page has no script; its policy forbids any, and every load.

namespace doorway::results {
namespace {

using html::Escape;

constexpr std::size_t kMostRows = 20'000;
constexpr std::size_t kFewestRows = 10;
constexpr std::size_t kMostFigures = 40;

std::string Head(const std::string& title) {
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n{}\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
      "base-uri 'none'; form-action 'none'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n<title>Results: {}</title>\n<style>\n{}</style>\n</head>\n",
      kPageMark, Escape(title), kStyle);
}

std::string Facts(const Results& results) {
  std::string html;
  const auto add = [&html](const char* name, const std::string& value) {
    html += fmt::format("<div><dt>{}</dt><dd>{}</dd></div>", name, value);
  };
  const auto count = [&](auto of) {
    return static_cast<std::uint64_t>(std::count_if(results.runs.begin(), results.runs.end(), of));
  };
  const auto with = [&](const char* verdict) {
    return count([&](const RunResult& run) { return run.verdict == verdict; });
  };
  std::uint64_t executions = 0, states = 0;
  double seconds = 0;
  for (const RunResult& run : results.runs) {
    executions += run.executions;
    states += run.states;
    seconds += run.seconds;
  }
  add("runs", Grouped(results.runs.size()));
  add("verified", Grouped(with("verified")));
  add("within bounds", Grouped(with("verified_within_bounds")));
  const std::uint64_t foreseen =
      count([](const RunResult& run) { return run.verdict == "violated" && run.as_expected; });
  add("violated", Grouped(with("violated")) +
                      (foreseen == 0 ? "" : fmt::format(" <small>({} as expected)</small>", Grouped(foreseen))));
  add("unknown", Grouped(with("unknown")));
  add("executions", Grouped(executions));
  add("states", Grouped(states));
  add("time", Time(seconds));
  return "<dl class=\"facts\">" + html + "</dl>\n";
}

std::string Header(const Results& results, const std::string& title) {
  const auto look = static_cast<std::uint64_t>(std::count_if(results.runs.begin(), results.runs.end(), NeedsALook));
  const auto damaged = static_cast<std::uint64_t>(
      std::count_if(results.skipped.begin(), results.skipped.end(), [](const Skipped& one) { return one.damaged; }));
  std::string lines;
  if (damaged > 0) {
    lines +=
        fmt::format("<p class=\"damaged\">Not all is here: {} {} not be read (<a href=\"#skipped\">which</a>).</p>\n",
                    Grouped(damaged), damaged == 1 ? "file could" : "files could");
  }
  if (look > 0) {
    lines += fmt::format("<p><a href=\"#look\">{} of {} runs</a> to look at.</p>\n", Grouped(look),
                         Grouped(results.runs.size()));
  } else if (!results.runs.empty()) {
    lines += "<p>Every run is as expected, or verified.</p>\n";
  }
  return fmt::format("<header class=\"{}\">\n<h1>Results in <code>{}</code></h1>\n{}{}</header>\n",
                     look + damaged > 0 ? "violated" : "verified", Escape(title), lines, Facts(results));
}

std::string Section(const char* id, const char* heading, const char* about, const std::string& content) {
  if (content.empty()) return "";
  return fmt::format("<section id=\"{}\"><h2>{}</h2>\n{}{}</section>\n", id, heading,
                     *about == '\0' ? "" : fmt::format("<p class=\"about\">{}</p>\n", about), content);
}

std::string Figures(const std::vector<RunResult>& runs, std::size_t most) {
  const std::vector<Growth> growths = GrowthsOf(runs);
  std::string html;
  for (std::size_t i = 0; i < growths.size() && i < most; ++i) html += GrowthFigure(growths[i]);
  return html + CutLine(growths.size() - std::min(growths.size(), most), "drawings are");
}

constexpr char kAboutFairness[] =
    "Of the state engine, which explores every state. The bypass bound is the most that ever overtake a waiter; none: "
    "they are without number. Where clients end, both are of such runs alone; a design that was explored with clients "
    "without end is shown so alone. Unknown, or at least: the search stopped before its end; with "
    "<code>--stop-at=none</code> it goes on after a violation.";

constexpr char kAboutGrowth[] =
    "Against the size of the configuration; the numbers on a logarithmic scale. Hollow: the search did not come to its "
    "end, so that there are more.";

// Signs in the tables.
constexpr char kLegend[] =
    "<p class=\"about\">✓ holds; where a bound was hit, within it. ✗ violated. ? no answer: the search stopped before "
    "its end, or found no witness. ∅ vacuous: never put to the test. What is underlined leads to its execution.</p>\n";

std::string Page(const Results& results, const std::string& title, std::size_t most) {
  std::string html = Head(title) + "<body>\n" + Header(results, title) + "<main>\n";
  html += Section("look", "To look at",
                  "Not as expected; or, where nothing is expected, violated, without an answer, or vacuous.",
                  ToLookAt(results.runs, most));
  html += Section("families", "Families", "", FamiliesTable(results.runs, most));
  html += Section("fairness", "Fairness", kAboutFairness, FairnessTable(results.runs, most));
  html += Section("growth", "Growth", kAboutGrowth, Figures(results.runs, std::min(most, kMostFigures)));
  html += kLegend + RunsByFamily(results.runs, most);
  html += Section("others", "Histories, mutants, orders", "", OthersTable(results.others, most));
  html += Section("loose", "Executions without a report", "Files of findings, whose runs are in no file here.",
                  LooseTable(results.loose, most));
  html += Section("not-run", "Not run", "", NotRunTable(results.not_run, most));
  html += Section("skipped", "Files left out", "", SkippedList(results.skipped, most));
  if (results.copies > 0) {
    html += fmt::format("<p class=\"about\">{} {} in several files, and {} shown once.</p>\n", Grouped(results.copies),
                        results.copies == 1 ? "run stands" : "runs stand", results.copies == 1 ? "is" : "are");
  }
  return html + "</main>\n</body>\n</html>\n";
}

}  // namespace

std::string ResultsPage(const Results& results, const ResultsPageOptions& options) {
  for (std::size_t most = kMostRows;; most /= 2) {
    std::string page = Page(results, options.title, most);
    if (page.size() <= options.most_bytes || most <= kFewestRows) return page;
  }
}

}  // namespace doorway::results
