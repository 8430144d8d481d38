#include "harness/explore/state/run_execution.h"

#include <algorithm>
#include <deque>
#include <utility>

namespace doorway {
namespace {

class Builder {
 public:
  Builder(LocalStates& locals, bool tso)
      : locals_(locals),
        program_(locals.program()),
        tso_(tso),
        threads_(static_cast<std::size_t>(locals.threads())),
        execution_(),
        standing_(threads_) {
    execution_.locations = &program_.locations();
    execution_.threads.resize(threads_);
    for (std::size_t t = 0; t < threads_; ++t) Arrive(t, program_.Root(static_cast<int>(t)), 0);
    for (const Location& location : program_.locations()) {
      Event& event = execution_.events.emplace_back();
      event.location = static_cast<LocationId>(execution_.events.size() - 1);
      event.written = location.initial;
      execution_.modification_order.push_back({event.location});
    }
    readers_.resize(program_.locations().size());
    clocks_.assign(execution_.events.size() * threads_, 0);
  }

  std::size_t events() const { return execution_.events.size(); }

  // All threads go to where they next take a step: what is silent before it is of this turn of a cycle, not of the
  // next.
  void Settle() {
    for (std::size_t t = 0; t < threads_; ++t) GoToOperation(t);
  }

  EventId Do(const Transitions::Step& step) {
    if (step.kind == Transitions::Kind::kDrain) {
      Drain(step.thread);
      return kNoEvent;
    }
    const std::size_t t = step.thread;
    GoToOperation(t);
    const Node* node = standing_[t].node;
    const Label& label = node->label;
    EventId source = kNoEvent;
    Value read = 0;
    if (Reads(label.op)) {
      source = SourceOf(t, label.location);
      read = Truncate(execution_.events[source].written, label.width);
    }
    const bool spurious = step.kind == Transitions::Kind::kSpurious;
    if (label.op == Op::kChoose) read = step.choice;
    const Outcome outcome = Reads(label.op) && !spurious ? Apply(label, read) : Outcome{};
    const bool writes = label.op == Op::kStore || outcome.action == Action::kWrite;
    Event event;
    event.kind = label.op == Op::kStore    ? EventKind::kWrite
                 : label.op == Op::kFence  ? EventKind::kFence
                 : label.op == Op::kChoose ? EventKind::kChoice
                 : writes                  ? EventKind::kUpdate
                                           : EventKind::kRead;
    event.order = label.EffectiveOrder(writes);
    event.spurious = spurious;
    event.destroyed = label.destroy;
    event.location = label.location;
    event.reads_from = source;
    event.read = read;
    if (writes) event.written = label.op == Op::kStore ? Truncate(label.operands[0], label.width) : outcome.written;
    const EventId e = Add(t, event, &label);
    if (writes) {
      const bool buffered = tso_ && label.op == Op::kStore && label.order != Order::kSeqCst;
      if (buffered) {
        standing_[t].buffer.push_back(e);
      } else {
        Write(e);
      }
    }
    Arrive(t,
           program_.Child(node, static_cast<int>(t), label.op == Op::kChoose || Reads(label.op) ? read : 0, spurious),
           0);
    while (standing_[t].node->label.op == Op::kLoad && locals_.IsSilent(static_cast<int>(t), standing_[t].node)) {
      DoSilent(t);
    }
    return e;
  }

  Execution Finish(bool stuck) {
    for (std::size_t t = 0; t < threads_; ++t) {
      if (!standing_[t].buffer.empty()) {  // what has not reached memory is the newest there, at last
        while (!standing_[t].buffer.empty()) Drain(static_cast<ThreadId>(t));
      }
      ThreadState& thread = execution_.threads[t];
      thread.daemon = program_.is_daemon(static_cast<int>(t));
      const Node* node = standing_[t].node;
      thread.pending = &node->label;
      const Op op = node->label.op;
      const bool never = program_.NeverSpawned(static_cast<int>(t), node);
      if (op == Op::kFinished || never) {
        thread.end = ThreadEnd::kFinished;
      } else {
        thread.end = stuck ? ThreadEnd::kStuck : op == Op::kBlocked ? ThreadEnd::kBlocked : ThreadEnd::kRunning;
      }
    }
    execution_.SetOrder(std::move(clocks_));
    return std::move(execution_);
  }

 private:
  struct Standing {
    const Node* node = nullptr;
    EventId last = kNoEvent;
    std::uint16_t marks = 0;
    std::deque<EventId> buffer;
  };

  // Notes of `node` but for the first ones.
  void Arrive(std::size_t t, const Node* node, std::size_t first_note) {
    Standing& standing = standing_[t];
    standing.node = node;
    for (std::size_t i = first_note; i < node->notes.size(); ++i) {
      const NoteRecord& note = node->notes[i];
      Mark& mark = execution_.marks.emplace_back();
      mark.kind = note.kind;
      mark.is_tag = note.is_tag;
      mark.thread = static_cast<ThreadId>(t);
      mark.sequence = standing.marks++;
      mark.subject = note.subject;
      mark.argument = note.argument;
      mark.before = standing.last;
      mark.after = note.is_tag ? standing.last : kNoEvent;
      mark.site = note.site;
    }
  }

