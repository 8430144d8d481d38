#include "harness/explore/explore_states.h"

#include <sys/resource.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "harness/behaviour/program.h"
#include "harness/explore/clock_time.h"
#include "harness/explore/judge.h"
#include "harness/explore/state/counting.h"
#include "harness/explore/state/fair_cycles.h"
#include "harness/explore/state/run_execution.h"
#include "harness/explore/state/state_space.h"
#include "harness/explore/stuck.h"

// One exploration for the claims that are followed all at once; then, where there is plain data, one that follows
// single accesses for data races; one for each monitor that is explored apart. Claims about infinite runs are then
// decided on the states of the first.

namespace doorway {
namespace {

// A response as a monitor of one thread: one bit, whether it waits.
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
    if (noted.kind == response_.ends) *state = 0;
    return answer;
  }

 private:
  const Response& response_;
  const int subject_;
};

struct BuiltInClaim {
  std::string_view name;
  const char* description;
};
constexpr BuiltInClaim kBuiltIn[] = {
    {kNoDataRace, "conflicting accesses to plain data are ordered by happens-before"},
    {kNoUseAfterFree, "no object is used after its end of life"},
    {kNoFailedCheck, "every Sync::check holds"},
    {kNoStuckThread, "no thread waits for ever (deadlock, lost wake-up, livelock)"},
};

std::string_view ClaimOf(Transitions::Trouble trouble) {
  switch (trouble) {
    case Transitions::Trouble::kFailedCheck:
      return kNoFailedCheck;
    case Transitions::Trouble::kUseAfterFree:
      return kNoUseAfterFree;
    default:
      return kNoDataRace;
  }
}

class Search {
 public:
  Search(Subject& subject, const std::vector<Property*>& properties, const std::vector<Response>& responses,
         const StateOptions& options)
      : properties_(properties),
        responses_(responses),
        options_(options),
        tso_(options.memory == MemoryModel::kTso),
        started_(WallSeconds()),
        budget_(options, started_),
        program_(subject, Program::kEndless, options.expand_updates) {
    for (const BuiltInClaim& claim : kBuiltIn) {
      ClaimResult& result = claims_.emplace_back();
      result.name = claim.name;
      result.description = claim.description;
    }
    for (Property* property : properties) {
      ClaimResult& result = claims_.emplace_back();
      result.name = property->name();
      result.description = property->description();
      result.kind = property->kind();
    }
    const char* fairness = options.fairness == Fairness::kWeak ? " (weak fairness)" : " (strong fairness)";
    for (const Response& response : responses) {
      ClaimResult& result = claims_.emplace_back();
      result.name = response.name;
      result.description = response.description + fairness;
      result.kind = Property::Kind::kLiveness;
    }
  }

  Report Run() {
    RunTogether();
    if (!over()) RunRaces();
    if (!over()) RunApart();
    return Conclude();
  }

 private:
  static constexpr std::size_t kBuiltIns = 4;
  // Index of the claim that a monitor of the space at hand speaks for.
  using Owners = std::vector<std::size_t>;

  // What the explorer's steps tell, by the monitors of one space.
  struct Listener final : StateSpace::Visitor {
    Listener(Search& s, StateSpace& sp, Owners o) : search(s), space(sp), owners(std::move(o)) {}
    bool OnInitial(const Transitions::Step& step) override { return search.Heard(space, owners, 0, step, true); }
    bool OnStep(StateId from, const Transitions::Step& step) override {
      return search.Heard(space, owners, from, step, false);
    }
    bool OnStuck(StateId state) override { return search.Stuck(space, state); }
    Search& search;
    StateSpace& space;
    Owners owners;
  };

  bool over() const { return stop_ || !budget_.bound().empty() || cut_; }

  ClaimResult& claim(std::string_view name) {
    return *std::find_if(claims_.begin(), claims_.end(), [name](const ClaimResult& c) { return c.name == name; });
  }

