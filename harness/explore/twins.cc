#include "harness/explore/twins.h"

#include <algorithm>
#include <utility>

namespace doorway {
namespace {

// On whatever lines.
bool DoTheSame(const Label& a, const Label& b) {
  Label elsewhere = b;
  elsewhere.site = a.site;
  if (a.exit) elsewhere.location = a.location;
  return a.exit == b.exit && SameOperation(a, elsewhere);
}

// A note may be about its own thread.
bool SayTheSame(const NoteRecord& a, int thread_of_a, const NoteRecord& b, int thread_of_b) {
  NoteRecord said = b;
  said.site = a.site;
  if (a.subject == thread_of_a && b.subject == thread_of_b) said.subject = a.subject;
  return a == said;
}

bool Alike(const Node& a, int thread_of_a, const Node& b, int thread_of_b) {
  return DoTheSame(a.label, b.label) && std::equal(a.notes.begin(), a.notes.end(), b.notes.begin(), b.notes.end(),
                                                   [&](const NoteRecord& of_a, const NoteRecord& of_b) {
                                                     return SayTheSame(of_a, thread_of_a, of_b, thread_of_b);
                                                   });
}

}  // namespace

Twins::Twins(Program& program, ThreadClasses classes)
    : program_(program), classes_(std::move(classes)), twins_(static_cast<std::size_t>(program.threads())) {
  for (const std::vector<int>& members : classes_) {
    for (const int t : members) {
      if (members.size() > 1) twins_[static_cast<std::size_t>(t)] = &members;
    }
  }
}

void Twins::Compare(const WorkGraph& g, ThreadId t, const Node* node, EventId last) {
  way_.clear();
  for (EventId e = last; e != kNoEvent; e = g[e].po_prev) way_.push_back(e);
  std::reverse(way_.begin(), way_.end());
  for (const int other : *twins_[t]) {
    if (other == t) continue;
    const Node* there = program_.Root(other);
    for (const EventId e : way_) {
      there = program_.Child(there, other, g[e].read, g[e].Is(WorkEvent::kSpurious));
    }
    const bool alike = Alike(*node, t, *there, other) && program_.is_daemon(t) == program_.is_daemon(other);
    if (!alike) throw ThreadsDiffer{std::min<int>(t, other), std::max<int>(t, other)};
  }
}

}  // namespace doorway
