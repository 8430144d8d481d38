#include "reports/results/tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "reports/html/escape.h"
#include "reports/results/cells.h"
#include "reports/results/fairness.h"
#include "reports/text.h"

namespace doorway::results {
namespace {

using html::Escape;

constexpr std::size_t kMostBounds = 6;  // of a run
constexpr std::size_t kMostViolations = 40;
constexpr std::size_t kLongestId = 100;

// An id for links within the page, of a text that may be anything.
std::string FamilyId(const std::string& family) {
  std::string id = "family-";
  for (const char c : family.substr(0, kLongestId)) {
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    id += plain ? std::string(1, c) : fmt::format(".{:02x}", static_cast<unsigned char>(c));
  }
  return id;
}

std::vector<const RunResult*> Pointers(const std::vector<RunResult>& runs) {
  std::vector<const RunResult*> all;
  for (const RunResult& run : runs) all.push_back(&run);
  return all;
}

// The smaller, the sooner it is kept.
int Importance(const RunResult& run) {
  if (NeedsALook(run)) return 0;
  if (run.verdict == "violated") return 1;
  if (run.verdict == "unknown") return 2;
  return run.expected.empty() ? 3 : 4;
}

// The `most` that matter most, in the order in which they are.
std::vector<const RunResult*> Kept(const std::vector<RunResult>& runs, std::size_t most) {
  std::vector<const RunResult*> kept = Pointers(runs);
  if (kept.size() <= most) return kept;
  std::stable_sort(kept.begin(), kept.end(),
                   [](const RunResult* a, const RunResult* b) { return Importance(*a) < Importance(*b); });
  kept.resize(most);
  std::sort(kept.begin(), kept.end());  // they are in one vector
  return kept;
}

std::string ExpectationHtml(const RunResult& run) {
  if (run.expected.empty()) return "";
  if (run.as_expected) return " <small class=\"met\">as expected</small>";
  return fmt::format(" <small class=\"unmet\">expected: {}</small>", Escape(run.expected));
}

std::string BoundsHtml(const RunResult& run) {
  std::string text = run.shard.empty() ? "" : "shard " + run.shard + "; ";
  for (std::size_t i = 0; i < run.bounds_hit.size() && i < kMostBounds; ++i) text += run.bounds_hit[i] + "; ";
  if (run.bounds_hit.size() > kMostBounds) text += fmt::format("and {} more; ", run.bounds_hit.size() - kMostBounds);
  if (text.empty()) return "";
  return fmt::format("<div class=\"bounds\">{}</div>", Escape(text.substr(0, text.size() - 2)));
}

// Witnesses are links of their claims.
std::string ViolationsHtml(const RunResult& run) {
  std::string html;
  std::size_t shown = 0;
  for (const Found& finding : run.findings) {
    if (!finding.witness && ++shown <= kMostViolations)
      html += "<div class=\"violation\">" + FindingHtml(finding) + "</div>";
  }
  if (shown > kMostViolations) html += fmt::format("and {} more", shown - kMostViolations);
  return html;
}

std::string WhatRan(const RunResult& run) {
  std::string html = Escape(ShowEngine(run));
  const std::string configuration = ShowConfiguration(run);
  if (!configuration.empty()) html += fmt::format("<br><span class=\"values\">{}</span>", Escape(configuration));
  if (!run.only.empty())
    html += fmt::format("<br><small>only {}</small>", Escape(fmt::format("{}", fmt::join(run.only, ", "))));
  return html;
}

std::string RunRow(const RunResult& run, const std::string& name) {
  return "<tr>" + RowName("<code>" + Escape(name) + "</code>") + Cell("run", WhatRan(run)) +
         Cell("verdict", VerdictHtml(run.verdict) + ExpectationHtml(run) + BoundsHtml(run)) +
         Cell("claims", ClaimsHtml(run) + ViolationsHtml(run), "claims") + Cell("explored", CountsHtml(run), "number") +
         Cell("time", Time(run.seconds), "number") + "</tr>\n";
}

const std::vector<std::string> kRunHeadings = {
    "model", "engine, configuration", "verdict", "claims; what is found", "explored", "time"};

struct Tally {
  std::set<std::string> designs;
  std::map<std::string, std::size_t> verdicts;
  std::size_t runs = 0, look = 0;
  std::uint64_t executions = 0, states = 0;
  double seconds = 0;
};

using RunIterator = std::vector<RunResult>::const_iterator;

Tally TallyOf(RunIterator begin, RunIterator end) {
  Tally tally;
  for (RunIterator run = begin; run != end; ++run) {
    tally.designs.insert(run->model);
    ++tally.verdicts[run->verdict];
    ++tally.runs;
    if (NeedsALook(*run)) ++tally.look;
    tally.executions += run->executions;
    tally.states += run->states;
    tally.seconds += run->seconds;
  }
  return tally;
}

std::string CountCell(const char* name, std::uint64_t count) {
  return Cell(name, count == 0 ? "" : Grouped(count), "number");
}

std::string AnswerCell(const char* name, const FairnessCell& cell) {
  if (cell.text.empty()) return Cell(name, "<span class=\"dim\">not judged</span>");
  const bool no = cell.verdict == "violated";
  std::string html = fmt::format("<b class=\"answer {}\">{}</b>",
                                 no                          ? "violated"
                                 : cell.verdict == "unknown" ? "unknown"
                                                             : "verified",
                                 Escape(cell.text));
  if (!cell.why.empty()) html += fmt::format(" <small>{}</small>", Escape(cell.why));
  return Cell(name, html);
}

std::string ClientsHtml(const FairnessRow& row) {
  return row.clients == Clients::kEnd ? "<small>clients end</small>" : "";
}

}  // namespace

bool NeedsALook(const RunResult& run) {
  if (!run.expected.empty()) return !run.as_expected;
  const bool vacuous =
      std::any_of(run.claims.begin(), run.claims.end(), [](const Claim& claim) { return claim.vacuous; });
  return run.verdict == "violated" || run.verdict == "unknown" || vacuous;
}

std::string FamiliesTable(const std::vector<RunResult>& runs, std::size_t most) {
  std::string rows;
  std::size_t families = 0;
  for (RunIterator begin = runs.begin(); begin != runs.end();) {
    const std::string family = begin->family();
    const RunIterator end =
        std::find_if(begin, runs.end(), [&](const RunResult& run) { return run.family() != family; });
    if (++families <= most) {
      Tally tally = TallyOf(begin, end);
      rows += "<tr>" + RowName(fmt::format("<a href=\"#{}\">{}</a>", FamilyId(family), Escape(family))) +
              CountCell("models", tally.designs.size()) + CountCell("runs", tally.runs) +
              CountCell("verified", tally.verdicts["verified"]) +
              CountCell("within bounds", tally.verdicts["verified_within_bounds"]) +
              CountCell("violated", tally.verdicts["violated"]) + CountCell("unknown", tally.verdicts["unknown"]) +
              CountCell("to look at", tally.look) + CountCell("executions", tally.executions) +
              CountCell("states", tally.states) + Cell("time", Time(tally.seconds), "number") + "</tr>\n";
    }
    begin = end;
  }
  if (rows.empty()) return "";
  return Table("families",
               {"family", "models", "runs", "verified", "within bounds", "violated", "unknown", "to look at",
                "executions", "states", "time"},
               rows) +
         CutLine(families - std::min(most, families), "families are");
}

std::string RunsByFamily(const std::vector<RunResult>& runs, std::size_t most) {
  const std::vector<const RunResult*> kept = Kept(runs, most);
  std::string html;
  for (std::size_t i = 0; i < kept.size();) {
    const std::string family = kept[i]->family();
    std::string rows;
    for (; i < kept.size() && kept[i]->family() == family; ++i) {
      const std::string& model = kept[i]->model;
      rows += RunRow(*kept[i], model.size() > family.size() + 1 ? model.substr(family.size() + 1) : model);
    }
    html += fmt::format("<section id=\"{}\"><h2>{}</h2>\n", FamilyId(family), Escape(family)) +
            Table("runs", kRunHeadings, rows) + "</section>\n";
  }
  return html + CutLine(runs.size() - kept.size(), "runs, those that matter least, are");
}

std::string ToLookAt(const std::vector<RunResult>& runs, std::size_t most) {
  std::string rows;
  std::size_t all = 0;
  for (const RunResult& run : runs) {
    if (NeedsALook(run) && ++all <= most) rows += RunRow(run, run.model);
  }
  return rows.empty() ? "" : Table("runs", kRunHeadings, rows) + CutLine(all - std::min(all, most), "runs are");
}

std::string FairnessTable(const std::vector<RunResult>& runs, std::size_t most) {
  const std::vector<FairnessRow> all = FairnessOf(runs);
  std::string rows;
  for (std::size_t i = 0; i < all.size() && i < most; ++i) {
    const FairnessRow& row = all[i];
    rows += "<tr>" + RowName("<code>" + Escape(row.model) + "</code>") +
            Cell("clients", Escape(row.memory) + " <span class=\"values\">" + Escape(row.configuration) + "</span> " +
                                ClientsHtml(row)) +
            AnswerCell("exclusion", row.exclusion) + AnswerCell("bypass bound", row.bypass) +
            AnswerCell("weak fairness", row.weak) + AnswerCell("strong fairness", row.strong) + "</tr>\n";
  }
  if (rows.empty()) return "";
  return Table("fairness",
               {"design", "clients", "exclusion", "bypass bound", "starvation-free: weak fairness", "strong fairness"},
               rows) +
         CutLine(all.size() - std::min(all.size(), most), "rows are");
}

std::string NotRunTable(const std::vector<NotRun>& not_run, std::size_t most) {
  std::string rows;
  for (std::size_t i = 0; i < not_run.size() && i < most; ++i) {
    const NotRun& one = not_run[i];
    rows += "<tr>" + RowName("<code>" + Escape(one.model) + "</code>") + Cell("run", Escape(one.what)) +
            Cell("why", Escape(one.why)) + Cell("file", Escape(Show(one.place))) + "</tr>\n";
  }
  if (rows.empty()) return "";
  return Table("plain", {"model", "run", "why", "file"}, rows) +
         CutLine(not_run.size() - std::min(not_run.size(), most), "rows are");
}

std::string LooseTable(const std::vector<Loose>& loose, std::size_t most) {
  std::string rows;
  for (std::size_t i = 0; i < loose.size() && i < most; ++i) {
    const Loose& one = loose[i];
    rows += "<tr>" + RowName("<code>" + Escape(one.model) + "</code>") + Cell("memory model", Escape(one.memory)) +
            Cell("shows", one.finding.witness ? "witness" : VerdictHtml("violated")) +
            Cell("finding", FindingHtml(one.finding)) + "</tr>\n";
  }
  if (rows.empty()) return "";
  return Table("plain", {"model", "memory model", "shows", "finding"}, rows) +
         CutLine(loose.size() - std::min(loose.size(), most), "counterexamples are");
}

std::string OthersTable(const std::vector<Other>& others, std::size_t most) {
  std::string rows;
  for (std::size_t i = 0; i < others.size() && i < most; ++i) {
    const Other& one = others[i];
    rows += "<tr>" + RowName("<code>" + Escape(one.subject) + "</code>") + Cell("of", one.what) +
            Cell("result", (one.verdict.empty() ? "" : VerdictHtml(one.verdict) + " ") + Escape(one.text)) +
            Cell("time", Time(one.seconds), "number") + Cell("file", Escape(Show(one.place))) + "</tr>\n";
  }
  if (rows.empty()) return "";
  return Table("plain", {"model or history", "of", "result", "time", "file"}, rows) +
         CutLine(others.size() - std::min(others.size(), most), "rows are");
}

std::string SkippedList(const std::vector<Skipped>& skipped, std::size_t most) {
  std::string rows;
  for (std::size_t i = 0; i < skipped.size() && i < most; ++i) {
    const Skipped& one = skipped[i];
    rows += fmt::format("<li{}><code>{}</code> {}</li>\n", one.damaged ? " class=\"damaged\"" : "",
                        Escape(Show(one.place)), Escape(one.why));
  }
  if (rows.empty()) return "";
  return "<ul class=\"skipped\">\n" + rows + "</ul>\n" +
         CutLine(skipped.size() - std::min(skipped.size(), most), "files are");
}

}  // namespace doorway::results
