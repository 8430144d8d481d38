#include "harness/explore/parts.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/behaviour/model_error.h"
#include "harness/explore/coherence.h"
#include "harness/explore/graph_explorer.h"
#include "harness/explore/jobs.h"
#include "harness/explore/search_state.h"
#include "harness/explore/split.h"
#include "harness/explore/twins.h"

namespace doorway {
namespace {

bool UsesJobs(const ExploreOptions& options) {
  return options.jobs > 1 && options.max_executions == 0 && options.on_execution == nullptr;
}

bool Contains(const std::vector<std::string>& claims, const std::string& claim) {
  return std::find(claims.begin(), claims.end(), claim) != claims.end();
}

template <class Coherence>
class PartsSearch {
 public:
  using Explorer = GraphExplorer<Coherence>;
  using SubTree = typename Explorer::SubTree;

  PartsSearch(Program& program, Judge& judge, const ExploreOptions& options)
      : program_(program),
        judge_(judge),
        options_(options),
        explorer_(program, judge, options_),
        uncounted_options_(Uncounted(options, judge)),
        uncounted_judge_(nothing_, uncounted_options_),
        uncounted_(program, uncounted_judge_, uncounted_options_),
        scout_options_(Untimed(uncounted_options_)),
        scout_judge_(nothing_, scout_options_),
        scout_(program, scout_judge_, scout_options_) {}

  bool Run() {
    if (options_.shards > 1) {
      judge_.HitBound("shard " + std::to_string(options_.shard + 1) + " of " + std::to_string(options_.shards));
    }
    const std::vector<SubTree> mine = Split();
    if (uncounted_.out_of_budget()) {
      for (const std::string& by : uncounted_judge_.cut_short()) judge_.CutShort(by);
      return false;
    }
    if (explorer_.Stopped()) return false;
    GoOnFromBefore(mine.size());
    const bool whole = UsesJobs(options_) && mine.size() > 1 ? RunJobs(mine) : RunHere(mine);
    Save();
    return whole;
  }

 private:
  // What is to be explored here. The executions found by the way are counted by the first shard.
  std::vector<SubTree> Split() {
    const int walks = options_.shards > 1 ? 16 : 2;
    Splitter<Coherence> splitter(options_.shard == 0 ? explorer_ : uncounted_, scout_, walks);
    const auto parts = splitter.Split(Wanted());
    std::vector<double> sizes;
    for (const auto& part : parts) sizes.push_back(part.size);
    const std::vector<std::size_t> shards = Deal(sizes, static_cast<std::size_t>(options_.shards));
    std::vector<SubTree> mine;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (shards[i] == static_cast<std::size_t>(options_.shard)) mine.push_back(parts[i].sub_tree);
    }
    return mine;
  }

  // Depends on the shards alone where there are some: each must come to the same split. So must a search that goes on.
  std::size_t Wanted() const {
    if (options_.resume != nullptr) return options_.resume->sub_trees;
    const int parts = options_.shards > 1 ? 4 * options_.shards : options_.jobs;  // shards cannot help each other
    return options_.sub_trees_a_part * static_cast<std::size_t>(parts);
  }

  void GoOnFromBefore(std::size_t parts) {
    if (options_.resume != nullptr) results_ = options_.resume->parts;
    if (!results_.empty() && results_.size() != parts) throw SearchMismatch("the search is split otherwise");
    results_.resize(parts);
    for (std::optional<PartResult>& result : results_) {
      if (!result.has_value()) continue;
      result->cut_short.clear();
      if (!result->done && (!result->claims.empty() || result->position.empty())) result.reset();  // all over again
    }
  }

  void Save() const { SaveResults(results_); }
  void SaveResults(const std::vector<std::optional<PartResult>>& results) const {
    if (options_.on_checkpoint) options_.on_checkpoint({Wanted(), results});
  }

  bool RunHere(const std::vector<SubTree>& sub_trees) {
    for (std::uint32_t i = 0; i < sub_trees.size(); ++i) {
      std::optional<PartResult>& result = results_[i];
      if (result.has_value() && result->done) {
        if (!IsNews(*result)) {
          judge_.Add(result->tally);
          continue;
        }
        result.reset();
      }
      result = ExplorePart(i, sub_trees[i], [&](const PartResult& so_far) {
        result = so_far;
        Save();
      });
      if (!result->done) return false;
    }
    return true;
  }

  static ExploreOptions Uncounted(const ExploreOptions& options, const Judge& judge) {
    ExploreOptions uncounted = options;
    uncounted.on_checkpoint = nullptr;
    uncounted.stop_at = "none";
    uncounted.skip_tails = options.skip_tails && !judge.wants_executions();  // or the split is another one
    uncounted.on_execution = nullptr;
    uncounted.on_progress = nullptr;
    uncounted.max_executions = 0;
    return uncounted;
  }

  static ExploreOptions Untimed(ExploreOptions options) {
    options.timeout_seconds = 0;
    options.interrupted = nullptr;
    return options;
  }

