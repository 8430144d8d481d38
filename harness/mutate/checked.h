#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "harness/behaviour/subject.h"
#include "harness/explore/explore.h"
#include "harness/graph/property.h"

// What is checked, so that it can be checked again and again with changes.

namespace doorway {

struct Checked {
  std::function<std::unique_ptr<Subject>()> subject;
  std::function<std::vector<std::unique_ptr<Property>>()> claims;
  // Memory model, limits of one exploration, interruption.
  ExploreOptions options;
};

// An exploration of it with these changes besides.
inline Report ExploreMutated(const Checked& checked, std::vector<Mutation> mutations, ExploreOptions options) {
  const std::unique_ptr<Subject> subject = checked.subject();
  const std::vector<std::unique_ptr<Property>> claims = checked.claims();
  std::vector<Property*> properties;
  for (const std::unique_ptr<Property>& claim : claims) properties.push_back(claim.get());
  options.mutations = std::move(mutations);
  return Explore(*subject, properties, options);
}

// Whether all claims hold, within bounds or not.
inline bool Holds(const Report& report) {
  return report.verdict == Verdict::kVerified || report.verdict == Verdict::kVerifiedWithinBounds;
}

// Null if none is violated.
inline const ClaimResult* FirstViolated(const Report& report) {
  for (const ClaimResult& claim : report.claims) {
    if (claim.verdict == Verdict::kViolated) return &claim;
  }
  return nullptr;
}

}  // namespace doorway
