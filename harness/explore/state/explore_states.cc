#include "harness/explore/explore_states.h"

#include <sys/resource.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "harness/behaviour/program.h"
#include "harness/explore/clock_time.h"
#include "harness/explore/state/counting.h"
#include "harness/explore/state/fair_cycles.h"
#include "harness/explore/state/random_runs.h"
#include "harness/explore/state/run_execution.h"
#include "harness/explore/state/state_claims.h"
#include "harness/explore/state/state_evidence.h"
#include "harness/explore/state/state_space.h"
#include "harness/explore/stuck.h"

// Several explorations, each with what it must remember of a run as a part of its states:
//  - one for all monitors that are followed together; on its states the claims about infinite runs are decided;
//  - where there is plain data, one that follows single accesses, for data races (race_tracker.h);
//  - one for each monitor that is explored apart; on its states a count's bound is decided.

namespace doorway {
namespace {

// A response as a monitor of one thread: one bit, whether it waits. Flags the end of a wait.
class Waits final : public Monitor {
 public:
  Waits(const Response& response, int subject) : response_(response), subject_(subject) {}
  int bits() const override { return 1; }
  Answer Hear(const Noted& noted, Value* state) const override {
    Answer answer;
    if (noted.when == When::kLatest || noted.subject != subject_) return answer;
    if (noted.kind == response_.begins) {
      answer.antecedent = true;
      *state = 1;
    }
    if (noted.kind == response_.ends) {
      answer.flagged = *state != 0;
      *state = 0;
    }
    return answer;
  }

 private:
  const Response& response_;
  const int subject_;
};

class Search {
 public:
  Search(Subject& subject, const std::vector<Property*>& properties, const std::vector<Response>& responses,
         const StateOptions& options)
      : properties_(properties),
        responses_(responses),
        options_(options),
        tso_(options.memory == MemoryModel::kTso),
        claims_(properties, responses, options),
        budget_(options, WallSeconds()),
        program_(subject, Program::kEndless, options.expand_updates),
        places_(program_) {}

  Report Run() {
    LearnReads(program_, places_, known_, tso_);
    ExploreTogether();
    if (!over() && options_.races) ExploreRaces();
    for (const Apart& apart : apart_) {
      if (!over()) ExploreApart(apart);
    }
    if (!budget_.bound().empty()) claims_.HitBound(budget_.bound());
    report_.engine = "state";
    report_.memory = options_.memory;
    report_.native_runs = program_.native_runs();
    report_.exhausted = !over();
    claims_.Conclude(&report_);
    return std::move(report_);
  }

 private:
  static constexpr int kMostRefutations = 30;

  using Claim = StateClaims::Index;
  struct Apart {
    Claim claim;
    std::unique_ptr<Monitor> monitor;
    bool last;  // of its claim
  };
  struct Waiting {
    Claim claim;
    std::size_t monitor;
    int subject;
  };

  // What the steps of one state space tell.
  struct Listener final : StateSpace::Visitor {
    Listener(Search& s, StateSpace& sp, const std::vector<Claim>& o) : search(s), space(sp), owners(o) {}
    bool OnInitial(const Transitions::Step& step) override { return search.Heard(*this, 0, step, true); }
    bool OnStep(StateId from, const Transitions::Step& step) override { return search.Heard(*this, from, step, false); }
    bool OnStuck(StateId state) override { return search.Stuck(space, state); }

    Search& search;
    StateSpace& space;
    const std::vector<Claim>& owners;  // by monitor
  };

  bool over() const { return claims_.stop() || !budget_.bound().empty() || cut_; }

  // ---- What steps tell. False: the search is over ----

  bool Heard(Listener& listener, StateId from, const Transitions::Step& step, bool initial) {
    StateSpace& space = listener.space;
    const Transitions::Step* const last = initial ? nullptr : &step;
    for (std::size_t m = 0; m < listener.owners.size(); ++m) {
      const Claim claim = listener.owners[m];
      claims_[claim].antecedents += step.antecedents >> m & 1;
      if ((step.flagged >> m & 1) == 0 || claims_.HasEvidence(claim)) continue;
      if (claims_[claim].kind == Property::Kind::kLiveness) continue;  // a wait has ended
      const Execution execution = RunTo(space, from, last, false);
      claims_.Found(claim, Judge(claim, execution), execution);
    }
    switch (step.trouble) {
      case Transitions::Trouble::kNone:
        break;
      case Transitions::Trouble::kModelError:
        // What comes after a violation may be its consequence.
        if (!claims_.any_violation()) throw ModelError(space.transitions().model_error());
        claims_.HitBound("the model's error after a violation: " + space.transitions().model_error());
        cut_ = true;
        return false;
      default: {
        const Claim claim = claims_.of(step.trouble == Transitions::Trouble::kFailedCheck    ? kNoFailedCheck
                                       : step.trouble == Transitions::Trouble::kUseAfterFree ? kNoUseAfterFree
                                                                                             : kNoDataRace);
        if (claims_.HasEvidence(claim)) break;
        const Execution execution = RunTo(space, from, last, false);
        claims_.Found(claim, TroubleOf(space, from, step, execution), execution);
      }
    }
    return !claims_.stop();
  }

