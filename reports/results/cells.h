#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "reports/results/result.h"

// What tables of the page are made of. All text of results is foreign, and escaped here.

namespace doorway::results {

// A table cell; on a narrow screen, where a row is a card, `name` stands before what is in it. `content` is HTML.
std::string Cell(std::string_view name, const std::string& content, std::string_view css = "");

// The cell that names the row.
std::string RowName(const std::string& content);

// A table with these headings; `rows` is HTML.
std::string Table(std::string_view css, const std::vector<std::string>& headings, const std::string& rows);

// "<p>12 more runs are cut ...</p>"; empty if `cut` is 0.
std::string CutLine(std::size_t cut, std::string_view of_what);

// "✓ verified" in its colour.
std::string VerdictHtml(std::string_view verdict);

// "0.01 s", "12 min", "3.5 h".
std::string Time(double seconds);

// The sentence of a finding, linked to its page if there is one.
std::string FindingHtml(const Found& finding);

// "✓ exclusion ✗ bypass_bound max_bypass 2"; a claim that has a witness leads to it.
std::string ClaimsHtml(const RunResult& run);

// "1,234 executions, 5 blocked"; states of the state engine, runs of real threads.
std::string CountsHtml(const RunResult& run);

}  // namespace doorway::results
