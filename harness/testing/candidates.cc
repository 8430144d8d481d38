#include "harness/testing/candidates.h"

#include <algorithm>
#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "harness/testing/axioms.h"
#include "harness/testing/thread_stepper.h"

// First all skeletons, po and rf alone. All models forbid a cycle in po + rf, so the events of a candidate can be
// written down in an order in which each read comes after the write that it reads from. Hence: let any thread take its
// next step, reading from any write of the location that is there already, whatever its value; and so on. Nothing else
// restricts it. The same skeleton, met again in another order, is not gone on from.
//
// A skeleton is done if every thread has finished or is at an await or in a spin iteration, where it may be left: if it
// is stuck there, that is a result.
//
// Then, for each skeleton, all orders of the writes of each location, the initial one first; and the axioms are asked.

namespace doorway::reference {

namespace {

struct Skeleton {
  std::vector<ThreadStepper> threads;
  CanonicalGraph graph;                     // without modification_order
  std::vector<std::vector<bool>> draining;  // by thread and event, under TSO
};

// Calls `visit` for each skeleton that is done, until that returns false.
class SkeletonEnumerator {
 public:
  using Visit = std::function<bool(const Skeleton&)>;

  SkeletonEnumerator(const Program& program, Visit visit) : program_(program), visit_(std::move(visit)) {}

  void Enumerate() {
    Skeleton empty;
    empty.graph.threads.resize(program_.threads.size());
    empty.draining.resize(program_.threads.size());
    for (std::size_t t = 0; t < program_.threads.size(); ++t) empty.threads.emplace_back(program_, static_cast<int>(t));
    Extend(empty);
  }

 private:
  struct Source {
    EventName write;
    Value value = 0;
  };

  void Extend(const Skeleton& skeleton) {
    if (stopped_ || !seen_.insert(skeleton.graph).second) return;
    bool done = true;
    for (const ThreadStepper& thread : skeleton.threads) done &= thread.finished() || thread.can_block();
    if (done && !visit_(skeleton)) stopped_ = true;
    for (std::size_t t = 0; t < skeleton.threads.size(); ++t) {
      const ThreadStepper& thread = skeleton.threads[t];
      if (thread.finished()) continue;
      for (const Source& source : Sources(skeleton, thread)) {
        for (const Effect& effect : thread.Effects(source.value)) {
          Extend(After(skeleton, static_cast<int>(t), effect, source.write));
        }
      }
    }
  }

  // The writes that the thread's next operation can read from; one that stands for none if it does not read.
  std::vector<Source> Sources(const Skeleton& skeleton, const ThreadStepper& thread) const {
    if (!thread.reads()) return {Source{}};
    const Location& location = program_.locations[thread.location()];
    std::vector<Source> sources = {{EventName{}, location.initial}};
    for (std::size_t t = 0; t < skeleton.threads.size(); ++t) {
      for (std::size_t i = 0; i < skeleton.graph.threads[t].size(); ++i) {
        const CanonicalEvent& event = skeleton.graph.threads[t][i];
        const bool writes = event.kind == EventKind::kWrite || event.kind == EventKind::kUpdate;
        if (!writes || event.location != location.name) continue;
        sources.push_back({{static_cast<int>(t), static_cast<int>(i)}, event.written});
      }
    }
    return sources;
  }

  Skeleton After(Skeleton skeleton, int thread, const Effect& effect, const EventName& source) const {
    CanonicalEvent& event = skeleton.graph.threads[thread].emplace_back();
    event.kind = effect.kind;
    if (effect.location >= 0) event.location = program_.locations[effect.location].name;
    event.order = effect.order;
    event.spurious = effect.spurious;
    event.read = effect.read;
    event.written = effect.written;
    event.reads_from = source;
    skeleton.draining[thread].push_back(effect.drains);
    skeleton.threads[thread].Apply(effect);
    return skeleton;
  }

  const Program& program_;
  Visit visit_;
  bool stopped_ = false;
  std::set<CanonicalGraph> seen_;
};

// The candidates of one skeleton.
class OrderEnumerator {
 public:
  OrderEnumerator(const Program& program, MemoryModel memory, std::size_t max_steps, const Skeleton& skeleton,
                  Graphs& result)
      : program_(program), memory_(memory), max_steps_(max_steps), skeleton_(skeleton), result_(result) {}

  void Enumerate() {
    if (!NumberEvents()) return;
    orders_.resize(program_.locations.size());
    ChooseOrder(0);
  }

 private:
  struct Node {
    EventName name;
    const CanonicalEvent* event = nullptr;  // null: an initial write
  };

  // Numbers the events, the initial writes first, and makes all of `candidate_` but mo.
  bool NumberEvents() {
    for (std::size_t l = 0; l < program_.locations.size(); ++l) {
      nodes_.push_back({});
      candidate_.order.push_back(Order::kPlain);
      candidate_.location.push_back(static_cast<int>(l));
    }
    for (std::size_t t = 0; t < skeleton_.graph.threads.size(); ++t) {
      for (std::size_t i = 0; i < skeleton_.graph.threads[t].size(); ++i) {
        const CanonicalEvent& event = skeleton_.graph.threads[t][i];
        nodes_.push_back({{static_cast<int>(t), static_cast<int>(i)}, &event});
        candidate_.order.push_back(event.order);
        candidate_.location.push_back(LocationOf(event));
      }
    }
    if (nodes_.size() > kMaxEvents) {
      result_.gave_up = true;
      return false;
    }
    for (int e = 0; e < candidate_.size(); ++e) {
      const EventKind kind = IsInit(e) ? EventKind::kInit : nodes_[e].event->kind;
      const bool reads = kind == EventKind::kRead || kind == EventKind::kUpdate;
      if (reads) candidate_.reads |= Singleton(e);
      if (kind == EventKind::kInit || kind == EventKind::kWrite || kind == EventKind::kUpdate) {
        candidate_.writes |= Singleton(e);
      }
      if (kind == EventKind::kFence) candidate_.fences |= Singleton(e);
      if (IsInit(e) || skeleton_.draining[nodes_[e].name.thread][nodes_[e].name.index]) {
        candidate_.draining |= Singleton(e);
      }
      for (int earlier = 0; earlier < e; ++earlier) {
        const bool same_thread = nodes_[earlier].name.thread == nodes_[e].name.thread;
        if (!IsInit(e) && (IsInit(earlier) || same_thread)) candidate_.po.Add(earlier, e);
      }
      if (reads) candidate_.rf.Add(SourceOf(e), e);
    }
    return true;
  }