  // False: the search is over.
  bool Heard(StateSpace& space, const Owners& owners, StateId from, const Transitions::Step& step, bool initial) {
    for (std::size_t m = 0; m < owners.size(); ++m) {
      ClaimResult& result = claims_[owners[m]];
      if ((step.antecedents >> m & 1) != 0) ++result.antecedents;
      if ((step.flagged >> m & 1) == 0 || result.evidence.has_value()) continue;
      Property& property = *properties_[owners[m] - kBuiltIns];
      Execution execution = Reach(space, from, initial ? nullptr : &step, false);
      std::optional<Finding> finding = property.Check(execution);
      if (!finding) finding = Finding{std::string(property.name()), std::string(property.description()), {}, false};
      finding->claim = property.name();
      Found(result, std::move(*finding), execution);
    }
    using Trouble = Transitions::Trouble;
    if (step.trouble == Trouble::kNone) return !stop_;
    if (step.trouble == Trouble::kModelError) {
      if (!any_violation_) throw ModelError(space.transitions().model_error());
      bounds_.push_back("the model's error after a violation: " + space.transitions().model_error());
      cut_ = true;
      return false;
    }
    ClaimResult& result = claim(ClaimOf(step.trouble));
    if (result.evidence.has_value()) return !stop_;
    FindTrouble(space, from, step, initial, result);
    return !stop_;
  }

  void FindTrouble(StateSpace& space, StateId from, const Transitions::Step& step, bool initial, ClaimResult& result) {
    const std::string thread = "thread " + std::to_string(step.thread);
    Execution execution = Reach(space, from, initial ? nullptr : &step, false);
    Finding finding{result.name, "", {}, false};
    const std::vector<EventId>& events = execution.threads[step.thread].events;
    const EventId last = events.empty() ? kNoEvent : events.back();
    if (step.trouble == Transitions::Trouble::kFailedCheck) {
      finding.sentence = thread + ": check failed: " + execution.threads[step.thread].pending->verb;
      if (last != kNoEvent) finding.points.push_back({last, ""});
      return Found(result, std::move(finding), execution);
    }
    const std::string& name = program_.locations()[step.location].name;
    const EventId first = FirstOf(space, from, execution, step);
    if (first == kNoEvent) {
      finding.sentence = thread + " uses '" + name + "' after its life has ended";
      finding.points.push_back({last, ""});
    } else {
      const auto what = [&](EventId e) {
        const Event& event = execution.events[e];
        return "thread " + std::to_string(event.thread) +
               (event.destroyed   ? " destroys"
                : event.IsWrite() ? " writes"
                                  : " reads");
      };
      finding.sentence = what(first) + " '" + name + "' and " + what(last) + " it, in no order";
      finding.points = {{first, ""}, {last, ""}};
      finding.unordered = true;
    }
    Found(result, std::move(finding), execution);
  }

  // The event of the access that the race tracker follows in `from`.
  EventId FirstOf(StateSpace& space, StateId from, const Execution& execution, const Transitions::Step& last) {
    if (!space.transitions().options().track_races) return kNoEvent;
    const std::vector<StateId> run = space.RunTo(from);
    std::vector<Transitions::Step> steps;
    std::size_t tracked = 0;
    for (std::size_t i = 0; i + 1 < run.size(); ++i) {
      steps.push_back(space.StepBetween(run[i], run[i + 1]));
      if (steps.back().tracks) tracked = i + 1;
    }
    if (tracked == 0) return kNoEvent;
    steps.push_back(last);
    std::vector<EventId> before;
    ExecutionOf(space.transitions().locals(), steps, tso_, false, &before);
    // The step's operation is the last of its events: silent fences come before it.
    (void)execution;
    return static_cast<EventId>(before[tracked] - 1);
  }

