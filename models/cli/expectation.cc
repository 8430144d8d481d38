#include "models/cli/expectation.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "models/cli/exit_code.h"
#include "reports/text.h"

namespace doorway {
namespace {

constexpr std::array kVerdicts = {Verdict::kVerified, Verdict::kVerifiedWithinBounds, Verdict::kViolated,
                                  Verdict::kUnknown};

std::string Bounds(const Report& report) {
  return report.bounds_hit.empty() ? "" : fmt::format(" (bounds hit: {})", fmt::join(report.bounds_hit, "; "));
}

std::string MustHold(const Report& report, const ClaimResult& claim, bool within_bounds) {
  const bool holds =
      claim.verdict == Verdict::kVerified || (within_bounds && claim.verdict == Verdict::kVerifiedWithinBounds);
  if (!holds) {
    const std::string why = claim.evidence.has_value() ? ": " + claim.evidence->finding.sentence : Bounds(report);
    return fmt::format("expected {}, got {}{}", within_bounds ? "verified_within_bounds" : "verified",
                       Name(claim.verdict), why);
  }
  if (Vacuous(claim)) return "vacuous: no execution put it to the test; give the model a client that does";
  return "";
}

std::string MustBeViolated(const Report& report, const ClaimResult& claim) {
  if (claim.verdict != Verdict::kViolated) {
    return fmt::format("expected violated, got {}{}", Name(claim.verdict), Bounds(report));
  }
  return claim.evidence.has_value() ? "" : "violated, but without a counterexample";
}

std::string MustBeUnknown(const Report& report, const ClaimResult& claim) {
  if (claim.verdict != Verdict::kUnknown) return fmt::format("expected unknown, got {}", Name(claim.verdict));
  return report.exhausted ? "" : "unknown only because the search stopped before its end" + Bounds(report);
}

std::string CompareClaim(const Report& report, const ClaimResult& claim, const Expected& expected) {
  switch (expected.verdict) {
    case Verdict::kVerified:
      return MustHold(report, claim, false);
    case Verdict::kVerifiedWithinBounds:
      return MustHold(report, claim, true);
    case Verdict::kViolated:
      return claim.name == expected.claim ? MustBeViolated(report, claim) : "";
    case Verdict::kUnknown:
      return claim.name == expected.claim ? MustBeUnknown(report, claim) : MustHold(report, claim, true);
  }
  return "";
}

std::string NoSuchClaim(const Report& report, const std::string& claim) {
  std::vector<std::string> names;
  for (const ClaimResult& result : report.claims) names.push_back(result.name);
  return fmt::format("the model has no claim {}; it has {}", claim, fmt::join(names, ", "));
}

}  // namespace

Expected ParseExpected(const std::string& text) {
  const std::size_t colon = text.find(':');
  Expected expected;
  if (colon != std::string::npos) expected.claim = text.substr(colon + 1);
  for (const Verdict verdict : kVerdicts) {
    if (text.substr(0, colon) != Name(verdict)) continue;
    expected.verdict = verdict;
    const bool names_claim = verdict == Verdict::kViolated || verdict == Verdict::kUnknown;
    if (names_claim == !expected.claim.empty() && (colon == std::string::npos) == expected.claim.empty()) {
      return expected;
    }
  }
  throw UsageError(
      fmt::format("--expect={} is none of verified, verified_within_bounds, violated:CLAIM, unknown:CLAIM", text));
}

std::string ShowExpected(const Expected& expected) {
  return Name(expected.verdict) + (expected.claim.empty() ? "" : ":" + expected.claim);
}

std::optional<Expected> RegisteredExpectation(const Model& model, MemoryModel memory) {
  for (const Expectation& expectation : model.expectations) {
    if (expectation.memory == memory) return Expected{expectation.verdict, expectation.claim, std::nullopt};
  }
  return std::nullopt;
}

std::vector<TestCase> Compare(const Report& report, const Expected& expected) {
  std::vector<TestCase> cases;
  for (const ClaimResult& claim : report.claims) cases.push_back({claim.name, CompareClaim(report, claim, expected)});
  if (!expected.claim.empty() && report.Find(expected.claim) == nullptr) {
    cases.push_back({expected.claim, NoSuchClaim(report, expected.claim)});
  }
  if (expected.executions.has_value()) {
    const bool differ = report.exhausted && report.executions != *expected.executions;
    cases.push_back({"executions", differ
                                       ? fmt::format("expected {}, got {}; if the model was meant to change, pin the "
                                                     "new count in its rule",
                                                     *expected.executions, report.executions)
                                       : ""});
  }
  if (AllPass(cases) && report.verdict != expected.verdict) {
    cases.push_back({"verdict", fmt::format("expected {}, got {}{}", ShowExpected(expected), Name(report.verdict),
                                            Bounds(report))});
  }
  return cases;
}

bool AllPass(const std::vector<TestCase>& cases) {
  return std::all_of(cases.begin(), cases.end(), [](const TestCase& test) { return test.failure.empty(); });
}

}  // namespace doorway
