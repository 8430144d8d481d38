#include "harness/explore/explore_states.h"

#include <absl/container/flat_hash_set.h>
#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <memory>
#include <utility>

#include "harness/behaviour/program.h"
#include "harness/explore/clock_time.h"
#include "harness/explore/state/concrete_run.h"
#include "harness/explore/state/counting.h"
#include "harness/explore/state/explorations.h"
#include "harness/explore/state/fair_cycles.h"
#include "harness/explore/state/run_execution.h"
#include "harness/explore/state/state_claims.h"
#include "harness/explore/state/state_evidence.h"
#include "harness/explore/state/state_space.h"
#include "harness/explore/state/waits.h"
#include "harness/explore/stuck.h"

// Several explorations, each with what it must remember of a run as a part of its states:
//  - one for all monitors that are followed together; on its states the claims about infinite runs are decided, unless
//    threads are interchangeable: then
//  - one for each thread whose waits are followed, but for those that could change places with another such thread;
//  - where there is plain data, one that follows single accesses, for data races (race_tracker.h);
//  - one for each monitor that is explored apart; on its states a count's bound is decided.

namespace doorway {
namespace {

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
        explorations_(program_, tso_, budget_),
        interchangeable_(Nobody()) {}

  Report Run() {
    ExploreTogether();
    if (!over() && options_.races) ExploreRaces();
    for (std::size_t i = 0; i < apart_.size() && !over(); ++i) ExploreApart(i);
    if (!budget_.bound().empty()) claims_.HitBound(budget_.bound());
    if (options_.hash_compaction) TellOmissions();
    report_.engine = "state";
    report_.memory = options_.memory;
    report_.native_runs = program_.native_runs();
    report_.exhausted = !over();
    claims_.Conclude(&report_);
    return std::move(report_);
  }

 private:
  using Claim = StateClaims::Index;
  struct Apart {
    Claim claim;
    std::unique_ptr<Monitor> monitor;
    bool last;  // of its claim
  };

  struct Antecedent {
    Claim claim;
    std::unique_ptr<Monitor> monitor;
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
  struct Looker : StateSpace::Visitor {  // and hears nothing
    bool OnInitial(const Transitions::Step& /*step*/) override { return true; }
    bool OnStep(StateId /*from*/, const Transitions::Step& /*step*/) override { return true; }
    bool OnStuck(StateId /*state*/) override { return true; }
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
      claims_.Found(claim, Judge(claim, execution, space.symmetric()), execution);
    }
    switch (step.trouble) {
      case Transitions::Trouble::kNone:
        break;
      case Transitions::Trouble::kModelError:
        if (space.symmetric()) throw NotInterchangeable();  // look again: it may be none of the program
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
        claims_.Found(claim, TroubleOf(space, from, step, initial, execution), execution);
      }
    }
    return !claims_.stop();
  }

  bool Stuck(StateSpace& space, StateId state) {
    const Claim claim = claims_.of(kNoStuckThread);
    if (!claims_.HasEvidence(claim)) {
      ConcreteRun run(space);
      run.GoTo(state);
      if (!space.transitions().IsStuck(run.at().data())) throw NotInterchangeable();
      const Execution execution = RunTo(space, state, nullptr, true);
      Finding finding;
      finding.sentence = DescribeStuck(execution);
      claims_.Found(claim, std::move(finding), execution);
    }
    return !claims_.stop();
  }

  // The property's own words for what its monitor has flagged.
  Finding Judge(Claim claim, const Execution& execution, bool symmetric) {
    Property& property = claims_.property(claim);
    std::optional<Finding> finding = property.Check(execution);
    if (finding) return std::move(*finding);
    if (symmetric) throw NotInterchangeable();  // look again: some other claim's monitor may have flagged it
    Finding plain;
    plain.sentence = "not so: " + std::string(property.description());
    return plain;
  }

  // ---- The explorations ----

  using Plan = Explorations::Plan;
  using Then = Explorations::Then;

