#include "harness/explore/state/state_claims.h"

#include <algorithm>
#include <utility>

#include "harness/explore/judge.h"

namespace doorway {

StateClaims::StateClaims(const std::vector<Property*>& properties, const std::vector<Response>& responses,
                         const StateOptions& options)
    : properties_(properties), options_(options) {
  const auto add = [this](std::string_view name, std::string description, Property::Kind kind) {
    ClaimResult& result = results_.emplace_back();
    result.name = name;
    result.description = std::move(description);
    result.kind = kind;
  };
  add(kNoDataRace, "conflicting accesses to plain data are ordered by happens-before", Property::Kind::kUniversal);
  add(kNoUseAfterFree, "no object is used after its end of life", Property::Kind::kUniversal);
  add(kNoFailedCheck, "every Sync::check holds", Property::Kind::kUniversal);
  add(kNoStuckThread, "no thread waits for ever (deadlock, lost wake-up, livelock)", Property::Kind::kUniversal);
  for (Property* property : properties) {
    property->ExploredUnder(options.memory);
    add(property->name(), std::string(property->description()), property->kind());
  }
  const char* fairness = options.fairness == Fairness::kWeak ? " (weak fairness)" : " (strong fairness)";
  for (const Response& response : responses) {
    add(response.name, response.description + fairness, Property::Kind::kLiveness);
  }
  holds_.resize(results_.size(), Verdict::kUnknown);
}

StateClaims::Index StateClaims::of(std::string_view built_in) const {
  Index claim = 0;
  while (results_[claim].name != built_in) ++claim;
  return claim;
}

void StateClaims::Found(Index claim, Finding finding, const Execution& execution, std::optional<Lasso> lasso) {
  ClaimResult& result = results_[claim];
  if (result.evidence.has_value()) return;
  finding.claim = result.name;
  result.evidence = Preserve(std::move(finding), execution);
  result.evidence->lasso = std::move(lasso);
  if (result.kind == Property::Kind::kExists) return;
  any_violation_ = true;
  if (options_.stop_at.empty() || options_.stop_at == result.name) stop_ = true;
}

void StateClaims::HitBound(const std::string& bound) {
  if (std::find(bounds_.begin(), bounds_.end(), bound) == bounds_.end()) bounds_.push_back(bound);
}

std::vector<std::uint64_t> StateClaims::Antecedents() const {
  std::vector<std::uint64_t> antecedents;
  for (const ClaimResult& result : results_) antecedents.push_back(result.antecedents);
  return antecedents;
}

void StateClaims::SetAntecedents(const std::vector<std::uint64_t>& antecedents) {
  for (std::size_t i = 0; i < results_.size(); ++i) results_[i].antecedents = antecedents[i];
}

void StateClaims::Conclude(Report* report) {
  for (std::size_t i = 0; i < results_.size(); ++i) {
    ClaimResult& result = results_[i];
    if (result.kind == Property::Kind::kExists) {
      result.verdict = result.evidence ? Verdict::kVerified : Verdict::kUnknown;
    } else {
      result.verdict = result.evidence ? Verdict::kViolated : holds_[i];
    }
  }
  report->bounds_hit = std::move(bounds_);
  // The model's own claims first.
  std::rotate(results_.begin(), results_.begin() + kBuiltIns, results_.end());
  if (!options_.races) {
    std::erase_if(results_, [](const ClaimResult& result) {
      return (result.name == kNoDataRace || result.name == kNoUseAfterFree) && !result.evidence;
    });
  }
  report->claims = std::move(results_);
  const auto any = [report](Verdict verdict) {
    return std::any_of(report->claims.begin(), report->claims.end(),
                       [verdict](const ClaimResult& claim) { return claim.verdict == verdict; });
  };
  report->verdict = any(Verdict::kViolated)               ? Verdict::kViolated
                    : any(Verdict::kUnknown)              ? Verdict::kUnknown
                    : any(Verdict::kVerifiedWithinBounds) ? Verdict::kVerifiedWithinBounds
                                                          : Verdict::kVerified;
}

}  // namespace doorway
