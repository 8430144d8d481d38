#include "harness/mutate/mutation_testing.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "harness/behaviour/model_error.h"
#include "harness/mutate/outcomes.h"

namespace doorway {
namespace {

std::string Bounds(const Report& report) {
  std::string text;
  for (const std::string& bound : report.bounds_hit) text += (text.empty() ? "" : ", ") + bound;
  return text;
}

class Tester {
 public:
  explicit Tester(const Checked& checked) : checked_(checked) {}

  Report ExploreOriginal(SourceOperations* operations) {
    ExploreOptions options = checked_.options;
    options.on_operation = [&](int, const Label& label) { operations->Add(label); };
    options.jobs = 1;  // other processes' operations would not be heard of
    return original_ = ExploreMutated(checked_, {}, options);
  }

  JudgedMutant Judge(Mutant mutant) {
    JudgedMutant judged;
    judged.mutant = std::move(mutant);
    try {
      const Report report = ExploreMutated(checked_, {judged.mutant.mutation}, checked_.options);
      judged.executions = report.executions;
      judged.seconds = report.seconds;
      if (Kills(report, &judged)) {
        judged.fate = Fate::kKilled;
      } else if (!report.exhausted) {
        judged.sentence = Bounds(report);
      } else {
        judged.fate = CompareOutcomes(judged.mutant.mutation);
      }
    } catch (const ModelError& error) {
      judged.fate = Fate::kKilled;
      judged.sentence = error.what();
    }
    return judged;
  }

 private:
  // Whether some claim is worse off than it is with the original.
  bool Kills(const Report& report, JudgedMutant* judged) const {
    for (const ClaimResult& claim : report.claims) {
      const ClaimResult* const before = original_.Find(claim.name);
      const bool no_witness =
          claim.kind == Property::Kind::kExists && claim.verdict == Verdict::kUnknown && report.exhausted;
      const bool vacuous = claim.vacuous() && report.exhausted && before != nullptr && !before->vacuous();
      if (claim.verdict != Verdict::kViolated && !no_witness && !vacuous) continue;
      judged->claim = claim.name;
      if (claim.evidence && claim.verdict == Verdict::kViolated) {
        judged->sentence = claim.evidence->finding.sentence;
      } else {
        judged->sentence = no_witness ? "there is no witness any more" : "it is never put to the test any more";
      }
      return true;
    }
    return false;
  }

  // Null: a limit ended the exploration.
  std::optional<Outcomes> OutcomesOf(std::vector<Mutation> mutations) const {
    Outcomes outcomes;
    ExploreOptions options = checked_.options;
    options.on_execution = [&](const Execution& execution) { outcomes.Add(execution); };
    if (!ExploreMutated(checked_, std::move(mutations), options).exhausted) return std::nullopt;
    return outcomes;
  }

  Fate CompareOutcomes(const Mutation& mutation) {
    if (!original_.exhausted) return Fate::kUndecided;
    if (!outcomes_known_) outcomes_ = OutcomesOf({});
    outcomes_known_ = true;
    if (!outcomes_) return Fate::kUndecided;
    const std::optional<Outcomes> mutated = OutcomesOf({mutation});
    if (!mutated) return Fate::kUndecided;
    return *mutated == *outcomes_ ? Fate::kEquivalent : Fate::kSurvived;
  }

  const Checked& checked_;
  Report original_;
  bool outcomes_known_ = false;
  std::optional<Outcomes> outcomes_;
};

}  // namespace

int MutationResult::Count(Fate fate) const {
  return static_cast<int>(
      std::count_if(mutants.begin(), mutants.end(), [fate](const auto& judged) { return judged.fate == fate; }));
}

MutationResult TestMutants(const Checked& checked, const MutationOptions& options) {
  MutationResult result;
  Tester tester(checked);
  SourceOperations operations;
  result.original = tester.ExploreOriginal(&operations);
  if (!Holds(result.original)) return result;
  std::vector<SourceOperation> wanted = operations.All();
  if (options.wanted) std::erase_if(wanted, [&](const auto& operation) { return !options.wanted(operation); });
  for (Mutant& mutant : MutantsOf(wanted)) {
    if (checked.options.interrupted != nullptr && *checked.options.interrupted) {
      result.interrupted = true;
      break;
    }
    result.mutants.push_back(tester.Judge(std::move(mutant)));
    if (options.on_mutant) options.on_mutant(result.mutants.back());
  }
  return result;
}

}  // namespace doorway
