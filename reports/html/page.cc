#include "reports/html/page.h"

#include <fmt/format.h>

#include "reports/finding_view.h"
#include "reports/html/assets.h"
#include "reports/html/data.h"
#include "reports/html/escape.h"
#include "reports/html/excerpts.h"
#include "reports/html/table.h"

// Everything that comes from a model passes Escape or ForScript on its way into the page. Should one place be
// forgotten, the page's own policy still forbids every script but ours, which it knows by its hash, and every load.

namespace doorway {
namespace html {
namespace {

constexpr std::size_t kMostRows = 3000;
constexpr std::size_t kFewestRows = 20;
constexpr std::size_t kSourceLinesPerRow = 3;

std::string Facts(const Run& run, const Report& report) {
  std::string facts;
  const auto add = [&facts](const char* name, const std::string& value) {
    if (!value.empty()) facts += fmt::format("<div><dt>{}</dt><dd>{}</dd></div>", name, Escape(value));
  };
  add("model", run.model);
  add("configuration", ShowConfiguration(run));
  add("memory model", MemoryName(report));
  add("engine", report.engine);
  add("fairness", run.fairness);
  return "<dl class=\"facts\">" + facts + "</dl>\n";
}

std::string Points(const FindingView& view) {
  if (view.points.empty()) return "";
  std::string html = "<ul class=\"points\">\n";
  for (const PointView& point : view.points) {
    const std::string where = Escape(point.where);
    html += fmt::format("<li><b class=\"letter\">{}</b> ", point.letter);
    if (!where.empty()) {
      html += point.step > 0 ? fmt::format("<a href=\"#step-{}\">{}</a>: ", point.step, where) : where + ": ";
    }
    html += fmt::format("<code>{}</code></li>\n", Escape(point.what));
  }
  return html + "</ul>\n";
}

std::string Explanation(const FindingView& view) {
  std::string html;
  for (const std::string& line : view.explanation) html += fmt::format("<p class=\"why\">{}</p>\n", Escape(line));
  return html;
}

std::string Legend(const FindingView& view) {
  std::string html;
  for (const auto& [sign, meaning] : view.legend) {
    if (sign == "⧖") continue;  // the table shows it otherwise
    html += fmt::format("<dt>{}</dt><dd>{}</dd>\n", Escape(sign), Escape(meaning));
  }
  return html.empty() ? "" : "<dl class=\"legend\">\n" + html + "</dl>\n";
}

std::string Footer(const Run& run, const PageOptions& options) {
  std::string html = "<footer>";
  if (!options.replay_command.empty()) {
    html += fmt::format("<p>Replay: <code class=\"command\">{}</code></p>", Escape(options.replay_command, 4000));
  }
  html += run.by_clock ? "<p>The rows are one order of what real threads did, one that their clocks allow; nobody can "
                         "replay it.</p>"
                       : "<p>The rows are one interleaving of the execution, the one that is easiest to follow; what "
                         "is claimed of it holds of all of them.</p>";
  return html + "</footer>\n";
}

std::string Head(const ClaimResult& claim, const Run& run, const FindingView& view) {
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
      "script-src "
      "'sha256-{}'; base-uri 'none'; form-action 'none'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n<title>{} {}: {}</title>\n<style>\n{}</style>\n</head>\n",
      kScriptHash, view.word, Escape(claim.name), Escape(run.model), kStyle);
}

std::string Page(const Run& run, const Report& report, const ClaimResult& claim, const FindingView& view,
                 const Excerpts& excerpts, const PageOptions& options) {
  const Evidence& evidence = *claim.evidence;
  const bool violated = claim.kind != Property::Kind::kExists;
  std::string html = Head(claim, run, view) + "<body>\n";
  html += fmt::format(
      "<header class=\"{}\">\n<p class=\"verdict\"><strong>{}</strong> <code>{}</code> <span>{}</span></p>\n",
      violated ? "violated" : "witness", view.word, Escape(claim.name), Escape(claim.description));
  html += fmt::format("<h1>{}.</h1>\n", Escape(view.sentence, 2000)) + Points(view) + Explanation(view);
  html += Facts(run, report) + "</header>\n<main>\n";
  html += "<section id=\"trace\" aria-label=\"The execution\"><div class=\"lanes\">\n" +
          RowsTable(run, evidence, view, excerpts) + "</div>\n" + Legend(view) + "</section>\n";
  html += "<section id=\"variables\"><h2>Variables</h2>\n<div class=\"wide\">" + VariablesTable(run, evidence, view) +
          "</div></section>\n";
  const std::string sources = excerpts.Html();
  if (!sources.empty()) html += "<section id=\"sources\"><h2>Source</h2>\n" + sources + "</section>\n";
  html += "</main>\n" + Footer(run, options);
  html +=
      "<script type=\"application/json\" id=\"run\">" + PageData(run, evidence, report.memory, view) + "</script>\n";
  return html + fmt::format("<script>{}</script>\n</body>\n</html>\n", kScript);
}

}  // namespace
}  // namespace html

std::string FindingPage(const Run& run, const Report& report, const ClaimResult& claim, SourceFiles& sources,
                        const PageOptions& options) {
  FindingView view = ViewFinding(run, claim.kind, *claim.evidence);
  const std::vector<TableRow> rows = std::move(view.rows);
  for (std::size_t most = html::kMostRows;; most /= 2) {
    view.rows = html::CutRows(rows, most);
    const html::Excerpts excerpts(view.rows, sources, most * html::kSourceLinesPerRow);
    std::string page = html::Page(run, report, claim, view, excerpts, options);
    if (page.size() <= options.most_bytes || most <= html::kFewestRows) return page;
  }
}

}  // namespace doorway
