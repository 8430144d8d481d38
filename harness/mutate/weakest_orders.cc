#include "harness/mutate/weakest_orders.h"

#include <algorithm>
#include <optional>
#include <queue>
#include <set>
#include <utility>

#include "harness/behaviour/model_error.h"
#include "harness/mutate/weaker.h"

namespace doorway {
namespace {

using Assignment = std::vector<Order>;  // by choice

// Whether a is at least as strong as b everywhere.
bool AtLeast(const Assignment& a, const Assignment& b) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!AtLeast(a[i], b[i])) return false;
  }
  return true;
}

class Finder {
 public:
  Finder(const std::vector<Checked>& configurations, const WeakestOrdersOptions& options)
      : configurations_(configurations), options_(options) {}

  WeakestOrders Find() && {
    if (!ExploreOriginals()) return std::move(result_);
    Assignment used;
    for (const OrderChoice& choice : result_.choices) used.push_back(choice.used);
    const std::optional<Assignment> cheapest = Cheapest(used);
    result_.cheapest = cheapest.has_value() && !undecided_;
    const Assignment needed = cheapest ? *cheapest : OneAfterAnother(used);
    for (std::size_t i = 0; i < used.size(); ++i) {
      OrderChoice& choice = result_.choices[i];
      choice.needed = needed[i];
      result_.cost_used += Cost(choice.used);
      result_.cost_needed += Cost(choice.needed);
      for (const Order weaker : NextWeaker(choice.op, needed[i])) {
        Assignment broken = needed;
        broken[i] = weaker;
        if (const std::optional<Broken> how = BreaksWith(broken)) choice.next_weaker.push_back({weaker, *how});
      }
    }
    return std::move(result_);
  }

 private:
  bool ExploreOriginals() {
    SourceOperations operations;
    for (const Checked& checked : configurations_) {
      ExploreOptions options = checked.options;
      options.on_operation = [&](int, const Label& label) { operations.Add(label); };
      options.jobs = 1;  // other processes' operations would not be heard of
      result_.originals.push_back(ExploreMutated(checked, {}, options));
      NoteBounds(result_.originals.back());
      if (!Holds(result_.originals.back())) return false;
    }
    for (const SourceOperation& operation : operations.All()) {
      if (operation.order == Order::kPlain || (options_.wanted && !options_.wanted(operation))) continue;
      OrderChoice choice{operation.where, operation.op, false, operation.order, operation.order, {}};
      result_.choices.push_back(choice);
      if (!operation.may_only_read) continue;
      choice.op = Op::kLoad;
      choice.of_failure = true;
      choice.used = choice.needed = operation.failure_order;
      result_.choices.push_back(std::move(choice));
    }
    return true;
  }

  void NoteBounds(const Report& report) {
    for (const std::string& bound : report.bounds_hit) {
      if (std::find(result_.bounds.begin(), result_.bounds.end(), bound) == result_.bounds.end()) {
        result_.bounds.push_back(bound);
      }
    }
  }

  std::vector<Mutation> MutationsOf(const Assignment& assignment) const {
    std::vector<Mutation> mutations;
    for (std::size_t i = 0; i < assignment.size(); ++i) {
      const OrderChoice& choice = result_.choices[i];
      if (assignment[i] == choice.used) continue;
      const auto kind = choice.of_failure ? Mutation::Kind::kFailureOrder : Mutation::Kind::kOrder;
      mutations.push_back({choice.where, kind, assignment[i]});
    }
    return mutations;
  }

  // How the program breaks with these orders; nothing, if all claims hold.
  std::optional<Broken> BreaksWith(const Assignment& assignment) {
    for (const auto& [stronger, how] : broken_) {
      if (AtLeast(stronger, assignment)) return how;
    }
    for (const Assignment& holds : holds_) {
      if (AtLeast(assignment, holds)) return std::nullopt;
    }
    std::optional<Broken> how;
    for (std::size_t c = 0; c < configurations_.size() && !how; ++c) how = BreaksIn(c, assignment);
    if (how) {
      broken_.emplace_back(assignment, *how);
    } else {
      holds_.push_back(assignment);
    }
    ++result_.explorations;
    return how;
  }

