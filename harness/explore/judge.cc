#include "harness/explore/judge.h"

#include <algorithm>
#include <deque>
#include <memory>
#include <utility>

namespace doorway {

Evidence Preserve(Finding finding, const Execution& execution) {
  struct Kept {
    std::deque<Label> labels;
    std::vector<Location> locations;
  };
  auto kept = std::make_shared<Kept>();
  const auto keep = [&kept](const Label* label) -> const Label* {
    if (label == nullptr) return nullptr;
    Label& copy = kept->labels.emplace_back(*label);
    if (copy.op == Op::kError) copy.verb = "error";  // its text dies with the program
    return &copy;
  };
  Evidence evidence{std::move(finding), execution, nullptr};
  for (Event& event : evidence.execution.events) event.label = keep(event.label);
  for (ThreadState& thread : evidence.execution.threads) thread.pending = keep(thread.pending);
  kept->locations = *execution.locations;
  evidence.execution.locations = &kept->locations;
  evidence.keep = std::move(kept);
  return evidence;
}

Judge::Judge(const std::vector<Property*>& properties, const ExploreOptions& options)
    : properties_(properties), options_(options), evidence_(properties.size()) {
  for (Property* property : properties) property->ExploredUnder(options.memory);
  built_in_.push_back({kNoDataRace, "conflicting accesses to plain data are ordered by happens-before", {}});
  built_in_.push_back({kNoUseAfterFree, "no object is used after its end of life", {}});
  built_in_.push_back({kNoFailedCheck, "every Sync::check holds", {}});
  built_in_.push_back({kNoStuckThread, "no thread waits for ever (deadlock, lost wake-up, livelock)", {}});
  if (options.claims_initialised) {
    built_in_.push_back({kNoUninitialisedRead, "no data is read before it has a value", {}});
  }
}

void Judge::Count(End end, bool bounded) {
  if (end == End::kComplete) {
    ++counted_.executions;
  } else {
    ++counted_.blocked;
    if (end == End::kStuck) ++counted_.stuck;
  }
  if (bounded) HitBound("forever loops: " + std::to_string(options_.forever_rounds) + " rounds");
  if (ReachedMaxExecutions() && !options_.on_checkpoint) {
    CutShort("max-executions: " + std::to_string(options_.max_executions));
    stop_ = true;
  }
}

void Judge::CutShort(const std::string& by) {
  if (std::find(cut_short_.begin(), cut_short_.end(), by) == cut_short_.end()) cut_short_.push_back(by);
}

void Judge::Finished(const Execution& execution, End end, bool bounded) {
  Count(end, bounded);
  if (options_.on_execution) options_.on_execution(execution);
  for (std::size_t i = 0; i < properties_.size(); ++i) {
    Property& property = *properties_[i];
    std::optional<Finding> finding = property.Check(execution);
    if (!finding.has_value() || evidence_[i].has_value()) continue;
    finding->claim = property.name();
    evidence_[i] = Preserve(std::move(*finding), execution);
    if (property.kind() == Property::Kind::kUniversal) Found(property.name());
  }
}

bool Judge::Violated(std::string_view claim) const {
  return std::any_of(built_in_.begin(), built_in_.end(),
                     [claim](const BuiltIn& built_in) { return built_in.name == claim && built_in.violation; });
}

void Judge::Violate(Finding finding, const Execution& execution) {
  for (BuiltIn& built_in : built_in_) {
    if (built_in.name != finding.claim || built_in.violation) continue;
    if (options_.on_violation) options_.on_violation(finding, execution);
    built_in.violation = Preserve(std::move(finding), execution);
    Found(built_in.name);
    return;
  }
}

void Judge::Found(std::string_view claim) {
  any_violation_ = true;
  if (options_.stop_at.empty() || options_.stop_at == claim) stop_ = true;
}

Tally Judge::CountedByProperties() const {
  Tally tally;
  for (const Property* property : properties_) {
    tally.properties.push_back({property->antecedents(), property->not_evaluated(), property->measures()});
  }
  return tally;
}

void Judge::BeginAgain() {
  counted_ = {};
  counted_in_vain_ = CountedByProperties();
}

Tally Judge::tally() const {
  Tally tally = CountedByProperties().Since(counted_in_vain_);
  tally.Add(counted_);
  return tally;
}

std::vector<std::string> Judge::ClaimsWithEvidence() const {
  std::vector<std::string> claims;
  for (std::size_t i = 0; i < properties_.size(); ++i) {
    if (evidence_[i]) claims.emplace_back(properties_[i]->name());
  }
  for (const BuiltIn& built_in : built_in_) {
    if (built_in.violation) claims.emplace_back(built_in.name);
  }
  return claims;
}

Report Judge::Conclude(bool exhausted) {
  Tally counted = tally();
  Report report;
  report.memory = options_.memory;
  report.executions = counted.executions;
  if (Permutations(options_.interchangeable) > 1) {
    report.represented = counted.represented;
    for (const std::vector<int>& members : options_.interchangeable) {
      if (members.size() > 1) report.interchangeable.push_back(members);
    }
  }
  report.blocked = counted.blocked;
  report.stuck = counted.stuck;
  report.native_runs = counted.native_runs;
  report.exhausted = exhausted;
  for (const std::string& by : cut_short_) counted.Hit(by);
  report.bounds_hit = counted.bounds;
  const Verdict holds =
      !exhausted ? Verdict::kUnknown : (counted.bounds.empty() ? Verdict::kVerified : Verdict::kVerifiedWithinBounds);
  for (std::size_t i = 0; i < properties_.size(); ++i) {
    ClaimResult result;
    result.name = properties_[i]->name();
    result.description = properties_[i]->description();
    result.kind = properties_[i]->kind();
    result.antecedents = counted.properties[i].antecedents;
    result.not_evaluated = counted.properties[i].not_evaluated;
    result.measures = std::move(counted.properties[i].measures);
    result.evidence = std::move(evidence_[i]);
    if (result.kind == Property::Kind::kExists) {
      result.verdict = result.evidence ? Verdict::kVerified : Verdict::kUnknown;
    } else {
      result.verdict = result.evidence ? Verdict::kViolated : holds;
    }
    report.claims.push_back(std::move(result));
  }
  for (BuiltIn& built_in : built_in_) {
    ClaimResult result;
    result.name = built_in.name;
    result.description = built_in.description;
    result.verdict = built_in.violation ? Verdict::kViolated : holds;
    result.antecedents = built_in.name == kNoDataRace ? counted.race_checks : counted.executions + counted.blocked;
    result.evidence = std::move(built_in.violation);
    report.claims.push_back(std::move(result));
  }
  const auto any = [&report](Verdict verdict) {
    return std::any_of(report.claims.begin(), report.claims.end(),
                       [verdict](const ClaimResult& claim) { return claim.verdict == verdict; });
  };
  report.verdict = any(Verdict::kViolated)               ? Verdict::kViolated
                   : any(Verdict::kUnknown)              ? Verdict::kUnknown
                   : any(Verdict::kVerifiedWithinBounds) ? Verdict::kVerifiedWithinBounds
                                                         : Verdict::kVerified;
  return report;
}

}  // namespace doorway
