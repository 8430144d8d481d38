#pragma once

#include <compare>
#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "harness/graph/execution.h"

// An execution graph in the form in which graphs of different engines are compared: events are named by thread and
// position in po, locations by name. Two executions are the same graph iff their canonical graphs are equal.
//
// A thread that is blocked for good keeps the earlier reads of its last spin iteration, and not the read that it blocks
// at: no engine gives that one an event.

namespace doorway::reference {

struct EventName {
  int thread = -1;  // -1: the initial write of the location in question
  int index = 0;    // in po
  friend auto operator<=>(const EventName&, const EventName&) = default;
};

struct CanonicalEvent {
  EventKind kind = EventKind::kRead;
  std::string location;  // empty: a fence or a choice
  Order order = Order::kPlain;
  bool spurious = false;
  Value read = 0;     // kRead, kUpdate, kChoice
  Value written = 0;  // kWrite, kUpdate
  EventName reads_from;
  friend auto operator<=>(const CanonicalEvent&, const CanonicalEvent&) = default;
};

struct CanonicalGraph {
  std::vector<std::vector<CanonicalEvent>> threads;
  // By location, without the initial write; only locations that are written.
  std::map<std::string, std::vector<EventName>> modification_order;
  friend auto operator<=>(const CanonicalGraph&, const CanonicalGraph&) = default;
};

CanonicalGraph Canonical(const Execution& execution);

std::size_t Hash(const CanonicalGraph& graph);

// A line for each thread, one for each location that is written:
//   T0: W.rel x = 1; R.acq y = 0 <- init
//   x: init, T0.0
std::string ToString(const CanonicalGraph& graph);

}  // namespace doorway::reference