  std::optional<Broken> BreaksIn(std::size_t configuration, const Assignment& assignment) {
    const Checked& checked = configurations_[configuration];
    try {
      const Report report = ExploreMutated(checked, MutationsOf(assignment), checked.options);
      if (const ClaimResult* const claim = FirstViolated(report)) {
        return Broken{claim->name, claim->evidence ? claim->evidence->finding.sentence : "", configuration};
      }
      NoteBounds(report);
      if (Holds(report)) return std::nullopt;
      undecided_ = true;
      return Broken{"", "not decided within the limits", configuration};
    } catch (const ModelError& error) {
      return Broken{"", error.what(), configuration};
    }
  }

  bool Spent() const {
    const auto* const interrupted = configurations_.front().options.interrupted;
    return result_.explorations >= options_.most_explorations || (interrupted != nullptr && *interrupted);
  }

  // Those that are enough for the choice, the others being as used, cheapest first.
  std::vector<Order> EnoughAlone(std::size_t choice, const Assignment& used) {
    std::vector<Order> enough;
    for (const Order order : AtMost(result_.choices[choice].op, used[choice])) {
      Assignment alone = used;
      alone[choice] = order;
      if (order == used[choice] || (!Spent() && !BreaksWith(alone))) enough.push_back(order);
    }
    return enough;
  }

  // The cheapest of all assignments that hold; nothing if there was no time to find out.
  std::optional<Assignment> Cheapest(const Assignment& used) {
    std::vector<std::vector<Order>> enough;
    for (std::size_t i = 0; i < used.size(); ++i) enough.push_back(EnoughAlone(i, used));
    using Places = std::vector<std::size_t>;  // in `enough`
    using Candidate = std::pair<int, Places>;
    std::priority_queue<Candidate, std::vector<Candidate>, std::greater<>> candidates;
    std::set<Places> seen;
    const auto add = [&](const Places& places) {
      int cost = 0;
      for (std::size_t i = 0; i < places.size(); ++i) cost += Cost(enough[i][places[i]]);
      if (seen.insert(places).second) candidates.push({cost, places});
    };
    add(Places(used.size(), 0));
    while (!candidates.empty() && !Spent() && seen.size() < kMostCandidates) {
      const Places places = candidates.top().second;
      candidates.pop();
      Assignment assignment;
      for (std::size_t i = 0; i < places.size(); ++i) assignment.push_back(enough[i][places[i]]);
      if (!BreaksWith(assignment)) return assignment;
      for (std::size_t i = 0; i < places.size(); ++i) {
        Places next = places;
        if (++next[i] < enough[i].size()) add(next);
      }
    }
    return std::nullopt;
  }

  // Each choice as weak as those before it allow: nothing can be weakened any more, but other assignments may be
  // cheaper.
  Assignment OneAfterAnother(Assignment assignment) {
    for (std::size_t i = 0; i < assignment.size(); ++i) {
      for (const Order order : AtMost(result_.choices[i].op, assignment[i])) {
        Assignment weaker = assignment;
        weaker[i] = order;
        if (order != assignment[i] && (Interrupted() || BreaksWith(weaker))) continue;
        assignment = weaker;
        break;
      }
    }
    return assignment;
  }

  bool Interrupted() const {
    const auto* const interrupted = configurations_.front().options.interrupted;
    return interrupted != nullptr && *interrupted;
  }

  static constexpr std::size_t kMostCandidates = 1'000'000;

  const std::vector<Checked>& configurations_;
  const WeakestOrdersOptions& options_;
  WeakestOrders result_;
  std::vector<std::pair<Assignment, Broken>> broken_;
  std::vector<Assignment> holds_;
  bool undecided_ = false;  // something is taken to break
};

}  // namespace

WeakestOrders FindWeakestOrders(const std::vector<Checked>& configurations, const WeakestOrdersOptions& options) {
  return Finder(configurations, options).Find();
}

}  // namespace doorway
