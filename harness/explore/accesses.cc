#include "harness/explore/accesses.h"

#include <algorithm>

#include "harness/graph/verdict.h"

namespace doorway {
namespace {

bool IsPlain(const WorkEvent& event) { return event.node->label.order == Order::kPlain; }

const char* What(const WorkEvent& event) {
  if (event.node->label.destroy) return "destroys";
  return event.Is(WorkEvent::kWrite) ? "writes" : "reads";
}

std::string Who(const WorkEvent& event) { return "thread " + std::to_string(event.thread); }

// The write that e finds in place: the one it reads from, or the one it follows in the modification order.
EventId Found(const WorkGraph& g, EventId e) { return g[e].Is(WorkEvent::kRead) ? g[e].reads_from : g[e].mo_prev; }

}  // namespace

// Enough is: e is the newest, and what it comes right after in mo is before it in hb, with all who read that if e
// writes. What came before those is then before e too, since nothing of this location races, or is atomic.
bool SurelyFine(const WorkGraph& g, EventId e) {
  const WorkEvent& event = g[e];
  if (g.places[event.location].atomic) return false;
  if (event.mo_next != kNoEvent) return false;
  const EventId before = Found(g, e);
  const std::uint16_t* hb = g.clock(e, WorkGraph::kHb);
  if (event.Is(WorkEvent::kRead) && g[before].mo_next != kNoEvent) return false;
  if (!g.Covers(hb, before)) return false;
  if (!event.Is(WorkEvent::kWrite)) return true;
  for (EventId r = g[before].first_reader; r != kNoEvent; r = g[r].next_reader) {
    if (!g.Covers(hb, r)) return false;
  }
  return true;
}

std::vector<BadAccess> BadAccessesOf(const WorkGraph& g, const Program& program, EventId e) {
  std::vector<BadAccess> found;
  const WorkEvent& event = g[e];
  const std::string& name = program.locations()[event.location].name;
  const auto meet = [&](EventId slot) {
    const WorkEvent& other = g[slot];
    if (other.thread == event.thread || other.Is(WorkEvent::kInit)) return;
    if (!IsPlain(event) && !IsPlain(other)) return;
    if (!event.Is(WorkEvent::kWrite) && !other.Is(WorkEvent::kWrite)) return;
    if (g.Covers(g.clock(e, WorkGraph::kHb), slot) || g.Covers(g.clock(slot, WorkGraph::kHb), e)) return;
    const EventId first = other.thread < event.thread ? slot : e;
    const EventId second = first == e ? slot : e;
    const bool freed = event.node->label.destroy || other.node->label.destroy;
    found.push_back({freed ? kNoUseAfterFree : kNoDataRace, first, second,
                     Who(g[first]) + " " + What(g[first]) + " '" + name + "' and " + Who(g[second]) + " " +
                         What(g[second]) + " it, in no order"});
  };
  for (EventId w = g.places[event.location].init; w != kNoEvent; w = g[w].mo_next) {
    meet(w);
    for (EventId r = g[w].first_reader; r != kNoEvent; r = g[r].next_reader) {
      if (!g[r].Is(WorkEvent::kWrite)) meet(r);  // else it is in mo
    }
  }
  const auto other_of = [e](const BadAccess& bad) { return bad.first == e ? bad.second : bad.first; };
  std::sort(found.begin(), found.end(),
            [&](const BadAccess& a, const BadAccess& b) { return other_of(a) < other_of(b); });
  const EventId source = Found(g, e);
  const bool remains = source != kNoEvent && g[source].node != nullptr && g[source].node->label.destroy;
  if (remains && !event.node->label.construct) {
    found.push_back({kNoUseAfterFree, source, e,
                     Who(event) + " " + What(event) + " '" + name + "' after " + Who(g[source]) + " has destroyed it"});
  }
  return found;
}

std::string ReadsNoValue(const WorkGraph& g, const Program& program, EventId e) {
  if (!g[e].Is(WorkEvent::kRead)) return "";
  const WorkEvent& source = g[g[e].reads_from];
  const bool has_value = source.node == nullptr
                             ? program.locations()[g[e].location].initialised
                             : !(source.node->label.construct && source.node->label.operands[1] != 0);
  if (has_value) return "";
  const Site site = g[e].node->label.site;
  return Who(g[e]) + " reads '" + program.locations()[g[e].location].name + "' before it has a value, at " + site.file +
         ":" + std::to_string(site.line) + "; give it an initial value, or order the read after the write";
}

}  // namespace doorway
