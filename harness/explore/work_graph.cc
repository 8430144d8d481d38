#include "harness/explore/work_graph.h"

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <cstdlib>

#include "harness/explore/vector_clock.h"

namespace doorway {

namespace {

void CopyRow(const std::uint16_t* from, std::size_t length, std::uint16_t* to) {
  for (std::size_t block = 0; block < length; block += kClockBlock) ClockBlock(from + block).Store(to + block);
}

bool MayBeSeqCst(const Label& label) { return label.order == Order::kSeqCst || label.failure_order == Order::kSeqCst; }

}  // namespace

WorkGraph::WorkGraph(Program& program, int order_clocks)
    : stride_(BlocksFor(static_cast<std::size_t>(program.threads())) * kClockBlock),
      row_(static_cast<std::size_t>(kOwnClocks + order_clocks) * stride_),
      program_(&program) {
  threads.resize(static_cast<std::size_t>(program.threads()));
  for (std::size_t t = 0; t < threads.size(); ++t) {
    threads[t].node = program.Root(static_cast<int>(t));
  }
  if (!program.locations().empty()) EnsureLocation(program, static_cast<LocationId>(program.locations().size() - 1));
}

void WorkGraph::CopyFrom(const WorkGraph& g) {
  events = g.events;
  threads = g.threads;
  places = g.places;
  tags = g.tags;
  tagged = g.tagged;
  stride_ = g.stride_;
  row_ = g.row_;
  seq_cst_ = g.seq_cst_;
  program_ = g.program_;
  GrowClocks();
  std::copy_n(g.clocks_.data(), events.size() * row_, clocks_.data());
}

void WorkGraph::AddLocations(const Program& program, LocationId location) {
  while (places.size() <= location) {
    WorkEvent init;
    init.flags = WorkEvent::kInit | WorkEvent::kWrite;
    init.location = static_cast<LocationId>(places.size());
    init.written = program.locations()[places.size()].initial;
    const auto slot = static_cast<EventId>(events.size());
    events.push_back(init);
    GrowClocks();
    std::fill_n(clock(slot, kPorf), row_, std::uint16_t{0});
    places.push_back({slot, slot, false, false});
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
  if (event.location != kNoLocation) {
    const bool plain = label.order == Order::kPlain;
    places[event.location].plain |= plain;
    places[event.location].atomic |= !plain || label.construct || label.destroy;
  }
  if (MayBeSeqCst(label)) {
    event.flags |= WorkEvent::kSeqCst;
    ++seq_cst_;
  }
  if (thread.last != kNoEvent) events[thread.last].po_next = slot;
  events.push_back(event);
  GrowClocks();
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
  const bool writes = event.Is(WorkEvent::kWrite);
  const Order order = label.EffectiveOrder(writes);
  const bool reads = event.Is(WorkEvent::kRead);
  const bool acquires = reads ? IsAtomic(order) && IsAcquire(order) : label.op == Op::kFence && IsAcquire(order);
  const bool first = event.po_prev == kNoEvent;
  const auto own = static_cast<std::uint16_t>(event.index + 1);
  for (std::size_t block = 0; block < stride_; block += kClockBlock) {
    const auto at = [this, block](EventId x, Clock which) { return ClockBlock(clock(x, which) + block); };
    ClockBlock porf, hb, acquirable, released;
    if (!first) {
      porf = at(event.po_prev, kPorf);
      hb = at(event.po_prev, kHb);
      acquirable = at(event.po_prev, kAcquirable);
    }
    if (reads) {
      porf.Join(at(event.reads_from, kPorf));
      if (IsAtomic(order)) {
        const ClockBlock source = at(event.reads_from, kReleased);
        acquirable.Join(source);
        if (acquires) hb.Join(source);
        if (writes) released = source;
      }
    } else if (acquires) {
      hb.Join(acquirable);
    }
    porf.Store(clock(e, kPorf) + block);
    hb.Store(clock(e, kHb) + block);
    if (event.thread / kClockBlock == block / kClockBlock) {
      clock(e, kPorf)[event.thread] = clock(e, kHb)[event.thread] = own;
      hb = at(e, kHb);
    }
    if (writes && IsAtomic(order)) {
      if (IsRelease(order)) {
        released.Join(hb);
      } else if (event.release_fence != kNoEvent) {
        released.Join(at(event.release_fence, kHb));
      }
    }
    acquirable.Store(clock(e, kAcquirable) + block);
    released.Store(clock(e, kReleased) + block);
  }
  std::fill(clock(e, kPorf) + kOwnClocks * stride_, clock(e, kPorf) + row_, std::uint16_t{0});
}

EventId WorkGraph::Restrict(EventId r, EventId w, bool keep, WorkGraph* out, std::vector<EventId>* scratch) const {
  const std::size_t n = events.size();
  const std::size_t row = row_;
  const std::size_t same = r + std::size_t{keep};  // slots below are not renamed
  const std::uint16_t* prefix = clock(w, kPorf);
  std::vector<EventId>& renamed = *scratch;
  renamed.resize(n);
  out->stride_ = stride_;
  out->row_ = row_;
  out->program_ = program_;
  out->seq_cst_ = 0;
  out->tags.clear();
  out->tagged = 0;
  out->places.assign(places.size(), Place{});
  out->threads.resize(threads.size());
  for (std::size_t t = 0; t < threads.size(); ++t) {
    out->threads[t] = Thread{program_->Root(static_cast<int>(t)), kNoEvent, 0, kNoEvent};
  }

  // Events and clocks.
  out->events.assign(events.begin(), events.begin() + static_cast<std::ptrdiff_t>(same));
  for (std::size_t e = 0; e < same; ++e) {
    WorkEvent& event = out->events[e];
    event.first_reader = kNoEvent;
    if (!event.Is(WorkEvent::kInit) && prefix[event.thread] > event.index) event.flags |= WorkEvent::kFixed;
  }
  if (out->clocks_.size() < n * row) out->clocks_.resize(n * row);
  std::copy_n(clocks_.data(), same * row, out->clocks_.data());
  if (!keep) renamed[r] = kNoEvent;
  for (std::size_t i = r + std::size_t{1}; i < n; ++i) {
    if (!Covers(prefix, static_cast<EventId>(i))) {
      renamed[i] = kNoEvent;
      continue;
    }
    renamed[i] = static_cast<EventId>(out->events.size());
    CopyRow(&clocks_[i * row], row, &out->clocks_[out->events.size() * row]);
    WorkEvent& event = out->events.emplace_back(events[i]);
    event.first_reader = kNoEvent;
    event.flags |= WorkEvent::kFixed;
  }

  // Links, but for mo.
  const auto rename = [same, &renamed](EventId e) { return e < same || e == kNoEvent ? e : renamed[e]; };
  const auto kept = static_cast<EventId>(out->events.size());
  for (EventId e = 0; e < kept; ++e) {
    WorkEvent& event = out->events[e];
    if (event.Is(WorkEvent::kInit)) {
      event.mo_next = kNoEvent;
      out->places[event.location] = {e, e, places[event.location].plain, places[event.location].atomic};
      continue;
    }
    out->seq_cst_ += event.Is(WorkEvent::kSeqCst);
    event.po_next = kNoEvent;
    event.po_prev = rename(event.po_prev);
    if (event.po_prev != kNoEvent) out->events[event.po_prev].po_next = e;
    event.release_fence = rename(event.release_fence);
    if (keep && e == r) {
      event.reads_from = event.next_reader = event.mo_prev = event.mo_next = kNoEvent;
      event.next = nullptr;
      event.flags = static_cast<std::uint8_t>(WorkEvent::kRead | (event.flags & WorkEvent::kSeqCst));
    } else if (event.Is(WorkEvent::kRead)) {
      event.reads_from = rename(event.reads_from);
      WorkEvent& source = out->events[event.reads_from];
      event.next_reader = source.first_reader;
      source.first_reader = e;
    }
    Thread& thread = out->threads[event.thread];
    thread.last = e;
    thread.count = static_cast<std::uint16_t>(event.index + 1);
    thread.node = event.next;
  }
  for (const Place& place : places) {  // mo, without r and w
    for (EventId old = events[place.init].mo_next; old != kNoEvent; old = events[old].mo_next) {
      const EventId e = rename(old);
      if (e == kNoEvent || old == r || old == w) continue;
      out->LinkWrite(e, out->places[out->events[e].location].mo_last);
    }
  }
  for (const Tag& tag : tags) {
    if (tag.at > r) continue;  // the wait is undone; or its read is in porf(w), and will never be undone
    Tag kept_tag = tag;
    kept_tag.source = rename(tag.source);
    kept_tag.event = rename(tag.event);
    out->AddTag(kept_tag);
  }
  const EventId new_w = renamed[w];
  out->events[new_w].mo_prev = out->events[new_w].mo_next = kNoEvent;
  return new_w;
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

  seq_cst_ -= removed.Is(WorkEvent::kSeqCst);
  const std::size_t row = row_;
  std::copy(clocks_.begin() + static_cast<std::ptrdiff_t>((r + std::size_t{1}) * row),
            clocks_.begin() + static_cast<std::ptrdiff_t>(events.size() * row),
            clocks_.begin() + static_cast<std::ptrdiff_t>(r * row));
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
  for (Thread& other : threads) {
    move(other.last);
    other.waits_for_newer = kNoEvent;
  }
  for (Place& place : places) {
    move(place.init);
    move(place.mo_last);
  }
  for (Tag& tag : tags) {
    move(tag.at);
    move(tag.source);
    if (tag.event == r) {
      tag.event = kNoEvent;
      tagged |= 1U << tag.thread;
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