  bool Stuck(StateSpace& space, StateId state) {
    const Claim claim = claims_.of(kNoStuckThread);
    if (!claims_.HasEvidence(claim)) {
      const Execution execution = RunTo(space, state, nullptr, true);
      Finding finding;
      finding.sentence = DescribeStuck(execution);
      claims_.Found(claim, std::move(finding), execution);
    }
    return !claims_.stop();
  }

  // The property's own words for what its monitor has flagged.
  Finding Judge(Claim claim, const Execution& execution) {
    Property& property = claims_.property(claim);
    std::optional<Finding> finding = property.Check(execution);
    if (finding) return std::move(*finding);
    Finding plain;
    plain.sentence = "not so: " + std::string(property.description());
    return plain;
  }

  // ---- The explorations ----

  // Explores, anew as often as the local states are refuted, and hands the space to `then(space, complete)`.
  template <class Then>
  void ExploreSpace(bool silent_fences, const Transitions::Options& options, const std::vector<Claim>& owners,
                    Then then) {
    bool once_more = false;
    for (int attempt = 0;; ++attempt) {
      // Too many refutations: the same threads in more states, then.
      LocalStates locals(
          program_, places_, known_,
          {.silent_fences = silent_fences, .notes = !options.monitors.empty(), .minimise = attempt < kMostRefutations});
      StateSpace space(locals, options, budget_);
      Listener listener(*this, space, owners);
      const std::vector<std::uint64_t> antecedents = claims_.Antecedents();
      const bool complete = space.Explore(listener);
      // What was told apart when less was known may be alike.
      const bool again = complete && !once_more && attempt > 0 && attempt < kMostRefutations && locals.HasTwins();
      if (again || (!complete && locals.refuted())) {
        if (again) known_.ForgetApart();
        once_more = once_more || again;
        claims_.SetAntecedents(antecedents);
        continue;
      }
      if (space.transitions().buffer_was_full()) {
        claims_.HitBound("store buffers of " + std::to_string(options.buffer_capacity) + " stores");
      }
      if (!complete) cut_ = true;
      try {
        then(space, complete);
      } catch (const BudgetExhausted&) {
        cut_ = true;  // the bound says which; what was not decided is unknown
      }
      return;
    }
  }

  Transitions::Options With(std::vector<const Monitor*> monitors) const {
    Transitions::Options options;
    options.tso = tso_;
    options.monitors = std::move(monitors);
    return options;
  }

  void ExploreTogether() {
    std::vector<std::unique_ptr<Monitor>> owned;
    std::vector<const Monitor*> monitors;
    std::vector<Claim> owners;
    std::vector<Claim> together = {claims_.of(kNoFailedCheck), claims_.of(kNoStuckThread)};
    for (std::size_t i = 0; i < properties_.size(); ++i) {
      std::vector<std::unique_ptr<Monitor>> of_claim = properties_[i]->Monitors(program_.threads());
      for (std::unique_ptr<Monitor>& monitor : of_claim) {
        const bool last = &monitor == &of_claim.back();
        if (monitor->apart()) {
          apart_.push_back({claims_.of_property(i), std::move(monitor), last});
          continue;
        }
        if (last) together.push_back(claims_.of_property(i));
        monitors.push_back(monitor.get());
        owners.push_back(claims_.of_property(i));
        owned.push_back(std::move(monitor));
      }
    }
    std::vector<Waiting> waiting;
    for (std::size_t r = 0; r < responses_.size(); ++r) {
      for (int t = 0; t < program_.threads(); ++t) {
        owned.push_back(std::make_unique<Waits>(responses_[r], t));
        waiting.push_back({claims_.of_response(r), monitors.size(), t});
        monitors.push_back(owned.back().get());
        owners.push_back(claims_.of_response(r));
      }
    }
    if (monitors.size() > 64) throw ModelError("more than 64 monitors at once; fewer threads or claims");
    ExploreSpace(!tso_, With(monitors), owners, [&](StateSpace& space, bool complete) {
      report_.states = space.size();
      report_.transitions = space.transitions_made();
      report_.depth = space.depth();
      claims_[claims_.of(kNoFailedCheck)].antecedents = space.size();
      claims_[claims_.of(kNoStuckThread)].antecedents = space.size();
      claims_[claims_.of(kNoUseAfterFree)].antecedents = space.size();
      if (!complete) return;
      for (const Claim claim : together) claims_.Decided(claim);
      for (const Waiting& who : waiting) {
        if (over()) return;
        LookForStarvation(space, who);
        if (who.subject == program_.threads() - 1) claims_.Decided(who.claim);
      }
    });
  }

