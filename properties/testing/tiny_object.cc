#include "properties/testing/tiny_object.h"

#include <compare>
#include <set>
#include <utility>

namespace doorway::tiny {
namespace {

using linearize::Datum;
using linearize::Interval;

struct Thread {
  std::size_t operation = 0;
  std::size_t step = 0;
  std::array<int, kMostSteps> values{};
  std::vector<std::pair<int, int>> buffer;  // word, value; the oldest first
  friend auto operator<=>(const Thread&, const Thread&) = default;
};

// An event of a history: that an operation of the thread begins or ends.
struct Event {
  int thread = 0;
  bool begins = false;
  int result = 0;
  friend auto operator<=>(const Event&, const Event&) = default;
};

struct Run {
  std::vector<Thread> threads;
  std::array<int, kWords> memory{};
  std::vector<Event> events;
  friend auto operator<=>(const Run&, const Run&) = default;
};

class Enumerator {
 public:
  Enumerator(const Program& program, bool tso) : program_(program), tso_(tso) {}

  std::vector<History> Enumerate() {
    Run run;
    run.threads.resize(program_.threads.size());
    Explore(run);
    std::vector<History> histories;
    for (const std::vector<Event>& events : seen_by_clients_) histories.push_back(HistoryOf(events));
    return histories;
  }

 private:
  void Explore(const Run& run) {
    if (!seen_.insert(run).second) return;
    bool moved = false;
    for (std::size_t t = 0; t < run.threads.size(); ++t) {
      if (!run.threads[t].buffer.empty()) {
        moved = true;
        Run next = run;
        const auto [word, value] = run.threads[t].buffer.front();
        next.memory[static_cast<std::size_t>(word)] = value;
        next.threads[t].buffer.erase(next.threads[t].buffer.begin());
        Explore(next);
      }
      Run next = run;
      if (!TakeStep(t, next)) continue;
      moved = true;
      Explore(next);
    }
    if (!moved) seen_by_clients_.insert(run.events);
  }

  // False if the thread cannot take a step.
  bool TakeStep(std::size_t t, Run& run) {
    Thread& thread = run.threads[t];
    if (thread.operation == program_.threads[t].size()) return false;
    const Operation& operation = program_.threads[t][thread.operation];
    const Step& step = operation.steps[thread.step];
    const auto word = static_cast<std::size_t>(step.word);
    const bool drains = step.kind == Step::kFetchAdd || step.kind == Step::kCas || step.kind == Step::kFence;
    if (drains && !thread.buffer.empty()) return false;
    int read = run.memory[word];
    for (const auto& [buffered, value] : thread.buffer) {
      if (buffered == step.word) read = value;
    }
    if (step.kind == Step::kAwait && read == 0) return false;
    if (thread.step == 0) run.events.push_back({static_cast<int>(t), true, 0});
    const int before = thread.step > 0 ? thread.values[thread.step - 1] : 0;
    int& value = thread.values[thread.step];
    value = 0;
    switch (step.kind) {
      case Step::kLoad:
      case Step::kAwait:
        value = read;
        break;
      case Step::kStore:
        Write(run, thread, step.word, step.value);
        break;
      case Step::kStoreSum:
        Write(run, thread, step.word, step.value + before);
        break;
      case Step::kFetchAdd:
        value = read;
        run.memory[word] += step.value;
        break;
      case Step::kCas:
        value = read == step.expected ? 1 : 0;
        if (value != 0) run.memory[word] = step.value;
        break;
      case Step::kFence:
        break;
    }
    if (++thread.step < operation.steps.size()) return true;
    const int result = operation.result < 0 ? 0 : thread.values[static_cast<std::size_t>(operation.result)];
    run.events.push_back({static_cast<int>(t), false, result});
    ++thread.operation;
    thread.step = 0;
    thread.values = {};
    return true;
  }

  void Write(Run& run, Thread& thread, int word, int value) const {
    if (tso_) {
      thread.buffer.emplace_back(word, value);
    } else {
      run.memory[static_cast<std::size_t>(word)] = value;
    }
  }

  History HistoryOf(const std::vector<Event>& events) const {
    History history;
    std::vector<std::size_t> next(program_.threads.size()), latest(program_.threads.size());
    for (std::size_t time = 0; time < events.size(); ++time) {
      const Event& event = events[time];
      const auto t = static_cast<std::size_t>(event.thread);
      if (event.begins) {
        latest[t] = history.calls.size();
        history.calls.push_back(program_.threads[t][next[t]++].call);
        history.intervals.push_back({time, Interval::kPending});
        continue;
      }
      const Operation& operation = program_.threads[t][next[t] - 1];
      history.intervals[latest[t]].response = time;
      if (operation.result < 0) continue;
      linearize::Call& call = history.calls[latest[t]];
      call = call.Returning(operation.is_truth ? Datum::Truth(event.result != 0) : Datum::Number(event.result));
    }
    return history;
  }

  const Program& program_;
  const bool tso_;
  std::set<Run> seen_;
  std::set<std::vector<Event>> seen_by_clients_;
};

std::string ToString(const Step& step) {
  const std::string word = "x" + std::to_string(step.word), value = std::to_string(step.value);
  switch (step.kind) {
    case Step::kLoad:
      return word;
    case Step::kStore:
      return word + " = " + value;
    case Step::kStoreSum:
      return word + " = " + value + " + before";
    case Step::kFetchAdd:
      return word + " += " + value;
    case Step::kCas:
      return word + ".cas(" + std::to_string(step.expected) + ", " + value + ")";
    case Step::kFence:
      return "fence";
    case Step::kAwait:
      return "await " + word;
  }
  return "";
}

}  // namespace

std::vector<History> AllHistories(const Program& program, MemoryModel memory) {
  return Enumerator(program, memory == MemoryModel::kTso).Enumerate();
}

std::string ToString(const Program& program, std::span<const linearize::FunctionInfo> functions) {
  std::string text;
  for (std::size_t t = 0; t < program.threads.size(); ++t) {
    text += "T" + std::to_string(t) + ":";
    for (const Operation& operation : program.threads[t]) {
      text += " " + Show(operation.call, functions) + " {";
      for (const Step& step : operation.steps) text += (&step == operation.steps.data() ? "" : "; ") + ToString(step);
      text += operation.result < 0 ? "}" : "}[" + std::to_string(operation.result) + "]";
    }
    text += "\n";
  }
  return text;
}

}  // namespace doorway::tiny
