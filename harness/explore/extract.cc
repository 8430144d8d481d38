#include "harness/explore/extract.h"

#include <algorithm>
#include <utility>

namespace doorway {
namespace {

EventKind KindOf(const WorkEvent& event) {
  switch (event.node->label.op) {
    case Op::kStore:
      return EventKind::kWrite;
    case Op::kFence:
      return EventKind::kFence;
    case Op::kChoose:
      return EventKind::kChoice;
    default:
      return event.Is(WorkEvent::kWrite) ? EventKind::kUpdate : EventKind::kRead;
  }
}

// The read whose value made its thread wait: it says nothing that the thread's pending label does not.
bool LeftOut(const WorkGraph& g, EventId e) {
  const WorkEvent& event = g[e];
  if (event.Is(WorkEvent::kBlocking)) return true;
  return event.Is(WorkEvent::kRead) && g.threads[event.thread].last == e && event.next != nullptr &&
         event.next->label.op == Op::kBlocked;
}

void AddMarks(const Node* node, ThreadId thread, EventId before, EventId after, Execution* out,
              std::uint16_t* sequence) {
  for (const NoteRecord& note : node->notes) {
    Mark& mark = out->marks.emplace_back();
    mark.kind = note.kind;
    mark.is_tag = note.is_tag;
    mark.thread = thread;
    mark.sequence = (*sequence)++;
    mark.subject = note.subject;
    mark.argument = note.argument;
    mark.before = before;
    mark.after = note.is_tag ? before : after;
    mark.site = note.site;
  }
}

}  // namespace

void Extractor::Extract(const WorkGraph& g, Program& program, Before before_event, Execution* out) {
  const std::size_t width = g.threads.size();
  out->events.clear();
  out->marks.clear();
  out->locations = &program.locations();
  out->threads.resize(width);
  out->modification_order.resize(g.places.size());
  renamed_.assign(g.size(), kNoEvent);
  Execution::Clocks clocks = out->TakeOrder();
  clocks.clear();

  for (const WorkGraph::Place& place : g.places) {
    renamed_[place.init] = static_cast<EventId>(out->events.size());
    Event& event = out->events.emplace_back();
    event = Event{};
    event.location = g[place.init].location;
    event.written = g[place.init].written;
    clocks.insert(clocks.end(), width, 0);
  }
  // The rest, in an order of po and rf: whoever can go, goes.
  for (ThreadState& thread : out->threads) thread.events.clear();
  slots_.resize(width);
  for (std::vector<EventId>& slots : slots_) slots.clear();
  for (std::size_t i = 0; i < g.size(); ++i) {
    const auto e = static_cast<EventId>(i);
    if (!g[e].Is(WorkEvent::kInit) && !LeftOut(g, e)) slots_[g[e].thread].push_back(e);
  }
  done_.assign(width, 0);
  for (bool progress = true; progress;) {
    progress = false;
    for (std::size_t t = 0; t < width; ++t) {
      while (done_[t] < slots_[t].size()) {
        const EventId e = slots_[t][done_[t]];
        const WorkEvent& from = g[e];
        if (from.reads_from != kNoEvent && renamed_[from.reads_from] == kNoEvent) break;
        renamed_[e] = static_cast<EventId>(out->events.size());
        out->threads[t].events.push_back(renamed_[e]);
        Event& event = out->events.emplace_back();
        event = Event{};
        event.kind = KindOf(from);
        event.order = from.node->label.EffectiveOrder(from.Is(WorkEvent::kWrite));
        event.spurious = from.Is(WorkEvent::kSpurious);
        event.destroyed = from.node->label.destroy;
        event.thread = from.thread;
        event.index = from.index;
        event.location = from.location;
        if (from.reads_from != kNoEvent) event.reads_from = renamed_[from.reads_from];
        event.read = from.read;
        event.written = from.written;
        event.label = &from.node->label;
        clocks.resize(clocks.size() + width);
        before_event(g, e, &clocks[clocks.size() - width]);
        ++done_[t];
        progress = true;
      }
    }
  }
  out->SetOrder(std::move(clocks));

  for (std::size_t l = 0; l < g.places.size(); ++l) {
    std::vector<EventId>& mo = out->modification_order[l];
    mo.clear();
    for (EventId e = g.places[l].init; e != kNoEvent; e = g[e].mo_next) {
      if (renamed_[e] != kNoEvent) mo.push_back(renamed_[e]);
    }
  }
  for (std::size_t t = 0; t < width; ++t) {
    ThreadState& thread = out->threads[t];
    const Node* node = g.threads[t].node;
    thread.daemon = program.is_daemon(static_cast<int>(t));
    thread.pending = &node->label;
    switch (node->label.op) {
      case Op::kFinished:
        thread.end = ThreadEnd::kFinished;
        break;
      case Op::kBounded:
        thread.end = ThreadEnd::kBounded;
        break;
      case Op::kBlocked:
        thread.end = ThreadEnd::kBlocked;
        if (g.threads[t].last != kNoEvent && LeftOut(g, g.threads[t].last)) {
          thread.pending = &g[g.threads[t].last].node->label;
        }
        break;
      default:
        thread.end = program.NeverSpawned(static_cast<int>(t), node) ? ThreadEnd::kFinished : ThreadEnd::kRunning;
    }
    std::uint16_t sequence = 0;
    EventId before = kNoEvent;
    for (std::size_t i = 0; i < slots_[t].size(); ++i) {
      const EventId after = renamed_[slots_[t][i]];
      AddMarks(g[slots_[t][i]].node, static_cast<ThreadId>(t), before, after, out, &sequence);
      before = after;
    }
    const bool cut = slots_[t].size() < g.threads[t].count;
    AddMarks(cut ? g[g.threads[t].last].node : node, static_cast<ThreadId>(t), before, kNoEvent, out, &sequence);
  }
}

}  // namespace doorway
