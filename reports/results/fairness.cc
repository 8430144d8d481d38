#include "reports/results/fairness.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "reports/text.h"

namespace doorway::results {
namespace {

constexpr char kOvertakes[] = "max_bypass";

bool OfInfiniteRuns(const Claim& claim) { return claim.kind == "liveness"; }

const Measured* OvertakesIn(const Claim& claim) {
  const auto at = std::find_if(claim.measures.begin(), claim.measures.end(),
                               [](const Measured& measured) { return measured.name == kOvertakes; });
  return at == claim.measures.end() ? nullptr : &*at;
}

bool SaysSomething(const RunResult& run) {
  if (run.engine != "state") return false;
  return std::any_of(run.claims.begin(), run.claims.end(),
                     [](const Claim& claim) { return OfInfiniteRuns(claim) || OvertakesIn(claim) != nullptr; });
}

Clients ClientsOf(const RunResult& run) {
  for (const auto& [name, value] : run.configuration) {
    if (name == "rounds") return value == 0 ? Clients::kEndless : Clients::kEnd;
  }
  return Clients::kOther;
}

std::string AnswerOf(const std::string& verdict) {
  if (verdict == "violated") return "no";
  if (verdict == "unknown") return "unknown";
  return verdict == "verified" ? "yes" : "yes, within bounds";
}

// The less sure of two verdicts that both hold for something; "violated" outweighs all.
const std::string& Weaker(const std::string& a, const std::string& b) {
  for (const char* verdict : {"violated", "unknown", "verified_within_bounds"}) {
    if (a == verdict) return a;
    if (b == verdict) return b;
  }
  return a;
}

// What holds only since nothing put it to the test is no answer.
std::string VerdictOn(const Claim& claim) { return claim.vacuous ? "unknown" : claim.verdict; }

// The answer to all claims of `run` that `chosen` takes; an empty cell if there is none.
template <class Chosen>
FairnessCell AllOf(const RunResult& run, Chosen chosen) {
  FairnessCell cell;
  std::vector<std::string> violated;
  for (const Claim& claim : run.claims) {
    if (!chosen(claim)) continue;
    const std::string verdict = VerdictOn(claim);
    cell.verdict = cell.verdict.empty() ? verdict : Weaker(cell.verdict, verdict);
    if (verdict == "violated") violated.push_back(claim.name);
    if (claim.vacuous) cell.why = "never put to the test";
  }
  if (cell.verdict.empty()) return cell;
  cell.text = AnswerOf(cell.verdict);
  if (!violated.empty()) cell.why = fmt::format("{}", fmt::join(violated, ", "));
  return cell;
}

// A count of a search that did not come to its end may still grow.
FairnessCell Bypass(const RunResult& run) {
  FairnessCell cell;
  std::uint64_t most = 0;
  bool unbounded = false;
  for (const Claim& claim : run.claims) {
    const Measured* overtakes = OvertakesIn(claim);
    if (overtakes == nullptr) continue;
    unbounded = unbounded || !overtakes->value.has_value();
    most = std::max(most, overtakes->value.value_or(0));
    const std::string verdict = VerdictOn(claim);
    cell.verdict = cell.verdict.empty() ? verdict : Weaker(cell.verdict, verdict);
    if (claim.vacuous) cell.why = "never put to the test";
  }
  if (cell.verdict.empty()) return cell;
  if (unbounded) return {"none", "violated", "overtaken again and again without end"};
  const bool holds = cell.verdict.starts_with("verified");
  cell.text = (holds ? "" : "at least ") + Grouped(most);
  return cell;
}

// The better known of two: a verdict of a whole search, then one within bounds.
void Improve(FairnessCell* cell, FairnessCell other) {
  const auto rank = [](const FairnessCell& one) {
    if (one.verdict == "violated" || one.verdict == "verified") return 3;
    if (one.verdict == "verified_within_bounds") return 2;
    return one.verdict.empty() ? 0 : 1;
  };
  if (rank(other) > rank(*cell)) *cell = std::move(other);
}

void Add(const RunResult& run, FairnessRow* row) {
  Improve(&row->exclusion, AllOf(run, [](const Claim& claim) { return claim.name == "exclusion"; }));
  Improve(&row->bypass, Bypass(run));
  Improve(run.fairness == "strong" ? &row->strong : &row->weak, AllOf(run, OfInfiniteRuns));
}

void Conclude(FairnessRow* row) {
  const auto known = [](const FairnessCell& cell) { return !cell.verdict.empty() && cell.verdict != "unknown"; };
  if (!known(row->strong) && row->weak.verdict == "verified") row->strong = {"yes", "verified", "as under weak"};
  if (!known(row->weak) && row->strong.verdict == "violated") row->weak = {"no", "violated", "as under strong"};
}

// Leaves out runs that say less than another row of the same design.
void DropThoseThatEnd(std::vector<FairnessRow>* rows) {
  std::set<std::pair<std::string, std::string>> endless;
  for (const FairnessRow& row : *rows) {
    if (row.clients == Clients::kEndless) endless.emplace(row.model, row.memory);
  }
  std::erase_if(*rows, [&](const FairnessRow& row) {
    return row.clients == Clients::kEnd && endless.contains({row.model, row.memory});
  });
}

}  // namespace

std::vector<FairnessRow> FairnessOf(const std::vector<RunResult>& runs) {
  std::vector<FairnessRow> rows;
  for (const RunResult& run : runs) {
    if (!SaysSomething(run)) continue;
    const std::string configuration = ShowConfiguration(run);
    auto row = std::find_if(rows.begin(), rows.end(), [&](const FairnessRow& any) {
      return any.model == run.model && any.memory == run.memory && any.configuration == configuration;
    });
    if (row == rows.end()) {
      row = rows.insert(rows.end(), {run.model, run.memory, configuration, ClientsOf(run), {}, {}, {}, {}});
    }
    Add(run, &*row);
  }
  DropThoseThatEnd(&rows);
  for (FairnessRow& row : rows) Conclude(&row);
  // Stable: runs come by engine and fairness, so that weak and strong of a design may stand apart.
  std::stable_sort(rows.begin(), rows.end(), [](const FairnessRow& a, const FairnessRow& b) {
    return std::tie(a.model, a.memory) < std::tie(b.model, b.memory);
  });
  return rows;
}

}  // namespace doorway::results
