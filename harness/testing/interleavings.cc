#include "harness/testing/interleavings.h"

#include <set>
#include <vector>

#include "harness/testing/thread_stepper.h"

// A run is a memory (the newest write of each location), the threads, and the graph of what has happened. Wherever
// several threads can take a step, or one can take its step in several ways, all are tried.
//
// Two runs that have made the same graph are in the same state: the graph says what each thread has read, and the
// newest write of each location. So a graph met again is not gone on from.
//
// A thread that would block at what it would read now just does not take the step. It may do so later; and if nobody
// can take a step, the run is over. The threads that are left are then stuck, unless one of them is in the middle of a
// spin iteration that began with a value which is no longer the newest: it would try again. That run is not a result;
// another one, in which the thread waited before its iteration, is.

namespace doorway::reference {

namespace {

struct Newest {
  EventName write;
  Value value = 0;
};

struct Run {
  std::vector<ThreadStepper> threads;
  std::vector<Newest> memory;
  CanonicalGraph graph;
};

class Interleaver {
 public:
  Interleaver(const Program& program, std::size_t max_steps) : program_(program), max_steps_(max_steps) {}

  Graphs Enumerate() {
    Run run;
    run.graph.threads.resize(program_.threads.size());
    for (std::size_t t = 0; t < program_.threads.size(); ++t) run.threads.emplace_back(program_, static_cast<int>(t));
    for (const Location& location : program_.locations) run.memory.push_back({EventName{}, location.initial});
    Explore(run);
    return result_;
  }

 private:
  void Explore(const Run& run) {
    if (max_steps_ != 0 && result_.steps > max_steps_) {
      result_.gave_up = true;
      return;
    }
    if (!seen_.insert(run.graph).second) return;
    bool anyone_stepped = false;
    for (std::size_t t = 0; t < run.threads.size(); ++t) {
      const ThreadStepper& thread = run.threads[t];
      if (thread.finished()) continue;
      const Value value = thread.reads() ? run.memory[thread.location()].value : 0;
      for (const Effect& effect : thread.Effects(value)) {
        anyone_stepped = true;
        ++result_.steps;
        Explore(After(run, static_cast<int>(t), effect));
      }
    }
    if (!anyone_stepped) Record(run);
  }

  Run After(Run run, int thread, const Effect& effect) const {
    std::vector<CanonicalEvent>& events = run.graph.threads[thread];
    const EventName name{thread, static_cast<int>(events.size())};
    CanonicalEvent& event = events.emplace_back();
    event.kind = effect.kind;
    event.order = effect.order;
    event.spurious = effect.spurious;
    event.read = effect.read;
    event.written = effect.written;
    if (effect.location >= 0) event.location = program_.locations[effect.location].name;
    if (effect.kind == EventKind::kRead || effect.kind == EventKind::kUpdate) {
      event.reads_from = run.memory[effect.location].write;
    }
    if (effect.kind == EventKind::kWrite || effect.kind == EventKind::kUpdate) {
      run.memory[effect.location] = {name, effect.written};
      run.graph.modification_order[event.location].push_back(name);
    }
    run.threads[thread].Apply(effect);
    return run;
  }

  void Record(const Run& run) {
    bool complete = true;
    for (std::size_t t = 0; t < run.threads.size(); ++t) {
      const ThreadStepper& thread = run.threads[t];
      if (thread.failed()) result_.check_fails = true;
      if (!thread.finished()) complete = false;
    }
    for (std::size_t t = 0; t < run.threads.size(); ++t) {
      if (run.threads[t].failed()) return;
      if (!run.threads[t].finished() && !LastIterationIsFresh(run, static_cast<int>(t))) return;
    }
    (complete ? result_.complete : result_.stuck).insert(run.graph);
    if (!complete) return;
    Outcome outcome;
    for (const ThreadStepper& thread : run.threads) outcome.registers.push_back(thread.registers());
    for (const Newest& newest : run.memory) outcome.memory.push_back(newest.value);
    result_.outcomes.insert(outcome);
  }

  // Whether all that the thread has read in its spin iteration is still the newest.
  bool LastIterationIsFresh(const Run& run, int thread) const {
    const std::vector<CanonicalEvent>& events = run.graph.threads[thread];
    for (int back = 1; back <= run.threads[thread].reads_in_iteration(); ++back) {
      const CanonicalEvent& read = events[events.size() - back];
      for (std::size_t l = 0; l < program_.locations.size(); ++l) {
        if (program_.locations[l].name == read.location && run.memory[l].write != read.reads_from) return false;
      }
    }
    return true;
  }

  const Program& program_;
  std::size_t max_steps_;
  std::set<CanonicalGraph> seen_;
  Graphs result_;
};

}  // namespace

Graphs EnumerateInterleavings(const Program& program, std::size_t max_steps) {
  return Interleaver(program, max_steps).Enumerate();
}

}  // namespace doorway::reference
