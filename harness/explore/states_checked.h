#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <string>
#include <string_view>
#include <vector>

#include "harness/explore/explore_states.h"
#include "harness/sync/model_sync.h"

// For the state explorer's tests: checks a class as a model, and looks at what comes out.

namespace doorway {

inline const Response kServed{"served", "who asks is served", notes::kDoorway, notes::kAdmit};

template <class Model>
Report Check(int threads, const StateOptions& options = {}, const std::vector<Response>& responses = {},
             const std::vector<Property*>& properties = {}) {
  ModelSubject<Model, int> subject(threads, threads);
  return ExploreStates(subject, properties, responses, options);
}

template <class Model>
Report CheckUnder(MemoryModel memory, int threads) {
  StateOptions options;
  options.memory = memory;
  return Check<Model>(threads, options);
}

template <class Model>
ClaimResult ServedUnder(Fairness fairness, int threads) {
  StateOptions options;
  options.fairness = fairness;
  return *Check<Model>(threads, options, {kServed}).Find("served");
}

inline bool HitBound(const Report& report, const std::string& bound) {
  return std::find(report.bounds_hit.begin(), report.bounds_hit.end(), bound) != report.bounds_hit.end();
}

inline void ExpectViolated(const Report& report, std::string_view claim, const std::string& sentence) {
  EXPECT_EQ(report.verdict, Verdict::kViolated);
  const ClaimResult& result = *report.Find(claim);
  ASSERT_TRUE(result.evidence.has_value()) << claim << " holds";
  EXPECT_NE(result.evidence->finding.sentence.find(sentence), std::string::npos) << result.evidence->finding.sentence;
}

// Sets a bit and clears it, for ever.
struct Toggles {
  ModelSync::Atomic<int> x{0, "x"};
  explicit Toggles(int) {}
  void thread(int) {
    ModelSync::forever([this] {
      x.store(1, std::memory_order_relaxed);
      x.store(0, std::memory_order_relaxed);
    });
  }
};

}  // namespace doorway