  bool IsInit(int e) const { return nodes_[e].event == nullptr; }

  int LocationOf(const CanonicalEvent& event) const {
    for (std::size_t l = 0; l < program_.locations.size(); ++l) {
      if (program_.locations[l].name == event.location) return static_cast<int>(l);
    }
    return -1;
  }

  // The write that event e reads from.
  int SourceOf(int e) const {
    const EventName& source = nodes_[e].event->reads_from;
    if (source.thread < 0) return candidate_.location[e];
    int number = 0;
    while (nodes_[number].name != source) ++number;
    return number;
  }

  void ChooseOrder(std::size_t location) {
    if (location == orders_.size()) {
      Judge();
      return;
    }
    std::vector<int>& order = orders_[location];
    order.clear();
    for (int e = 0; e < candidate_.size(); ++e) {
      if (Has(candidate_.writes, e) && candidate_.location[e] == static_cast<int>(location)) order.push_back(e);
    }
    const Relation without = candidate_.mo;
    do {  // the initial write is the first of `order`, and stays so
      for (std::size_t i = 0; i < order.size(); ++i) {
        for (std::size_t j = i + 1; j < order.size(); ++j) candidate_.mo.Add(order[i], order[j]);
      }
      ChooseOrder(location + 1);
      candidate_.mo = without;
    } while (!result_.gave_up && std::next_permutation(order.begin() + 1, order.end()));
  }

  void Judge() {
    ++result_.steps;
    if (max_steps_ != 0 && result_.steps > max_steps_) result_.gave_up = true;
    if (!Consistent()) return;
    bool complete = true;
    bool fails = false;
    bool plain = false;
    for (const ThreadStepper& thread : skeleton_.threads) {
      if (!thread.finished()) complete = false;
      if (thread.failed()) fails = true;
    }
    for (const Location& location : program_.locations) plain |= location.plain;
    if (plain && !result_.races) result_.races = HasRace(candidate_);
    if (fails) {
      result_.check_fails = true;
    } else if (complete) {
      result_.complete.insert(Graph());
      result_.outcomes.insert(OutcomeOf());
    } else if (EveryWaiterIsStuck()) {
      result_.stuck.insert(Graph());
    }
  }

  bool Consistent() const {
    switch (memory_) {
      case MemoryModel::kSc:
        return SequentiallyConsistent(candidate_);
      case MemoryModel::kTso:
        return ConsistentInTso(candidate_);
      case MemoryModel::kRc11:
        break;
    }
    return ConsistentInRc11(candidate_);
  }

  // Each thread that has not finished has read only mo-maximal writes in its spin iteration, and would block at the
  // mo-maximal write of the location that it reads next.
  bool EveryWaiterIsStuck() const {
    for (std::size_t t = 0; t < skeleton_.threads.size(); ++t) {
      const ThreadStepper& thread = skeleton_.threads[t];
      if (thread.finished()) continue;
      if (!thread.Effects(NewestValue(thread.location())).empty()) return false;
      const int iteration = static_cast<int>(skeleton_.graph.threads[t].size()) - thread.reads_in_iteration();
      for (int e = 0; e < candidate_.size(); ++e) {
        const EventName& name = nodes_[e].name;
        if (name.thread != static_cast<int>(t) || name.index < iteration) continue;
        if (SourceOf(e) != orders_[candidate_.location[e]].back()) return false;
      }
    }
    return true;
  }

  Value NewestValue(int location) const {
    const int newest = orders_[location].back();
    return IsInit(newest) ? program_.locations[location].initial : nodes_[newest].event->written;
  }

  CanonicalGraph Graph() const {
    CanonicalGraph graph = skeleton_.graph;
    for (std::size_t l = 0; l < orders_.size(); ++l) {
      for (int e : orders_[l]) {
        if (!IsInit(e)) graph.modification_order[program_.locations[l].name].push_back(nodes_[e].name);
      }
    }
    return graph;
  }

  Outcome OutcomeOf() const {
    Outcome outcome;
    for (const ThreadStepper& thread : skeleton_.threads) outcome.registers.push_back(thread.registers());
    for (std::size_t l = 0; l < orders_.size(); ++l) outcome.memory.push_back(NewestValue(static_cast<int>(l)));
    return outcome;
  }

  const Program& program_;
  MemoryModel memory_;
  std::size_t max_steps_;
  const Skeleton& skeleton_;
  Graphs& result_;
  std::vector<Node> nodes_;
  Candidate candidate_;
  std::vector<std::vector<int>> orders_;  // by location, in mo
};

}  // namespace

Graphs EnumerateCandidates(const Program& program, MemoryModel memory, std::size_t max_steps) {
  Graphs result;
  SkeletonEnumerator(program, [&](const Skeleton& skeleton) {
    OrderEnumerator(program, memory, max_steps, skeleton, result).Enumerate();
    return !result.gave_up;
  }).Enumerate();
  return result;
}

}  // namespace doorway::reference