  bool RunJobs(const std::vector<SubTree>& sub_trees) {
    const Jobs jobs(options_.jobs, options_.interrupted, WithEstimate());
    const auto work = [&](std::uint32_t part, const Jobs::Watch& watch) {
      if (!forked_) program_.Forked();
      forked_ = true;
      options_.interrupted = watch.stop;
      options_.on_progress = watch.on_progress;
      return ExploreForked(part, sub_trees[part], watch.on_position);
    };
    const Jobs::Results results =
        jobs.Run(results_, work, options_.checkpoint_seconds,
                 [this](const std::vector<std::optional<PartResult>>& so_far) { SaveResults(so_far); });
    results_ = results.parts;
    bool whole = true;
    for (std::size_t i = 0; i < sub_trees.size(); ++i) {
      const std::optional<PartResult>& result = results_[i];
      if (result.has_value()) {
        for (const std::string& by : result->cut_short) judge_.CutShort(by);
      }
      if (result.has_value() && IsNews(*result)) {
        whole = explorer_.ExploreSubTree(sub_trees[i]) && whole;
        if (judge_.stop()) return false;
        continue;
      }
      if (result.has_value()) judge_.Add(result->tally);
      whole = whole && result.has_value() && result->done;
    }
    for (const std::string& bound : results.bounds) judge_.HitBound(bound);
    return whole;
  }

  // Asked for progress by the jobs, who know nothing of estimates, and of what was counted before them.
  std::function<void(const Progress&)> WithEstimate() {
    if (!options_.on_progress) return {};
    return [this, before = judge_.tally()](Progress progress) {
      if (!estimate_.has_value() && progress.seconds >= 1) estimate_ = explorer_.EstimateAll();
      if (estimate_.has_value()) progress.estimate = *estimate_;
      progress.executions += before.executions;
      progress.blocked += before.blocked;
      options_.on_progress(progress);
    };
  }

  using OnPosition = std::function<void(const PartResult& so_far)>;

  // All of the part, or what was left of it before.
  PartResult ExplorePart(std::uint32_t part, const SubTree& sub_tree, const OnPosition& on_position) {
    const Tally before = NativeTally();
    const std::vector<std::string> known = judge_.ClaimsWithEvidence();
    const auto so_far = [&] {
      PartResult result;
      result.part = part;
      for (const std::string& claim : judge_.ClaimsWithEvidence()) {
        if (!Contains(known, claim)) result.claims.push_back(claim);
      }
      result.stops = judge_.stop();
      result.cut_short = judge_.cut_short();
      result.position = explorer_.position();
      result.tally = NativeTally().Since(before);
      return result;
    };
    if (options_.on_checkpoint) explorer_.SaveBetween([&] { on_position(so_far()); });
    bool done = false;
    if (const std::optional<PartResult> begun = results_[part]; begun.has_value()) {
      judge_.Add(begun->tally);
      done = explorer_.ExploreFrom(sub_tree, begun->position, scout_);
    } else {
      done = explorer_.ExploreSubTree(sub_tree);
    }
    explorer_.SaveBetween({});
    PartResult result = so_far();
    result.done = done;
    return result;
  }

  // In a forked process. A fault of the model is left to the first one to meet again.
  PartResult ExploreForked(std::uint32_t part, const SubTree& sub_tree, const OnPosition& on_position) {
    try {
      return ExplorePart(part, sub_tree, on_position);
    } catch (const ModelError&) {
      return AtFault(part);
    } catch (const ThreadsDiffer&) {
      return AtFault(part);
    } catch (const LocationMoves&) {
      return AtFault(part);
    }
  }
  static PartResult AtFault(std::uint32_t part) {
    PartResult result;
    result.part = part;
    result.claims.emplace_back(kFault);
    result.stops = true;
    return result;
  }

  Tally NativeTally() const {
    Tally tally = judge_.tally();
    tally.native_runs += program_.native_runs();
    return tally;
  }

  // Whether a process has met something that this one has not yet.
  bool IsNews(const PartResult& result) const {
    const std::vector<std::string> known = judge_.ClaimsWithEvidence();
    return std::any_of(result.claims.begin(), result.claims.end(),
                       [&known](const std::string& claim) { return !Contains(known, claim); });
  }

  static constexpr const char* kFault = "(the model is at fault)";

  Program& program_;
  Judge& judge_;
  ExploreOptions options_;
  Explorer explorer_;
  std::vector<std::optional<PartResult>> results_;
  bool forked_ = false;
  std::optional<Estimate> estimate_;
  // Splits where that is not counted.
  const std::vector<Property*> nothing_;
  const ExploreOptions uncounted_options_;
  Judge uncounted_judge_;
  Explorer uncounted_;
  // Only walks, and finds ways: what it meets must not make the split another one here than in other shards.
  const ExploreOptions scout_options_;
  Judge scout_judge_;
  Explorer scout_;
};

}  // namespace

bool IsInParts(const ExploreOptions& options) {
  const bool saves = options.on_checkpoint || options.resume != nullptr;
  return options.random_walks == 0 && (options.shards > 1 || UsesJobs(options) || saves);
}

template <class Coherence>
bool SearchInParts(Program& program, Judge& judge, const ExploreOptions& options) {
  return PartsSearch<Coherence>(program, judge, options).Run();
}

template bool SearchInParts<ScCoherence>(Program&, Judge&, const ExploreOptions&);
template bool SearchInParts<TsoCoherence>(Program&, Judge&, const ExploreOptions&);
template bool SearchInParts<Rc11Coherence>(Program&, Judge&, const ExploreOptions&);

}  // namespace doorway
