#include "harness/explore/twins.h"

#include <algorithm>
#include <utility>

namespace doorway {
namespace {

bool IsPlainLoad(const Label& label) { return label.op == Op::kLoad && label.order == Order::kPlain; }

// On whatever lines, at whatever locations.
bool DoTheSame(const Label& a, const Label& b) {
  Label elsewhere = b;
  elsewhere.site = a.site;
  elsewhere.location = a.location;
  return a.exit == b.exit && SameOperation(a, elsewhere);
}

// What `thread` is called after `one` and `other` have changed places.
int Exchanged(int thread, int one, int other) { return thread == one ? other : thread == other ? one : thread; }

// Notes are about threads, who change their names, whoever says them.
bool SayTheSame(const Node& a, const Node& b, int one, int other) {
  return std::equal(a.notes.begin(), a.notes.end(), b.notes.begin(), b.notes.end(),
                    [&](const NoteRecord& of_a, const NoteRecord& of_b) {
                      NoteRecord said = of_b;
                      said.site = of_a.site;
                      said.subject = Exchanged(said.subject, one, other);
                      return of_a == said;
                    });
}

bool AreLike(const Location& a, const Location& b) { return a.initial == b.initial && a.width == b.width; }

}  // namespace

Twins::Twins(Program& program, ThreadClasses classes, Exchanges& exchanges)
    : program_(program), classes_(std::move(classes)), exchanges_(exchanges) {}

void Twins::Meet(const WorkGraph& g, ThreadId t, const Node* node, EventId last) {
  if (met_.insert(node).second) Compare(g, t, node, last);
}

void Twins::Compare(const WorkGraph& g, ThreadId t, const Node* node, EventId last) {
  if (IsPlainLoad(node->label)) return;  // those that follow each other are compared at their end
  way_.clear();
  for (EventId e = last; e != kNoEvent; e = g[e].po_prev) way_.push_back(e);
  std::reverse(way_.begin(), way_.end());
  for (const std::vector<int>& members : classes_) {
    for (std::size_t i = 0; i + 1 < members.size(); ++i) {
      const int one = members[i], other = members[i + 1];
      if (!IsAlike(g, t, node, one, other, &exchanges_[{one, other}])) throw ThreadsDiffer{one, other};
    }
  }
}

bool Twins::IsAlike(const WorkGraph& g, ThreadId t, const Node* node, int one, int other, Exchange* exchange) {
  const bool moves = t == one || t == other;
  const int counterpart = Exchanged(t, one, other);
  const auto corresponds = [&](const Label& here, const Label& there, bool may_learn) {
    if (!DoTheSame(here, there)) return false;
    if (here.exit || here.location == kNoLocation) return true;
    if (exchange->Image(here.location) == there.location) return exchange->MayMove(here.location, there.location);
    const std::vector<Location>& locations = program_.locations();
    return may_learn && AreLike(locations[here.location], locations[there.location]) &&
           exchange->MayMove(here.location, there.location);
  };
  const Node* there = program_.Root(counterpart);
  const auto follow = [&](EventId e) {
    there = program_.Child(there, counterpart, g[e].read, g[e].Is(WorkEvent::kSpurious));
  };
  for (std::size_t i = 0; i < way_.size();) {
    std::size_t at = i;
    run_.clear();
    for (; i < way_.size() && IsPlainLoad(g[way_[i]].node->label); ++i) run_.push_back(way_[i]);
    while (!run_.empty()) {
      if (!SayTheSame(*g[way_[at++]].node, *there, one, other)) return false;
      auto match = std::find_if(run_.begin(), run_.end(),
                                [&](EventId e) { return corresponds(g[e].node->label, there->label, false); });
      if (match == run_.end()) {
        if (!corresponds(g[run_.front()].node->label, there->label, moves)) return false;
        match = run_.begin();
      }
      follow(*match);
      run_.erase(match);
    }
    if (i == way_.size()) break;
    if (!corresponds(g[way_[i]].node->label, there->label, moves)) return false;
    follow(way_[i++]);
  }
  return corresponds(node->label, there->label, moves) && SayTheSame(*node, *there, one, other) &&
         program_.is_daemon(t) == program_.is_daemon(counterpart);
}

}  // namespace doorway
