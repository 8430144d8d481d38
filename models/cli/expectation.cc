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

std::string CompareCount(const Report& report, std::uint64_t count, std::uint64_t expected) {
  if (!report.exhausted || count == expected) return "";
  return fmt::format("expected {}, got {}; if the model was meant to change, pin the new count in its rule", expected,
                     count);
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

Expected ExpectedOf(const Expectation& expectation) {
  Expected expected;
  expected.verdict = expectation.verdict;
  expected.claim = expectation.claim;
  return expected;
}

std::string ShowExpectation(const Expectation& expectation) {
  std::string run = expectation.engine == Engine::kGraph ? "" : fmt::format("{} ", Name(expectation.engine));
  run += Name(expectation.memory);
  if (expectation.fairness == Fairness::kStrong) run += " strong";
  for (const auto& [name, value] : expectation.parameters) run += fmt::format(" {}={}", name, value);
  return fmt::format("{} {}", run, ShowExpected(ExpectedOf(expectation)));
}

std::optional<Expected> RegisteredExpectation(const Model& model, const Configuration& configuration, Engine engine,
                                              MemoryModel memory, Fairness fairness) {
  for (const Expectation& expectation : model.expectations) {
    const bool same_engine = expectation.engine == engine && expectation.memory == memory &&
                             (engine != Engine::kState || expectation.fairness == fairness);
    if (same_engine && model.ConfigurationOf(expectation).values() == configuration.values()) {
      return ExpectedOf(expectation);
    }
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
    // Where threads are interchangeable, those that were explored stand for these.
    const bool all = report.interchangeable.empty() || report.engine == "state";
    const std::uint64_t executions = all ? report.executions : static_cast<std::uint64_t>(report.represented + 0.5);
    cases.push_back({"executions", CompareCount(report, executions, *expected.executions)});
  }
  if (expected.states.has_value()) {
    cases.push_back({"states", CompareCount(report, report.states, *expected.states)});
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