  // Past what is no step of its own: the ends of iterations, and silent operations (local_states.h).
  void GoToOperation(std::size_t t) {
    std::vector<const Node*> passed;
    for (;;) {
      const Node* node = standing_[t].node;
      const Op op = node->label.op;
      if ((op == Op::kRepeat || op == Op::kBlocked) && node->again != nullptr) {
        Arrive(t, node->again, node->again_notes);
      } else if (locals_.IsSilent(static_cast<int>(t), node) &&
                 std::find(passed.begin(), passed.end(), node) == passed.end()) {  // else: a loop of nothing else
        passed.push_back(node);
        DoSilent(t);
      } else {
        return;
      }
    }
  }

  void DoSilent(std::size_t t) {
    const Node* const node = standing_[t].node;
    Event silent;
    silent.kind = node->label.op == Op::kFence ? EventKind::kFence : EventKind::kRead;
    silent.order = node->label.order;
    if (node->label.op == Op::kLoad) {
      silent.location = node->label.location;
      silent.reads_from = SourceOf(t, silent.location);
      silent.read = Truncate(execution_.events[silent.reads_from].written, node->label.width);
    }
    Add(t, silent, &node->label);
    Arrive(t, program_.Child(node, static_cast<int>(t), 0, false), 0);
  }

  EventId SourceOf(std::size_t t, LocationId location) const {
    const std::deque<EventId>& buffer = standing_[t].buffer;
    for (auto e = buffer.rbegin(); e != buffer.rend(); ++e) {
      if (execution_.events[*e].location == location) return *e;
    }
    return execution_.modification_order[location].back();
  }

  EventId Add(std::size_t t, Event event, const Label* label) {
    const auto e = static_cast<EventId>(execution_.events.size());
    Standing& standing = standing_[t];
    event.thread = static_cast<ThreadId>(t);
    event.index = static_cast<std::uint16_t>(execution_.threads[t].events.size());
    event.label = label;
    execution_.events.push_back(event);
    execution_.threads[t].events.push_back(e);
    for (Mark& mark : execution_.marks) {
      if (mark.thread == t && !mark.is_tag && mark.after == kNoEvent) mark.after = e;
    }
    clocks_.resize(clocks_.size() + threads_, 0);
    if (tso_) {  // the order of the steps
      for (std::size_t u = 0; u < threads_; ++u) {
        clocks_[e * threads_ + u] = static_cast<std::uint16_t>(execution_.threads[u].events.size());
      }
    } else {
      if (standing.last != kNoEvent) Join(e, standing.last);
      if (event.reads_from != kNoEvent) {
        Join(e, event.reads_from);
        readers_[event.location].push_back(e);
      }
      clocks_[e * threads_ + t] = static_cast<std::uint16_t>(event.index + 1);
    }
    standing.last = e;
    return e;
  }

  void Write(EventId e) {
    const LocationId location = execution_.events[e].location;
    std::vector<EventId>& mo = execution_.modification_order[location];
    if (!tso_) {
      Join(e, mo.back());
      for (const EventId reader : readers_[location]) {
        if (reader != e) Join(e, reader);
      }
      readers_[location].clear();
    }
    mo.push_back(e);
  }

  void Drain(ThreadId t) {
    const EventId e = standing_[t].buffer.front();
    standing_[t].buffer.pop_front();
    Write(e);
  }

  void Join(EventId e, EventId before) {
    for (std::size_t u = 0; u < threads_; ++u) {
      std::uint16_t& clock = clocks_[e * threads_ + u];
      clock = std::max(clock, clocks_[before * threads_ + u]);
    }
  }

  LocalStates& locals_;
  Program& program_;
  const bool tso_;
  const std::size_t threads_;
  Execution execution_;
  Execution::Clocks clocks_;
  std::vector<Standing> standing_;
  std::vector<std::vector<EventId>> readers_;  // by location: of its newest write
};

}  // namespace

Execution ExecutionOf(LocalStates& locals, const std::vector<Transitions::Step>& steps, bool tso, bool stuck,
                      std::vector<EventId>* events_before, std::vector<EventId>* operations) {
  Builder builder(locals, tso);
  if (events_before != nullptr) events_before->clear();
  if (operations != nullptr) operations->clear();
  for (const Transitions::Step& step : steps) {
    if (events_before != nullptr) {
      builder.Settle();
      events_before->push_back(static_cast<EventId>(builder.events()));
    }
    const EventId operation = builder.Do(step);
    if (operations != nullptr) operations->push_back(operation);
  }
  if (events_before != nullptr) {
    builder.Settle();
    events_before->push_back(static_cast<EventId>(builder.events()));
  }
  return builder.Finish(stuck);
}

}  // namespace doorway
