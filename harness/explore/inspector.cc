#include "harness/explore/inspector.h"

#include <utility>

#include "harness/behaviour/model_error.h"
#include "harness/explore/accesses.h"
#include "harness/explore/stuck.h"

namespace doorway {

void Inspector::Arrived(const WorkGraph& g, ThreadId t) {
  const Label& label = g.threads[t].node->label;
  if (label.op == Op::kFailed && !judge_.Violated(kNoFailedCheck)) {
    Report(kNoFailedCheck, g, g.threads[t].last, kNoEvent,
           "thread " + std::to_string(t) + ": check failed: " + label.verb);
  }
  if (label.op == Op::kError) {
    if (!judge_.any_violation()) throw ModelError("thread " + std::to_string(t) + ": " + label.verb);
    // What comes after a violation may be its consequence.
    judge_.HitBound("the model's error after a violation: " + std::string(label.verb));
    broken_ = true;
  }
}

void Inspector::Extract(const WorkGraph& g) {
  extractor_.Extract(g, program_, before_, &execution_);
  if (options_.memory != MemoryModel::kRc11) execution_.OrderIsCoherent();
}

void Inspector::Report(std::string_view claim, const WorkGraph& g, EventId a, EventId b, std::string sentence) {
  Extract(g);
  Finding finding;
  finding.claim = claim;
  finding.sentence = std::move(sentence);
  for (const EventId e : {a, b}) {
    if (e != kNoEvent && extractor_.renamed(e) != kNoEvent) finding.points.push_back({extractor_.renamed(e), ""});
  }
  finding.unordered = b != kNoEvent;
  judge_.Violate(std::move(finding), execution_);
}

void Inspector::CheckAccesses(const WorkGraph& g, EventId e) {
  const EventId location = g[e].location;
  if (location == kNoLocation) return;
  if (!g.places[location].plain) {
    if (options_.claims_initialised) CheckValue(g, e);
    return;
  }
  judge_.RacesChecked(1);
  if (judge_.any_violation() || !SurelyFine(g, e)) {
    for (const BadAccess& bad : BadAccessesOf(g, program_, e)) {
      if (!judge_.Violated(bad.claim)) Report(bad.claim, g, bad.first, bad.second, bad.sentence);
    }
  }
  CheckValue(g, e);
}

void Inspector::CheckValue(const WorkGraph& g, EventId e) {
  if (judge_.any_violation()) return;
  const std::string wrong = ReadsNoValue(g, program_, e);
  if (wrong.empty()) return;
  if (!options_.claims_initialised) throw ModelError(wrong);
  Report(kNoUninitialisedRead, g, e, kNoEvent, wrong);
}

void Inspector::Finished(const WorkGraph& g) {
  bool waits = false;  // some thread that should have finished
  bool all_stuck = true;
  bool bounded = false;
  bool failed = false;
  if (options_.check_invariants) g.CheckInvariants();
  for (std::size_t i = 0; i < g.threads.size(); ++i) {
    const auto t = static_cast<ThreadId>(i);
    const Op op = g.threads[t].node->label.op;
    bounded |= op == Op::kBounded;
    failed |= op == Op::kFailed || op == Op::kError;
    if (!EndsThread(op) && !Reads(op)) all_stuck = false;  // it could go on (a prefix, under review)
    if (!Reads(op) && op != Op::kBlocked) continue;
    if (program_.NeverSpawned(static_cast<int>(t), g.threads[t].node)) continue;
    all_stuck = all_stuck && IsStuck(g, program_, t);
    waits = waits || !program_.is_daemon(static_cast<int>(t));
  }
  const Judge::End end = !waits ? Judge::End::kComplete : all_stuck ? Judge::End::kStuck : Judge::End::kBlocked;
  const bool deadlock = end == Judge::End::kStuck && !bounded && !failed && !judge_.Violated(kNoStuckThread);
  if (!deadlock && !judge_.wants_executions()) {
    judge_.Count(end, bounded);
    return;
  }
  Extract(g);
  for (ThreadState& thread : execution_.threads) {
    if (thread.end != ThreadEnd::kRunning && thread.end != ThreadEnd::kBlocked) continue;
    thread.end = end == Judge::End::kStuck ? ThreadEnd::kStuck : ThreadEnd::kBlocked;
  }
  judge_.Finished(execution_, end, bounded);
  if (!deadlock) return;
  judge_.Violate({std::string(kNoStuckThread), DescribeStuck(execution_), {}, false}, execution_);
}

}  // namespace doorway