  bool Stuck(StateSpace& space, StateId state) {
    ClaimResult& result = claim(kNoStuckThread);
    if (result.evidence.has_value()) return !stop_;
    Execution execution = Reach(space, state, nullptr, true);
    Finding finding{result.name, DescribeStuck(execution), {}, false};
    Found(result, std::move(finding), execution);
    return !stop_;
  }

  void Found(ClaimResult& result, Finding finding, const Execution& execution,
             std::optional<Lasso> lasso = std::nullopt) {
    result.evidence = Preserve(std::move(finding), execution);
    result.evidence->lasso = std::move(lasso);
    if (result.kind == Property::Kind::kExists) return;
    any_violation_ = true;
    if (options_.stop_at.empty() || options_.stop_at == result.name) stop_ = true;
  }

  std::vector<Transitions::Step> StepsTo(StateSpace& space, StateId state) {
    const std::vector<StateId> run = space.RunTo(state);
    std::vector<Transitions::Step> steps;
    for (std::size_t i = 0; i + 1 < run.size(); ++i) steps.push_back(space.StepBetween(run[i], run[i + 1]));
    return steps;
  }

  Execution Reach(StateSpace& space, StateId state, const Transitions::Step* last, bool stuck) {
    std::vector<Transitions::Step> steps = StepsTo(space, state);
    if (last != nullptr) steps.push_back(*last);
    return ExecutionOf(space.transitions().locals(), steps, tso_, stuck, nullptr);
  }

  Transitions::Options WithMonitors(std::vector<const Monitor*> monitors) const {
    Transitions::Options options;
    options.tso = tso_;
    options.monitors = std::move(monitors);
    return options;
  }

  void Bounds(StateSpace& space) {
    if (space.transitions().buffer_was_full()) {
      AddBound("store buffers of " + std::to_string(space.transitions().options().buffer_capacity) + " stores");
    }
  }
  void AddBound(const std::string& bound) {
    if (std::find(bounds_.begin(), bounds_.end(), bound) == bounds_.end()) bounds_.push_back(bound);
  }

  // ---- The explorations ----

  void RunTogether() {
    LocalStates locals(program_, !tso_);
    std::vector<std::unique_ptr<Monitor>> owned;
    std::vector<const Monitor*> monitors;
    Owners owners;
    for (std::size_t i = 0; i < properties_.size(); ++i) {
      std::vector<std::unique_ptr<Monitor>> of_claim = properties_[i]->Monitors(program_.threads());
      if (of_claim.empty()) unjudged_.push_back(kBuiltIns + i);
      for (std::unique_ptr<Monitor>& monitor : of_claim) {
        if (monitor->apart()) {
          apart_.emplace_back(kBuiltIns + i, std::move(monitor));
          continue;
        }
        monitors.push_back(monitor.get());
        owners.push_back(kBuiltIns + i);
        owned.push_back(std::move(monitor));
      }
    }
    struct Waiting {
      std::size_t claim;
      std::size_t monitor;
      int subject;
    };
    std::vector<Waiting> waiting;
    for (std::size_t r = 0; r < responses_.size(); ++r) {
      for (int t = 0; t < program_.threads(); ++t) {
        owned.push_back(std::make_unique<Waits>(responses_[r], t));
        waiting.push_back({kBuiltIns + properties_.size() + r, monitors.size(), t});
        monitors.push_back(owned.back().get());
        owners.push_back(waiting.back().claim);
      }
    }
    if (monitors.size() > 64) throw ModelError("more than 64 monitors at once; fewer threads or claims");
    StateSpace space(locals, WithMonitors(monitors), budget_);
    Listener listener(*this, space, owners);
    const bool complete = space.Explore(listener);
    states_ = space.size();
    transitions_ = space.transitions_made();
    depth_ = space.depth();
    Bounds(space);
    NotePlain(space);
    if (!complete) return Cut();
    together_complete_ = true;
    for (const Waiting& w : waiting) {
      if (over()) return;
      Starves(space, w.claim, w.monitor, w.subject);
    }
  }

