#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "harness/graph/verdict.h"
#include "models/registry/model.h"

// What is expected of a run, and how a report stands against it.

namespace doorway {

struct Expected {
  Verdict verdict = Verdict::kVerified;
  std::string claim;                          // kViolated, kUnknown: the claim meant
  std::optional<std::uint64_t> executions{};  // compared where the search came to its end
  std::optional<std::uint64_t> states{};      // likewise
};

// "verified", "verified_within_bounds", "violated:exclusion", "unknown:parallelism". Errors: UsageError.
Expected ParseExpected(const std::string& text);
std::string ShowExpected(const Expected& expected);

Expected ExpectedOf(const Expectation& expectation);

// A run that something is expected of, and what: "rc11 verified", "state sc rounds=0 violated:starvation_free".
std::string ShowExpectation(const Expectation& expectation);

// What the registry expects of just this run of `model`, if anything. The fairness counts on the state engine alone.
std::optional<Expected> RegisteredExpectation(const Model& model, const Configuration& configuration, Engine engine,
                                              MemoryModel memory, Fairness fairness);

// One thing that was looked at: a claim, "executions" or "states". Empty `failure`: as expected.
struct TestCase {
  std::string name;
  std::string failure;  // one line: what was expected, what came, what to do
};

// A case a claim, in the report's order, then "executions" and "states" if their numbers are pinned, then "verdict" if
// that is wrong though no case says so.
//   verified: every claim is, none vacuously. verified_within_bounds: every claim is at least that, none
//   vacuously, and a bound was hit. violated: the named claim is, whatever the others. unknown: the named claim has no
//   answer after the whole search, the others are verified.
std::vector<TestCase> Compare(const Report& report, const Expected& expected);

bool AllPass(const std::vector<TestCase>& cases);

}  // namespace doorway
