#include "harness/explore/lasso_closes.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "harness/behaviour/program.h"

namespace doorway {
namespace {

constexpr int kMostTurns = 100;

// A run of the program, one operation after another, with endless loops.
class EndlessRun {
 public:
  struct Standing {
    std::vector<const Node*> threads;
    std::vector<Value> contents;  // by location
    friend bool operator==(const Standing&, const Standing&) = default;
  };

  explicit EndlessRun(Program& program) : program_(program) {
    for (int t = 0; t < program_.threads(); ++t) at_.threads.push_back(Loop(program_.Root(t)));
    Update();
  }

  const Standing& at() const { return at_; }

  // Does the step. Why it can't be done, if it can't.
  std::optional<std::string> Do(const TraceStep& step) {
    const std::string who = "thread " + std::to_string(step.thread);
    if (step.thread >= at_.threads.size()) return "there is no " + who;
    const Node*& node = at_.threads[step.thread];
    const Label& label = node->label;
    if (EndsThread(label.op)) return who + " has no more operations";
    if (step.operation != label.verb || step.file != label.site.file || step.line != label.site.line) {
      return who + " does '" + label.verb + "' at " + label.site.file + ":" + std::to_string(label.site.line) +
             ", not '" + step.operation + "' at " + step.file + ":" + std::to_string(step.line);
    }
    Value read = 0;
    if (label.op == Op::kChoose) {
      if (step.choice < 0 || static_cast<Value>(step.choice) >= label.operands[0]) return who + " has no such choice";
      read = static_cast<Value>(step.choice);
    }
    if (label.op == Op::kStore) Put(label.location, Truncate(label.operands[0], label.width));
    if (Reads(label.op)) {
      read = Get(label);
      const Outcome outcome = Apply(label, read);
      if (outcome.action == Action::kBlock) return who + " waits, and cannot go on";
      if (step.spurious && (!label.weak || outcome.action != Action::kWrite)) return who + " cannot fail spuriously";
      if (outcome.action == Action::kWrite && !step.spurious) Put(label.location, outcome.written);
    }
    node = Loop(program_.Child(node, static_cast<int>(step.thread), read, step.spurious));
    Update();
    return std::nullopt;
  }

  // A thread that could take a step now.
  std::optional<std::size_t> WhoCanGoOn() const {
    for (std::size_t t = 0; t < at_.threads.size(); ++t) {
      const Label& label = at_.threads[t]->label;
      if (EndsThread(label.op)) continue;
      if (!Reads(label.op) || Apply(label, Get(label)).action != Action::kBlock) return t;
    }
    return std::nullopt;
  }

 private:
  // Where the thread goes on: the end of an iteration is the beginning of the next one.
  static const Node* Loop(const Node* node) {
    while ((node->label.op == Op::kRepeat || node->label.op == Op::kBlocked) && node->again != nullptr) {
      node = node->again;
    }
    return node;
  }
  Value Get(const Label& label) const { return Truncate(at_.contents[label.location], label.width); }
  void Put(LocationId location, Value value) { at_.contents[location] = value; }
  // Threads may have made locations.
  void Update() {
    const std::vector<Location>& locations = program_.locations();
    while (at_.contents.size() < locations.size()) at_.contents.push_back(locations[at_.contents.size()].initial);
  }

  Program& program_;
  Standing at_;
};

std::string InTurn(int turn, std::size_t step, const std::string& why) {
  return "in turn " + std::to_string(turn) + " of the cycle, at step " + std::to_string(step + 1) + ": " + why;
}

}  // namespace

std::optional<std::string> WhyLassoIsOpen(Subject& subject, const Trace& trace, std::size_t begins,
                                          bool expand_updates) {
  Program program(subject, Program::kEndless, expand_updates);
  EndlessRun run(program);
  for (std::size_t i = 0; i < std::min(begins, trace.steps.size()); ++i) {
    if (const auto why = run.Do(trace.steps[i])) return "step " + std::to_string(i + 1) + ": " + *why;
  }
  if (begins >= trace.steps.size()) {
    const std::optional<std::size_t> thread = run.WhoCanGoOn();
    if (!thread) return std::nullopt;
    return "the run does not end there: thread " + std::to_string(*thread) + " can take a step";
  }
  std::vector<EndlessRun::Standing> before;
  for (int turn = 1; turn <= kMostTurns; ++turn) {
    before.push_back(run.at());
    for (std::size_t i = begins; i < trace.steps.size(); ++i) {
      if (const auto why = run.Do(trace.steps[i])) return InTurn(turn, i, *why);
    }
    if (std::find(before.begin(), before.end(), run.at()) != before.end()) return std::nullopt;
  }
  return "after " + std::to_string(kMostTurns) + " turns of the cycle nothing is as it was before";
}

}  // namespace doorway