  void Starves(StateSpace& space, std::size_t claim, std::size_t monitor, int subject) {
    ClaimResult& result = claims_[claim];
    if (result.evidence.has_value()) return;
    std::vector<StateId> waiting;
    for (StateId id = 0; id < space.size(); ++id) {
      if (space.transitions().MonitorState(space[id], monitor) != 0) waiting.push_back(id);
    }
    std::optional<Cycle> cycle = FairCycles(space, options_.fairness).Find(waiting);
    if (!cycle) return;
    const std::string waits = "thread " + std::to_string(subject) + " waits for ever";
    FoundCycle(space, result, *cycle, subject, waits);
  }

  void FoundCycle(StateSpace& space, ClaimResult& result, const Cycle& cycle, int starved, std::string sentence) {
    std::vector<Transitions::Step> steps = StepsTo(space, cycle.states.front());
    const std::size_t prefix = steps.size();
    steps.insert(steps.end(), cycle.steps.begin(), cycle.steps.end());
    std::vector<EventId> before;
    const Execution execution = ExecutionOf(space.transitions().locals(), steps, tso_, false, &before);
    Lasso lasso;
    lasso.cycle_begins = before[prefix];
    lasso.starved = starved;
    std::vector<bool> runs(execution.threads.size());
    for (const Transitions::Step& step : cycle.steps) runs[step.thread] = true;
    std::string others;
    for (std::size_t t = 0; t < runs.size(); ++t) {
      if (!runs[t]) continue;
      lasso.running.push_back(static_cast<int>(t));
      if (static_cast<int>(t) != starved) others += (others.empty() ? "thread " : ", thread ") + std::to_string(t);
    }
    sentence += others.empty() ? "" : " while " + others + " go on";
    Found(result, {result.name, std::move(sentence), {}, false}, execution, std::move(lasso));
  }

  // Data that races can be about.
  void NotePlain(StateSpace& space) {
    (void)space;
    const std::vector<Location>& locations = program_.locations();
    followed_.assign(locations.size(), false);
    for (std::size_t l = 0; l < locations.size(); ++l) {
      followed_[l] = locations[l].plain || space.transitions().HasLife(static_cast<LocationId>(l));
      any_followed_ = any_followed_ || followed_[l];
    }
  }

  void RunRaces() {
    if (!any_followed_) {
      races_complete_ = true;
      return;
    }
    LocalStates locals(program_, false);  // fences order
    Transitions::Options options = WithMonitors({});
    options.track_races = true;
    options.followed = followed_;
    StateSpace space(locals, options, budget_);
    Listener listener(*this, space, {});
    const bool complete = space.Explore(listener);
    Bounds(space);
    claim(kNoDataRace).antecedents = space.transitions().followed_accesses();
    if (!complete) return Cut();
    races_complete_ = true;
  }

  void RunApart() {
    for (auto& [owner, monitor] : apart_) {
      if (over()) return;
      LocalStates locals(program_, !tso_);
      StateSpace space(locals, WithMonitors({monitor.get()}), budget_);
      Listener listener(*this, space, {owner});
      if (!space.Explore(listener)) return Cut();
      Bounds(space);
      if (monitor->counts()) Count(space, owner, *monitor);
    }
    if (!over()) apart_complete_ = true;
  }

