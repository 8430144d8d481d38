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
  std::string claim;                        // kViolated, kUnknown: the claim meant
  std::optional<std::uint64_t> executions;  // compared where the search came to its end
};

// "verified", "verified_within_bounds", "violated:exclusion", "unknown:parallelism". Errors: UsageError.
Expected ParseExpected(const std::string& text);
std::string ShowExpected(const Expected& expected);

// What the registry expects of `model` under `memory`, if anything.
std::optional<Expected> RegisteredExpectation(const Model& model, MemoryModel memory);

// One thing that was looked at: a claim, or "executions". Empty `failure`: as expected.
struct TestCase {
  std::string name;
  std::string failure;  // one line: what was expected, what came, what to do
};

// A case a claim, in the report's order, then "executions" if its number is pinned, then "verdict" if that is
// wrong though no case says so.
//   verified: every claim is, none vacuously. verified_within_bounds: every claim is at least that, none
//   vacuously, and a bound was hit. violated: the named claim is, whatever the others. unknown: the named claim has no
//   answer after the whole search, the others are verified.
std::vector<TestCase> Compare(const Report& report, const Expected& expected);

bool AllPass(const std::vector<TestCase>& cases);

}  // namespace doorway