  Interchangeable Nobody() const { return {program_.threads(), false}; }

  void Explore(const Plan& plan, const Then& then) {
    const std::vector<std::uint64_t> antecedents = claims_.Antecedents();
    explorations_.Explore(
        plan, [&](StateSpace& space) { return std::make_unique<Listener>(*this, space, plan.owners); },
        [&] { claims_.SetAntecedents(antecedents); },
        [&](StateSpace& space, bool complete) {
          if (space.transitions().tally().buffer_was_full) {
            const int stores = space.transitions().options().buffer_capacity;
            claims_.HitBound("store buffers of " + std::to_string(stores) + " stores");
          }
          if (!complete) cut_ = true;
          omissions_ = std::min(omissions_ + OmissionProbability(space.size()), 1.0);
          try {
            then(space, complete);
          } catch (const BudgetExhausted&) {
            cut_ = true;  // the bound says which; what was not decided is unknown
          }
        });
  }

  // Whether infinite runs can be asked about: the states that they go through are there.
  bool Infinite() const { return !options_.hash_compaction; }

  void TellOmissions() {
    char text[80];
    std::snprintf(text, sizeof text, "hash compaction: a state is omitted with a probability of at most %.1e",
                  omissions_);
    claims_.HitBound(text);
    const bool counts = std::any_of(apart_.begin(), apart_.end(), [](const Apart& a) { return a.monitor->counts(); });
    if (counts || !responses_.empty()) claims_.HitBound("hash compaction: no claim about infinite runs is judged");
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
        if (std::unique_ptr<Monitor> antecedent = monitor->Antecedent(); antecedent != nullptr) {
          antecedents_.push_back({claims_.of_property(i), std::move(antecedent)});
        }
        monitors.push_back(monitor.get());
        owners.push_back(claims_.of_property(i));
        owned.push_back(std::move(monitor));
      }
    }
    std::vector<std::unique_ptr<Waits>> waits;
    // Where one thread's claim is to stand for another's, they must say the same, whoever listens.
    Plan plan{.monitors = monitors,
              .owners = owners,
              .interchangeable = {program_.threads(), options_.symmetry != SymmetryUse::kOff},
              .reduce = options_.partial_order,
              .all_notes = !responses_.empty() || !apart_.empty()};
    interchangeable_ = FindInterchangeable(plan);
    plan.interchangeable = interchangeable_;
    const bool apart = WaitsApart();
    for (std::size_t r = 0; r < responses_.size() && !apart && Infinite(); ++r) {
      for (int t = 0; t < program_.threads(); ++t) {
        waits.push_back(std::make_unique<Waits>(claims_.of_response(r), responses_[r], t));
        plan.monitors.push_back(waits.back().get());
        plan.owners.push_back(waits.back()->claim());
      }
    }
    if (plan.monitors.size() > 64) throw ModelError("more than 64 monitors at once; fewer threads or claims");
    if (!waits.empty()) plan.interchangeable = Nobody();
    Explore(plan, [&](StateSpace& space, bool complete) {
      report_.states = space.size();
      report_.transitions = space.transitions_made();
      report_.depth = space.depth();
      report_.reduced = space.reduced();
      TellInterchangeable(space);
      claims_[claims_.of(kNoFailedCheck)].antecedents = space.size();
      claims_[claims_.of(kNoStuckThread)].antecedents = space.size();
      claims_[claims_.of(kNoUseAfterFree)].antecedents = space.size();
      if (!complete) return;
      proven_ = space.classes();
      for (const Claim claim : together) claims_.Decided(claim);
      const std::size_t before = plan.monitors.size() - waits.size();
      for (std::size_t i = 0; i < waits.size() && !over(); ++i) {
        LookForStarvation(space, before + i, *waits[i]);
        if (waits[i]->subject() == program_.threads() - 1) claims_.Decided(waits[i]->claim());
      }
      if (apart) FindWhoWaits(space.transitions().locals());
    });
    for (std::size_t r = 0; r < responses_.size() && apart && Infinite(); ++r) ExploreWaits(r);
    for (const Antecedent& antecedent : antecedents_) {
      if (!over() && !MayOccur(antecedent)) claims_[antecedent.claim].antecedents = 0;
    }
  }

  // Which threads may change places: found out by a first look, which proves nothing.
  Interchangeable FindInterchangeable(const Plan& plan) {
    constexpr StateId kFirstLook = 2'000;
    if (!plan.interchangeable.any()) return plan.interchangeable;
    try {
      return explorations_.Look(plan, kFirstLook, [](StateSpace&) { return std::make_unique<Looker>(); });
    } catch (const ModelError&) {  // is found again, and told
      return Nobody();
    }
  }

  // Whether the claim is put to the test: at the first time it is, the look ends. A look that the budget ends says
  // nothing.
  bool MayOccur(const Antecedent& antecedent) {
    struct Hears final : Looker {
      Hears(StateSpace& s, bool* o) : space(s), occurs(o) {}
      bool OnStep(StateId from, const Transitions::Step& step) override {
        if (step.antecedents == 0) return true;
        RunTo(space, from, &step, false);  // the program has such a run
        *occurs = true;
        return false;
      }
      StateSpace& space;
      bool* occurs;
    };
    bool occurs = false;
    explorations_.Look({.monitors = {antecedent.monitor.get()},
                        .owners = {antecedent.claim},
                        .interchangeable = interchangeable_,
                        .reduce = options_.partial_order},
                       0, [&](StateSpace& space) { return std::make_unique<Hears>(space, &occurs); });
    return occurs || !budget_.bound().empty();
  }

  // Whether it is less work to follow the waits of one thread after another, with the others interchangeable, than all
  // at once, with nobody interchangeable: with n threads and orbits of up to p states, (n + 1) / p against 1.
  bool WaitsApart() const {
    if (responses_.empty()) return false;
    const double orbit = Permutations(interchangeable_.Classes());
    return orbit > program_.threads() + 1 || (options_.symmetry == SymmetryUse::kAlways && orbit > 1);
  }

  void TellInterchangeable(StateSpace& space) {
    for (const std::vector<int>& members : space.classes()) {
      if (members.size() > 1) report_.interchangeable.push_back(members);
    }
  }

  // Of each response the threads that have been heard to begin to wait.
  void FindWhoWaits(const LocalStates& locals) {
    who_waits_.resize(responses_.size());
    has_weak_ = false;
    for (std::size_t r = 0; r < responses_.size(); ++r) {
      for (int t = 0; t < locals.threads(); ++t) {
        if (locals.WasNoted(responses_[r].begins, t)) who_waits_[r].insert(t);
      }
    }
    for (int t = 0; t < locals.threads(); ++t) {
      for (LocalId id = 0; id < locals.count(t); ++id) has_weak_ |= locals.at(t, id).node->label.weak;
    }
  }

  // One exploration for each thread that waits, of those that have been proven to be interchangeable for the first.
  void ExploreWaits(std::size_t response) {
    const Claim claim = claims_.of_response(response);
    for (const std::vector<int>& members : Proven()) {
      if (over()) return;
      const int subject = members.front();
      if (who_waits_.empty() || !who_waits_[response].contains(subject)) continue;
      const Waits waits(claim, responses_[response], subject);
      // Of an exchange that fails spuriously for ever, it is each operation of each thread that is looked at.
      Explore({.monitors = {&waits},
               .owners = {claim},
               .interchangeable = has_weak_ ? Nobody() : interchangeable_,
               .watched = true,
               .reduce = options_.partial_order},
              [&](StateSpace& space, bool complete) {
                if (complete) LookForStarvation(space, 0, waits);
              });
    }
    if (!over()) claims_.Decided(claim);
  }

  void LookForStarvation(StateSpace& space, std::size_t monitor, const Waits& waits) {
    const Claim claim = waits.claim();
    if (claims_.HasEvidence(claim)) return;
    std::vector<StateId> waiting;
    for (StateId id = 0; id < space.size(); ++id) {
      if (space.transitions().Counting(space[id].data(), monitor)) waiting.push_back(id);
    }
    const std::optional<Cycle> cycle = FairCycles(space, options_.fairness).Find(waiting, std::uint64_t{1} << monitor);
    if (!cycle) return;
    Finding finding;
    finding.sentence = "thread " + std::to_string(waits.subject()) + " waits for ever";
    if (cycle->steps.empty()) {
      finding.sentence += ": nobody can take a step";
      return claims_.Found(claim, std::move(finding), RunTo(space, cycle->start, nullptr, true));
    }
    LassoRun run = RunInto(space, *cycle, waits.subject());
    if (!run.others.empty()) finding.sentence += ", while " + run.others + " can go on";
    claims_.Found(claim, std::move(finding), run.execution, std::move(run.lasso));
  }

  void ExploreRaces() {
    Plan plan{.monitors = {}, .owners = {}, .interchangeable = interchangeable_};
    const Places& places = explorations_.places();
    bool any = false;
    for (std::size_t l = 0; l < places.size(); ++l) {
      const auto location = static_cast<LocationId>(l);
      plan.followed.push_back(program_.locations()[l].plain || places.HasLife(location));
      any |= plan.followed.back();
    }
    const auto decided = [this] {
      claims_.Decided(claims_.of(kNoDataRace));
      claims_.Decided(claims_.of(kNoUseAfterFree));
    };
    if (!any) return decided();
    Explore(plan, [&](StateSpace& space, bool complete) {
      claims_[claims_.of(kNoDataRace)].antecedents = space.transitions().tally().followed_accesses;
      if (complete) decided();
    });
  }

  void ExploreApart(std::size_t index) {
    const Apart& apart = apart_[index];
    bool complete = !apart.monitor->counts() || Infinite();
    if (complete && !IsRepresented(index)) {
      Explore({.monitors = {apart.monitor.get()},
               .owners = {apart.claim},
               .interchangeable = interchangeable_,
               .watched = true,
               .reduce = options_.partial_order},
              [&](StateSpace& space, bool all) {
                complete = all;
                if (complete && apart.monitor->counts()) Count(space, apart);
              });
    }
    if (complete && apart.last) claims_.Decided(apart.claim);
  }

  // Whether the claim follows an interchangeable thread, too, and has done so before.
  bool IsRepresented(std::size_t index) const {
    const int follows = apart_[index].monitor->follows();
    for (const std::vector<int>& members : proven_) {
      const auto is_member = [&](int thread) {
        return std::find(members.begin(), members.end(), thread) != members.end();
      };
      for (std::size_t i = 0; is_member(follows) && i < index; ++i) {
        if (apart_[i].claim == apart_[index].claim && is_member(apart_[i].monitor->follows())) return true;
      }
    }
    return false;
  }

  // Each thread is in one of these.
  ThreadClasses Proven() const { return proven_.empty() ? Nobody().Classes() : proven_; }

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
      const Execution execution = ExecutionOf(space.transitions().locals(), counted.steps, tso_, false, nullptr);
      claims_.Found(apart.claim, Judge(apart.claim, execution, false), execution);
    }
  }

  const std::vector<Property*>& properties_;
  const std::vector<Response>& responses_;
  const StateOptions& options_;
  const bool tso_;
  StateClaims claims_;
  StateBudget budget_;
  Program program_;
  Explorations explorations_;
  Interchangeable interchangeable_;                  // as far as a first look has shown
  ThreadClasses proven_;                             // by a whole exploration that heard all notes; empty: nobody
  std::vector<absl::flat_hash_set<int>> who_waits_;  // by response
  bool has_weak_ = false;                            // operations that may fail spuriously
  std::vector<Apart> apart_;
  std::vector<Antecedent> antecedents_;
  Report report_;
  bool cut_ = false;      // an exploration did not come to its end
  double omissions_ = 0;  // with hash compaction: the probability that some state was taken for another, at most
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