  void Count(StateSpace& space, std::size_t owner, const Monitor& monitor) {
    ClaimResult& result = claims_[owner];
    CountResult counted = MostCounted(space, 0);
    const std::string name(monitor.measure());
    auto measure = std::find_if(result.measures.begin(), result.measures.end(),
                                [&name](const Measure& m) { return m.name == name; });
    if (measure == result.measures.end()) measure = result.measures.insert(measure, {name, 0});
    if (counted.pump) measure->value = Measure::kUnbounded;
    measure->value = std::max(measure->value, counted.most);
    if (!monitor.limit() || result.evidence.has_value()) return;
    if (counted.pump) {
      FoundCycle(space, result, *counted.pump, -1, "there is no bound");
    } else if (counted.most > *monitor.limit()) {
      std::vector<Transitions::Step> steps = StepsTo(space, counted.states.front());
      steps.insert(steps.end(), counted.steps.begin(), counted.steps.end());
      Execution execution = ExecutionOf(locals_of(space), steps, tso_, false, nullptr);
      std::optional<Finding> finding = properties_[owner - kBuiltIns]->Check(execution);
      if (!finding) finding = Finding{result.name, name + " is " + std::to_string(counted.most), {}, false};
      finding->claim = result.name;
      Found(result, std::move(*finding), execution);
    }
  }
  static LocalStates& locals_of(StateSpace& space) { return space.transitions().locals(); }

  void Cut() { cut_ = true; }

  // ---- The end ----

  Report Conclude() {
    Report report;
    report.engine = "state";
    report.memory = options_.memory;
    report.states = states_;
    report.transitions = transitions_;
    report.depth = depth_;
    if (!budget_.bound().empty()) AddBound(budget_.bound());
    report.bounds_hit = bounds_;
    const bool all = together_complete_ && races_complete_ && apart_complete_ && !stop_;
    report.exhausted = all;
    for (std::size_t i = 0; i < claims_.size(); ++i) {
      ClaimResult& result = claims_[i];
      const bool judged = std::find(unjudged_.begin(), unjudged_.end(), i) == unjudged_.end();
      const bool is_apart = std::any_of(apart_.begin(), apart_.end(), [i](const auto& a) { return a.first == i; });
      const bool is_race = result.name == kNoDataRace || result.name == kNoUseAfterFree;
      // A violation may have ended the search before all was seen.
      const bool whole =
          judged && !stop_ && together_complete_ && (!is_apart || apart_complete_) && (!is_race || races_complete_);
      if (i < kBuiltIns && result.name != kNoDataRace) result.antecedents = states_;
      const Verdict holds = !whole            ? Verdict::kUnknown
                            : bounds_.empty() ? Verdict::kVerified
                                              : Verdict::kVerifiedWithinBounds;
      if (result.kind == Property::Kind::kExists) {
        result.verdict = result.evidence ? Verdict::kVerified : Verdict::kUnknown;
      } else {
        result.verdict = result.evidence ? Verdict::kViolated : holds;
      }
    }
    // The model's own claims first.
    std::rotate(claims_.begin(), claims_.begin() + kBuiltIns, claims_.end());
    report.claims = std::move(claims_);
    const auto any = [&report](Verdict verdict) {
      return std::any_of(report.claims.begin(), report.claims.end(),
                         [verdict](const ClaimResult& c) { return c.verdict == verdict; });
    };
    report.verdict = any(Verdict::kViolated)               ? Verdict::kViolated
                     : any(Verdict::kUnknown)              ? Verdict::kUnknown
                     : any(Verdict::kVerifiedWithinBounds) ? Verdict::kVerifiedWithinBounds
                                                           : Verdict::kVerified;
    report.native_runs = program_.native_runs();
    return report;
  }

  const std::vector<Property*>& properties_;
  const std::vector<Response>& responses_;
  const StateOptions& options_;
  const bool tso_;
  const double started_;
  StateBudget budget_;
  Program program_;
  std::vector<ClaimResult> claims_;  // built-in, properties, responses
  std::vector<std::size_t> unjudged_;
  std::vector<std::pair<std::size_t, std::unique_ptr<Monitor>>> apart_;
  std::vector<std::string> bounds_;
  std::vector<bool> followed_;
  bool any_followed_ = false;
  bool any_violation_ = false;
  bool stop_ = false;
  bool cut_ = false;
  bool together_complete_ = false;
  bool races_complete_ = false;
  bool apart_complete_ = false;
  std::uint64_t states_ = 0;
  std::uint64_t transitions_ = 0;
  std::uint64_t depth_ = 0;
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