  void LookForStarvation(StateSpace& space, const Waiting& who) {
    if (claims_.HasEvidence(who.claim)) return;
    std::vector<StateId> waiting;
    for (StateId id = 0; id < space.size(); ++id) {
      if (space.transitions().MonitorState(space[id].data(), who.monitor) != 0) waiting.push_back(id);
    }
    const std::optional<Cycle> cycle =
        FairCycles(space, options_.fairness).Find(waiting, std::uint64_t{1} << who.monitor);
    if (!cycle) return;
    Finding finding;
    finding.sentence = "thread " + std::to_string(who.subject) + " waits for ever";
    if (cycle->steps.empty()) {
      finding.sentence += ": nobody can take a step";
      const Execution execution = RunTo(space, cycle->states.front(), nullptr, true);
      return claims_.Found(who.claim, std::move(finding), execution);
    }
    LassoRun run = RunInto(space, *cycle, who.subject);
    if (!run.others.empty()) finding.sentence += ", while " + run.others + " can go on";
    claims_.Found(who.claim, std::move(finding), run.execution, std::move(run.lasso));
  }

  void ExploreRaces() {
    Transitions::Options options = With({});
    options.track_races = true;
    bool any = false;
    for (std::size_t l = 0; l < places_.size(); ++l) {
      const auto location = static_cast<LocationId>(l);
      options.followed.push_back(program_.locations()[l].plain || places_.HasLife(location));
      any |= options.followed.back();
    }
    const auto decided = [this] {
      claims_.Decided(claims_.of(kNoDataRace));
      claims_.Decided(claims_.of(kNoUseAfterFree));
    };
    if (!any) return decided();
    // Fences order accesses, so they are steps.
    ExploreSpace(false, options, {}, [&](StateSpace& space, bool complete) {
      claims_[claims_.of(kNoDataRace)].antecedents = space.transitions().followed_accesses();
      if (complete) decided();
    });
  }

  void ExploreApart(const Apart& apart) {
    ExploreSpace(!tso_, With({apart.monitor.get()}), {apart.claim}, [&](StateSpace& space, bool complete) {
      if (!complete) return;
      if (apart.monitor->counts()) Count(space, apart);
      if (apart.last) claims_.Decided(apart.claim);
    });
  }

  void Count(StateSpace& space, const Apart& apart) {
    const CountResult counted = MostCounted(space, 0);
    std::vector<Measure>& measures = claims_[apart.claim].measures;
    const std::string name(apart.monitor->measure());
    auto measure = std::find_if(measures.begin(), measures.end(), [&](const Measure& m) { return m.name == name; });
    if (measure == measures.end()) measure = measures.insert(measure, {name, 0});
    measure->value = counted.pump ? Measure::kUnbounded : std::max(measure->value, counted.most);
    if (!apart.monitor->limit() || claims_.HasEvidence(apart.claim)) return;
    if (counted.pump) {
      LassoRun run = RunInto(space, *counted.pump, -1);
      Finding finding;
      finding.sentence = name + " has no bound: it grows with each turn of a cycle";
      claims_.Found(apart.claim, std::move(finding), run.execution, std::move(run.lasso));
    } else if (counted.most > *apart.monitor->limit()) {
      std::vector<Transitions::Step> steps = StepsTo(space, counted.states.front());
      steps.insert(steps.end(), counted.steps.begin(), counted.steps.end());
      const Execution execution = ExecutionOf(space.transitions().locals(), steps, tso_, false, nullptr);
      claims_.Found(apart.claim, Judge(apart.claim, execution), execution);
    }
  }

  const std::vector<Property*>& properties_;
  const std::vector<Response>& responses_;
  const StateOptions& options_;
  const bool tso_;
  StateClaims claims_;
  StateBudget budget_;
  Program program_;
  Places places_;
  Knowledge known_;
  std::vector<Apart> apart_;
  Report report_;
  bool cut_ = false;  // an exploration did not come to its end
};

}  // namespace

Report ExploreStates(Subject& subject, const std::vector<Property*>& properties, const std::vector<Response>& responses,
                     const StateOptions& options) {
  const double wall = WallSeconds();
  const double cpu = CpuSeconds();
  Report report = Search(subject, properties, responses, options).Run();
  report.seconds = WallSeconds() - wall;
  report.cpu_seconds = CpuSeconds() - cpu;
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  report.peak_bytes = static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
  return report;
}

}  // namespace doorway
