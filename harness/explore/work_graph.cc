#include "harness/explore/work_graph.h"

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <cstdlib>

namespace doorway {

WorkGraph::WorkGraph(Program& program) : stride_((static_cast<std::size_t>(program.threads()) + 3) & ~std::size_t{3}) {
  threads.resize(static_cast<std::size_t>(program.threads()));
  for (std::size_t t = 0; t < threads.size(); ++t) {
    threads[t].node = program.Root(static_cast<int>(t));
    roots_.push_back(threads[t].node);
  }
  if (!program.locations().empty()) EnsureLocation(program, static_cast<LocationId>(program.locations().size() - 1));
}

void WorkGraph::EnsureLocation(const Program& program, LocationId location) {
  while (places.size() <= location) {
    WorkEvent init;
    init.flags = WorkEvent::kInit | WorkEvent::kWrite;
    init.location = static_cast<LocationId>(places.size());
    init.written = program.locations()[places.size()].initial;
    const auto slot = static_cast<EventId>(events.size());
    events.push_back(init);
    clocks_.resize(events.size() * kClocks * stride_, 0);
    places.push_back({slot, slot, false});
  }
}

EventId WorkGraph::Append(ThreadId t) {
  Thread& thread = threads[t];
  WorkEvent event;
  event.node = thread.node;
  event.thread = t;
  event.index = thread.count;
  event.po_prev = thread.last;
  event.location = thread.node->label.location;
  const auto slot = static_cast<EventId>(events.size());
  const Label& label = thread.node->label;
  if (thread.last != kNoEvent) event.release_fence = events[thread.last].release_fence;
  if (label.op == Op::kFence && IsRelease(label.order)) event.release_fence = slot;
  if (label.op == Op::kStore) {
    event.flags |= WorkEvent::kWrite;
    event.written = Truncate(label.operands[0], label.width);
  }
  if (Reads(label.op)) event.flags |= WorkEvent::kRead;
  if (label.order == Order::kPlain && event.location != kNoLocation) places[event.location].plain = true;
  if (thread.last != kNoEvent) events[thread.last].po_next = slot;
  events.push_back(event);
  clocks_.resize(events.size() * kClocks * stride_, 0);
  thread.last = slot;
  ++thread.count;
  return slot;
}

void WorkGraph::LinkRead(EventId e, EventId w, bool spurious) {
  WorkEvent& read = events[e];
  WorkEvent& write = events[w];
  read.reads_from = w;
  read.read = Truncate(write.written, read.node->label.width);
  read.next_reader = write.first_reader;
  write.first_reader = e;
  if (spurious) {
    read.flags |= WorkEvent::kSpurious;
    return;
  }
  const Outcome outcome = Apply(read.node->label, read.read);
  if (outcome.action == Action::kBlock) read.flags |= WorkEvent::kBlocking;
  if (outcome.action == Action::kWrite) {
    read.flags |= WorkEvent::kWrite;
    read.written = outcome.written;
  }
}

void WorkGraph::LinkWrite(EventId w, EventId after) {
  WorkEvent& write = events[w];
  write.mo_prev = after;
  write.mo_next = events[after].mo_next;
  events[after].mo_next = w;
  if (write.mo_next != kNoEvent) {
    events[write.mo_next].mo_prev = w;
  } else {
    places[write.location].mo_last = w;
  }
}

void WorkGraph::ComputeClocks(EventId e) {
  const WorkEvent& event = events[e];
  const Label& label = event.node->label;
  std::uint16_t* porf = clock(e, kPorf);
  std::uint16_t* hb = clock(e, kHb);
  std::uint16_t* released = clock(e, kReleased);
  std::uint16_t* acquirable = clock(e, kAcquirable);
  std::fill_n(porf, kClocks * stride_, std::uint16_t{0});  // the rows of one event are adjacent
  if (event.po_prev != kNoEvent) {
    Join(porf, clock(event.po_prev, kPorf), stride_);
    Join(hb, clock(event.po_prev, kHb), stride_);
    Join(acquirable, clock(event.po_prev, kAcquirable), stride_);
  }
  porf[event.thread] = static_cast<std::uint16_t>(event.index + 1);
  hb[event.thread] = static_cast<std::uint16_t>(event.index + 1);
  const bool writes = event.Is(WorkEvent::kWrite);
  const Order order = label.EffectiveOrder(writes);
  if (event.Is(WorkEvent::kRead)) {
    Join(porf, clock(event.reads_from, kPorf), stride_);
    if (IsAtomic(order)) {
      const std::uint16_t* source = clock(event.reads_from, kReleased);
      Join(acquirable, source, stride_);
      if (IsAcquire(order)) Join(hb, source, stride_);
    }
  }
  if (label.op == Op::kFence && IsAcquire(order)) Join(hb, acquirable, stride_);
  if (writes && IsAtomic(order)) {
    if (IsRelease(order)) {
      Join(released, hb, stride_);
    } else if (event.release_fence != kNoEvent) {
      Join(released, clock(event.release_fence, kHb), stride_);
    }
    if (event.Is(WorkEvent::kRead)) Join(released, clock(event.reads_from, kReleased), stride_);
  }
}

void WorkGraph::Restrict(EventId r, EventId w, WorkGraph* out, EventId* new_r, EventId* new_w,
                         std::vector<EventId>* scratch) const {
  const std::size_t n = events.size();
  std::vector<EventId>& renamed = *scratch;
  renamed.assign(n, kNoEvent);
  const std::uint16_t* prefix = clock(w, kPorf);
  out->stride_ = stride_;
  out->roots_ = roots_;
  out->events.clear();
  out->tags.clear();
  out->places.assign(places.size(), Place{});
  out->threads.resize(threads.size());
  for (std::size_t t = 0; t < threads.size(); ++t) out->threads[t] = Thread{roots_[t], kNoEvent, 0};
  for (std::size_t i = 0; i < n; ++i) {
    const auto e = static_cast<EventId>(i);
    const bool in_prefix = Covers(prefix, e);
    if (e > r && !in_prefix) continue;
    renamed[e] = static_cast<EventId>(out->events.size());
    WorkEvent& event = out->events.emplace_back(events[e]);
    if (in_prefix) event.flags |= WorkEvent::kFixed;
    event.po_next = event.mo_prev = event.mo_next = event.first_reader = event.next_reader = kNoEvent;
  }
  out->clocks_.resize(out->events.size() * kClocks * stride_);
  const auto rename = [&renamed](EventId e) { return e == kNoEvent ? kNoEvent : renamed[e]; };
  for (std::size_t i = 0; i < n; ++i) {
    const EventId e = renamed[i];
    if (e == kNoEvent) continue;
    WorkEvent& event = out->events[e];
    std::copy_n(clock(static_cast<EventId>(i), kPorf), kClocks * stride_, out->clock(e, kPorf));
    event.po_prev = rename(event.po_prev);
    if (event.po_prev != kNoEvent) out->events[event.po_prev].po_next = e;
    event.release_fence = rename(event.release_fence);
    if (i == r) {
      event.reads_from = kNoEvent;
      event.next = nullptr;
      event.flags = WorkEvent::kRead;
    } else if (event.Is(WorkEvent::kRead)) {
      event.reads_from = rename(event.reads_from);
      WorkEvent& source = out->events[event.reads_from];
      event.next_reader = source.first_reader;
      source.first_reader = e;
    }
    if (event.Is(WorkEvent::kInit)) {
      out->places[event.location] = {e, e, places[event.location].plain};
      continue;
    }
    Thread& thread = out->threads[event.thread];
    thread.last = e;
    thread.count = static_cast<std::uint16_t>(event.index + 1);
    thread.node = event.next;
  }
  for (const Place& place : places) {  // mo, without r and w
    for (EventId old = events[place.init].mo_next; old != kNoEvent; old = events[old].mo_next) {
      const EventId e = renamed[old];
      if (e == kNoEvent || old == r || old == w) continue;
      out->LinkWrite(e, out->places[out->events[e].location].mo_last);
    }
  }
  for (const Tag& tag : tags) {
    if (tag.at > r) continue;  // the wait is undone; or its read is in porf(w), and will never be undone
    Tag kept = tag;
    kept.source = renamed[tag.source];
    kept.event = rename(tag.event);
    out->tags.push_back(kept);
  }
  *new_r = renamed[r];
  *new_w = renamed[w];
}

void WorkGraph::RemoveLastRead(EventId r) {
  const WorkEvent removed = events[r];
  EventId* link = &events[removed.reads_from].first_reader;
  while (*link != r) link = &events[*link].next_reader;
  *link = removed.next_reader;
  Thread& thread = threads[removed.thread];
  thread.last = removed.po_prev;
  if (thread.last != kNoEvent) events[thread.last].po_next = kNoEvent;
  thread.node = removed.node;
  --thread.count;

  const auto row = static_cast<std::ptrdiff_t>(kClocks * stride_);
  clocks_.erase(clocks_.begin() + r * row, clocks_.begin() + (r + 1) * row);
  events.erase(events.begin() + r);
  const auto move = [r](EventId& e) {
    if (e != kNoEvent && e > r) --e;
  };
  for (WorkEvent& event : events) {
    for (EventId* e : {&event.reads_from, &event.po_prev, &event.po_next, &event.mo_prev, &event.mo_next,
                       &event.first_reader, &event.next_reader, &event.release_fence}) {
      move(*e);
    }
  }
  for (Thread& other : threads) move(other.last);
  for (Place& place : places) {
    move(place.init);
    move(place.mo_last);
  }
  for (Tag& tag : tags) {
    move(tag.at);
    move(tag.source);
    if (tag.event == r) {
      tag.event = kNoEvent;
    } else {
      move(tag.event);
    }
  }
}

void WorkGraph::CheckInvariants() const {
  const auto fail = [](const char* what, std::size_t e) {
    std::fprintf(stderr, "doorway: internal error: work graph: %s at event %zu\n", what, e);
    std::abort();
  };
  for (std::size_t i = 0; i < events.size(); ++i) {
    const WorkEvent& event = events[i];
    if (event.Is(WorkEvent::kInit)) continue;
    if (event.po_prev != kNoEvent &&
        (events[event.po_prev].thread != event.thread || events[event.po_prev].index + 1 != event.index)) {
      fail("po_prev", i);
    }
    if (event.po_prev == kNoEvent && event.index != 0) fail("index", i);
    if (event.po_next != kNoEvent && events[event.po_next].po_prev != i) fail("po_next", i);
    if (event.po_next == kNoEvent && threads[event.thread].last != i) fail("last of thread", i);
    if (event.Is(WorkEvent::kRead)) {
      if (event.reads_from >= events.size()) fail("reads_from", i);
      bool listed = false;
      for (EventId e = events[event.reads_from].first_reader; e != kNoEvent; e = events[e].next_reader) {
        listed = listed || e == i;
      }
      if (!listed) fail("reader list", i);
      if (event.Is(WorkEvent::kWrite) && event.mo_prev != event.reads_from) fail("atomicity", i);
    }
    if (event.Is(WorkEvent::kWrite) && (event.mo_prev == kNoEvent || events[event.mo_prev].mo_next != i)) fail("mo", i);
    if (clock(static_cast<EventId>(i), kPorf)[event.thread] != event.index + 1) fail("porf clock", i);
  }
}

}  // namespace doorway
