#include "harness/explore/state/explorations.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "harness/behaviour/model_error.h"
#include "harness/explore/state/concrete_run.h"
#include "harness/explore/state/random_runs.h"
#include "harness/explore/state/reads_in_runs.h"

namespace doorway {

Explorations::Explorations(Program& program, bool tso, StateBudget& budget)
    : program_(program), tso_(tso), budget_(budget), places_(program), accesses_(tso) {
  LearnReads(program_, places_, known_, accesses_, tso_);
}

// One attempt. Takes from the plan whoever is refused.
Explorations::Attempt Explorations::Try(Plan* plan, StateId most, const MakeVisitor& visitor, int attempt) {
  const bool races = !plan->followed.empty();
  Transitions::Options options;
  options.tso = tso_;
  options.monitors = plan->monitors;
  options.track_races = races;
  options.followed = plan->followed;
  options.keep_learnt = plan->interchangeable.any();
  options.accesses = &accesses_;
  options.reduce = plan->reduce;
  if (races == bits_for_races_) options.bits = bits_;
  if (budget_.options().hash_compaction && !plan->monitors.empty()) options.monitor_bits = kMostBits;
  accesses_.Begin();
  Attempt made;
  // Fences order accesses, so where races are looked for they are steps. Too many refutations: the same threads in more
  // states, then.
  made.locals = std::make_unique<LocalStates>(program_, places_, known_,
                                              LocalStates::Options{.silent_fences = !tso_ && !races,
                                                                   .touched = races,
                                                                   .notes = plan->all_notes || !plan->monitors.empty(),
                                                                   .minimise = attempt < kMostRefutations});
  made.space = std::make_unique<StateSpace>(
      *made.locals, std::move(options), Symmetry::Options{plan->interchangeable.Classes(), plan->owners, plan->watched},
      budget_);
  const std::unique_ptr<StateSpace::Visitor> hears = visitor(*made.space);
  try {
    made.complete = made.space->Explore(*hears, most);
    made.again = made.locals->refuted() || made.space->refusal().has_value() ||
                 made.space->transitions().contradicted() || made.space->outgrown();
    if (made.locals->refuted() || made.complete) LearnFrom(*made.space, known_);  // for the next one
  } catch (const NotInterchangeable&) {
    if (!made.space->symmetric() && !made.locals->refuted()) throw std::logic_error("a run of the program is none");
    plan->interchangeable.RefuseAll();
    made.again = true;
  } catch (const ModelError&) {  // of threads that have changed places, it may be none of the program
    if (!made.space->symmetric()) throw;
    plan->interchangeable.RefuseAll();
    made.again = true;
  }
  if (made.space->refusal()) {
    plan->interchangeable.Refuse(made.space->refusal()->one, made.space->refusal()->other);
  }
  if (made.space->transitions().spoken()) plan->reduce = false;
  bits_ = made.space->transitions().Needs();
  if (made.space->outgrown()) {  // hashes are as long whatever they are of
    for (int& bits : bits_) bits = std::min(bits + kSpareBits, kMostBits);
  }
  bits_for_races_ = races;
  return made;
}

void Explorations::Explore(Plan plan, const MakeVisitor& visitor, const std::function<void()>& again,
                           const Then& then) {
  for (int attempt = 0;; again()) {
    const Attempt made = Try(&plan, 0, visitor, attempt);
    if (!made.again) return then(*made.space, made.complete);
    attempt += made.refuted();
  }
}

Interchangeable Explorations::Look(Plan plan, StateId most, const MakeVisitor& visitor) {
  for (int attempt = 0;;) {
    const Attempt made = Try(&plan, most, visitor, attempt);
    if (!made.again) return plan.interchangeable;
    attempt += made.refuted();
  }
}

}  // namespace doorway
