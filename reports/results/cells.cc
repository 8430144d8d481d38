#include "reports/results/cells.h"

#include <fmt/format.h>

#include <algorithm>

#include "reports/html/escape.h"
#include "reports/text.h"

namespace doorway::results {
namespace {

using html::Escape;

constexpr std::size_t kMostClaims = 40;  // of a run; a model has a dozen
constexpr std::size_t kLongestSentence = 600;

struct VerdictLook {
  std::string_view sign, words;
};

VerdictLook LookOf(std::string_view verdict) {
  if (verdict == "verified") return {"✓", "verified"};
  if (verdict == "verified_within_bounds") return {"✓", "verified within bounds"};
  if (verdict == "violated") return {"✗", "violated"};
  return {"?", "unknown"};
}

std::string Measures(const Claim& claim) {
  std::vector<std::string> words;
  for (const Measured& measured : claim.measures) {
    if (words.size() == kMostClaims) break;
    words.push_back(measured.name + " " + (measured.value.has_value() ? Grouped(*measured.value) : "unbounded"));
  }
  return words.empty() ? "" : fmt::format(" <small>{}</small>", Escape(fmt::format("{}", fmt::join(words, ", "))));
}

// The claim's name, which leads to its witness if there is one.
std::string NameHtml(const RunResult& run, const Claim& claim) {
  const auto witness = std::find_if(run.findings.begin(), run.findings.end(), [&](const Found& finding) {
    return finding.witness && finding.claim == claim.name && !finding.link.empty();
  });
  if (witness == run.findings.end()) return Escape(claim.name);
  return fmt::format("<a href=\"{}\" title=\"{}\">{}</a>", witness->link, Escape(witness->sentence, kLongestSentence),
                     Escape(claim.name));
}

}  // namespace

std::string Cell(std::string_view name, const std::string& content, std::string_view css) {
  return fmt::format("<td{} data-name=\"{}\">{}</td>", css.empty() ? "" : fmt::format(" class=\"{}\"", css), name,
                     content);
}

std::string RowName(const std::string& content) { return "<th scope=\"row\">" + content + "</th>"; }

std::string Table(std::string_view css, const std::vector<std::string>& headings, const std::string& rows) {
  std::string heads;
  for (const std::string& heading : headings) heads += "<th scope=\"col\">" + heading + "</th>";
  return fmt::format(
      "<div class=\"wide\"><table class=\"{}\">\n<thead><tr>{}</tr></thead>\n<tbody>\n{}</tbody>\n"
      "</table></div>\n",
      css, heads, rows);
}

std::string CutLine(std::size_t cut, std::string_view of_what) {
  if (cut == 0) return "";
  return fmt::format(
      "<p class=\"cut\">{} more {} cut from this page, which would be too long; the files have them.</p>\n",
      Grouped(cut), of_what);
}

std::string VerdictHtml(std::string_view verdict) {
  const VerdictLook look = LookOf(verdict);
  return fmt::format("<b class=\"v {}\">{} {}</b>", verdict == "verified_within_bounds" ? "bounded" : look.words,
                     look.sign, look.words);
}

std::string Time(double seconds) {
  if (seconds < 100) return fmt::format("{:.2f} s", seconds);
  if (seconds < 6000) return fmt::format("{:.0f} min", seconds / 60);
  return fmt::format("{:.1f} h", seconds / 3600);
}

std::string FindingHtml(const Found& finding) {
  const std::string sentence = Escape(finding.sentence, kLongestSentence);
  std::string html = fmt::format("<code>{}</code> ", Escape(finding.claim));
  html += finding.link.empty() ? sentence : fmt::format("<a href=\"{}\">{}</a>", finding.link, sentence);
  const std::optional<Place>& place = finding.html_place.has_value() ? finding.html_place : finding.json_place;
  if (place.has_value() && !place->entry.empty())
    html += fmt::format(" <small>in it: {}</small>", Escape(place->entry));
  return html;
}

std::string ClaimsHtml(const RunResult& run) {
  std::string html;
  for (std::size_t i = 0; i < run.claims.size() && i < kMostClaims; ++i) {
    const Claim& claim = run.claims[i];
    const VerdictLook look = LookOf(claim.verdict);
    const std::string_view css = claim.vacuous                               ? "vacuous"
                                 : claim.verdict == "verified_within_bounds" ? "bounded"
                                                                             : look.words;
    html += fmt::format("<span class=\"claim {}\" title=\"{}\">{} {}{}</span> ", css,
                        claim.vacuous ? "vacuous: never put to the test" : look.words, claim.vacuous ? "∅" : look.sign,
                        NameHtml(run, claim), Measures(claim));
  }
  if (run.claims.size() > kMostClaims) html += fmt::format("and {} more", run.claims.size() - kMostClaims);
  return html;
}

std::string CountsHtml(const RunResult& run) {
  if (run.engine == "native") return fmt::format("{} <small>runs</small>", Grouped(run.native_runs));
  if (run.engine == "state") {
    return fmt::format("{} <small>states, depth {}</small>", Grouped(run.states), Grouped(run.depth));
  }
  std::string beside = "executions";
  if (run.represented.has_value()) {
    beside +=
        fmt::format(", standing for {}", Grouped(static_cast<std::uint64_t>(std::min(*run.represented, 1e18) + 0.5)));
  }
  if (run.blocked > 0) beside += fmt::format(", {} blocked", Grouped(run.blocked));
  return fmt::format("{} <small>{}</small>", Grouped(run.executions), beside);
}

}  // namespace doorway::results
