#include "harness/explore/state/local_states.h"

#include <absl/container/flat_hash_set.h>

#include <algorithm>
#include <string_view>

namespace doorway {
namespace {

bool Same(const Monitor::Noted& a, const Monitor::Noted& b) {
  return a.when == b.when && a.kind == b.kind && a.thread == b.thread && a.subject == b.subject &&
         a.argument == b.argument;
}

bool HasTag(const std::vector<NoteRecord>& notes) {
  return std::any_of(notes.begin(), notes.end(), [](const NoteRecord& note) { return note.is_tag; });
}

bool SameLabel(const Label& a, const Label& b) {
  return SameOperation(a, b) && std::string_view(a.verb) == std::string_view(b.verb);
}

// Beyond so many pairs of standings two are not taken to be alike, though they may be.
constexpr std::size_t kMostPairs = 5'000;

}  // namespace

void Knowledge::Add(const Node* node, Read read) {
  if (!known_.emplace(node, Seen(node->label, read.value), read.spurious).second) return;
  reads_[node].push_back(read);
  ++size_;
}

const std::vector<Knowledge::Read>& Knowledge::Of(const Node* node) const {
  static const std::vector<Read> kNone;
  const auto found = reads_.find(node);
  return found == reads_.end() ? kNone : found->second;
}

LocalStates::LocalStates(Program& program, Places& places, Knowledge& known, Options options)
    : program_(program),
      places_(places),
      known_(known),
      options_(options),
      by_thread_(static_cast<std::size_t>(program.threads())),
      notes_(1),
      touched_(1) {}

LocalStates::Arrival LocalStates::Start(int thread) {
  const Arrived arrived = ArriveAt(thread, program_.Root(thread));
  places_.Update();
  return {IdOf(thread, arrived.at), arrived.notes, arrived.touched};
}

LocalStates::Arrival LocalStates::After(int thread, LocalId from, Value read, bool spurious) {
  const Thread& of = by_thread_[static_cast<std::size_t>(thread)];
  if (!options_.minimise) known_.Add(of.members[from].front().first, {read, spurious});
  const bool is_first = AddRead(thread, from, {read, spurious});
  Arrival arrival{};
  Arrived first{};
  for (std::size_t i = 0; i < of.members[from].size(); ++i) {
    const Standing member = of.members[from][i];
    const Arrived arrived = After(thread, member, read, spurious);
    places_.Update();
    const LocalId to = i == 0 ? IdOf(thread, arrived.at) : IdOf(thread, arrived.at, arrival.to);
    if (i == 0) {
      arrival = {to, arrived.notes, arrived.touched};
      first = arrived;
    }
    if (to == arrival.to && arrived.SameOnTheWay(first)) continue;
    Refute(of.members[from].front().first, member.first);
  }
  if (options_.minimise && (is_first || refuted_)) first_reads_.push_back({thread, from, {read, spurious}});
  return arrival;
}

bool LocalStates::IsSilent(int thread, const Node* node) {
  const Label& label = node->label;
  const bool fence = options_.silent_fences && label.op == Op::kFence;
  const bool read = node->parent != nullptr && label.op == Op::kLoad && label.order == Order::kPlain &&
                    label.view != nullptr && label.transform == nullptr;
  return (fence || read) && !HasTag(program_.Child(node, thread, 0, false)->notes);
}

// Follows `node` to the operation that comes next, collecting the notes on the way.
LocalStates::Arrived LocalStates::ArriveAt(int thread, const Node* node) {
  std::vector<Monitor::Noted> heard;
  std::vector<Monitor::Noted> departing;
  const auto take = [&](const Node* from, std::size_t first) {
    for (std::size_t i = first; i < from->notes.size(); ++i) {
      const NoteRecord& note = from->notes[i];
      noted_.insert({note.kind.name, note.subject});
      if (!options_.notes) continue;
      Monitor::Noted noted{note.is_tag ? Monitor::When::kTag : Monitor::When::kEarliest, note.kind, thread,
                           note.subject, note.argument};
      heard.push_back(noted);
      if (note.is_tag) continue;
      noted.when = Monitor::When::kLatest;
      departing.push_back(noted);
    }
  };
  take(node, 0);
  std::vector<const Node*> passed;
  std::vector<const Label*> touched;
  for (;;) {
    const Op op = node->label.op;
    if ((op == Op::kRepeat || op == Op::kBlocked) && node->again != nullptr) {
      const std::size_t of_loop = node->again_notes;
      node = node->again;
      take(node, of_loop);
      continue;
    }
    if (!IsSilent(thread, node)) break;
    // In a loop of nothing else one of them is a step.
    if (std::find(passed.begin(), passed.end(), node) != passed.end()) break;
    passed.push_back(node);
    if (options_.touched && op == Op::kLoad) touched.push_back(&node->label);
    // It may be done any time before the next operation, so notes before it float on.
    node = program_.Child(node, thread, 0, false);
    take(node, 0);
  }
  // Tags first: they are of the operation that has just been done.
  std::stable_partition(heard.begin(), heard.end(),
                        [](const Monitor::Noted& noted) { return noted.when == Monitor::When::kTag; });
  return {{node, Keep(departing)}, Keep(heard), Keep(std::move(touched)), Iteration::kNone};
}

LocalStates::Arrived LocalStates::After(int thread, Standing from, Value read, bool spurious) {
  const Node* next = program_.Child(from.first, thread, read, spurious);
  Arrived arrived = ArriveAt(thread, next);
  arrived.iteration = IterationAfter(thread, from.first, next);
  return arrived;
}

// What is silent behind the operation is done with it, to the end of the iteration if nothing else comes.
LocalStates::Iteration LocalStates::IterationAfter(int thread, const Node* node, const Node* next) {
  if (!InSpin(*node)) return Iteration::kNone;
  std::vector<const Node*> passed;
  while (next->again == node->again && InSpin(*next) && IsSilent(thread, next) &&
         std::find(passed.begin(), passed.end(), next) == passed.end()) {
    passed.push_back(next);
    next = program_.Child(next, thread, 0, false);
  }
  if (next->again != node->again) return Iteration::kSucceeds;
  if (next->label.op == Op::kBlocked) return Iteration::kFails;
  return InSpin(*next) ? Iteration::kGoesOn : Iteration::kSucceeds;
}

LocalId LocalStates::IdOf(int thread, Standing standing, std::optional<LocalId> rather) {
  Thread& of = by_thread_[static_cast<std::size_t>(thread)];
  const auto found = of.ids.find(standing);
  if (found != of.ids.end()) return found->second;
  if (options_.minimise) {
    if (rather && JoinsWithAll(thread, *rather, standing)) return *rather;
    for (LocalId local = 0; local < of.locals.size(); ++local) {
      if (JoinsWithAll(thread, local, standing)) return local;
    }
  }
  const auto local = static_cast<LocalId>(of.locals.size());
  of.locals.push_back({standing.first, standing.second, InSpin(*standing.first)});
  of.members.emplace_back();
  of.reads.emplace_back();
  Join(thread, local, standing);
  return local;
}

// Whether the standing joins the local state; then it has done so, as have those that follow it.
bool LocalStates::JoinsWithAll(int thread, LocalId local, Standing standing) {
  Joining joining;
  if (!Joins(thread, local, standing, &joining) || !MayJoin(thread, joining)) return false;
  for (const auto& [other, its_local] : joining) Join(thread, its_local, other);
  return true;
}

void LocalStates::Join(int thread, LocalId local, Standing standing) {
  Thread& of = by_thread_[static_cast<std::size_t>(thread)];
  of.ids[standing] = local;
  of.members[local].push_back(standing);
  for (const Knowledge::Read& read : known_.Of(standing.first)) AddRead(thread, local, read);
}

bool LocalStates::HasRead(int thread, LocalId local, Knowledge::Read read) const {
  const Thread& of = by_thread_[static_cast<std::size_t>(thread)];
  const Label& label = of.locals[local].node->label;
  return std::any_of(of.reads[local].begin(), of.reads[local].end(), [&](const Knowledge::Read& other) {
    return other.spurious == read.spurious && Seen(label, other.value) == Seen(label, read.value);
  });
}

// False: it is known of the local state.
bool LocalStates::AddRead(int thread, LocalId local, Knowledge::Read read) {
  if (HasRead(thread, local, read)) return false;
  by_thread_[static_cast<std::size_t>(thread)].reads[local].push_back(read);
  return true;
}

// Hopcroft and Karp's test: the standing joins the local state if both offer the same operation and, assuming that it
// does, nothing that is known to follow contradicts it. `joining`: the standings that follow it then join, too.
bool LocalStates::Joins(int thread, LocalId local, Standing standing, Joining* joining) {
  const Thread& of = by_thread_[static_cast<std::size_t>(thread)];
  using Pair = std::pair<Standing, Standing>;
  absl::flat_hash_set<Pair> assumed;
  std::vector<Pair> open;
  // Assumes that the two are alike. False: they are not.
  const auto assume = [&](Standing x, Standing y) {
    if (x == y) return true;
    if (known_.Apart(x.first, y.first)) return false;
    const auto id_x = of.ids.find(x);
    const auto id_y = of.ids.find(y);
    if (id_x != of.ids.end() && id_y != of.ids.end()) return id_x->second == id_y->second;
    // A newcomer joins one local state only.
    if (id_x != of.ids.end() && joining->Join(y, id_x->second) != id_x->second) return false;
    if (id_y != of.ids.end() && joining->Join(x, id_y->second) != id_y->second) return false;
    if (assumed.insert({x, y}).second) open.emplace_back(x, y);
    return true;
  };
  const auto follow_one = [&](Standing x, Standing y, const Knowledge::Read& read) {
    const Arrived after_x = After(thread, x, read.value, read.spurious);
    const Arrived after_y = After(thread, y, read.value, read.spurious);
    return after_x.SameOnTheWay(after_y) && assume(after_x.at, after_y.at);
  };
  const auto follow = [&](Standing x, Standing y, const std::vector<Knowledge::Read>& reads) {
    return std::all_of(reads.begin(), reads.end(), [&](const auto& read) { return follow_one(x, y, read); });
  };
  // What is known of a newcomer becomes known of the local state that it joins, so of all others there.
  const auto follow_all = [&](LocalId its_local, Standing y) {
    for (const Knowledge::Read& read : known_.Of(y.first)) {
      if (HasRead(thread, its_local, read)) continue;
      for (const Standing& member : of.members[its_local]) {
        if (!follow_one(member, y, read)) return false;
      }
    }
    return follow(of.members[its_local].front(), y, of.reads[its_local]);
  };
  if (!assume(of.members[local].front(), standing)) return false;
  while (!open.empty()) {
    const auto [x, y] = open.back();
    open.pop_back();
    if (assumed.size() > kMostPairs) return false;
    if (!SameLabel(x.first->label, y.first->label) || x.second != y.second || InSpin(*x.first) != InSpin(*y.first)) {
      return false;
    }
    if (EndsThread(x.first->label.op)) continue;
    const auto id_x = of.ids.find(x);
    const auto id_y = of.ids.find(y);
    const bool agree = id_x != of.ids.end()   ? follow_all(id_x->second, y)
                       : id_y != of.ids.end() ? follow_all(id_y->second, x)
                                              : follow(x, y, known_.Of(x.first)) && follow(x, y, known_.Of(y.first));
    if (!agree) return false;
  }
  return true;
}

// Whether nothing is told apart that would be in one local state.
bool LocalStates::MayJoin(int thread, const Joining& joining) const {
  const Thread& of = by_thread_[static_cast<std::size_t>(thread)];
  for (const auto& [standing, local] : joining) {
    if (!known_.ApartFromAny(standing.first)) continue;
    for (const Standing& member : of.members[local]) {
      if (known_.Apart(standing.first, member.first)) return false;
    }
    for (const auto& [other, its_local] : joining) {
      if (its_local == local && known_.Apart(standing.first, other.first)) return false;
    }
  }
  return true;
}

NotesId LocalStates::Together(NotesId first, NotesId then) {
  if (first == 0 || then == 0) return first + then;
  std::vector<Monitor::Noted> all = notes_[first];
  all.insert(all.end(), notes_[then].begin(), notes_[then].end());
  return Keep(all);
}

NotesId LocalStates::Exchanged(NotesId notes, int one, int other) {
  const auto exchange = [one, other](int* thread) {
    *thread = *thread == one ? other : *thread == other ? one : *thread;
  };
  std::vector<Monitor::Noted> all = notes_[notes];
  for (Monitor::Noted& noted : all) {
    exchange(&noted.thread);
    exchange(&noted.subject);
  }
  return Keep(all);
}

TouchedId LocalStates::Keep(std::vector<const Label*> touched) {
  const auto before = [](const Label* a, const Label* b) { return a->location < b->location; };
  const auto same = [](const Label* a, const Label* b) { return a->location == b->location; };
  std::stable_sort(touched.begin(), touched.end(), before);
  touched.erase(std::unique(touched.begin(), touched.end(), same), touched.end());
  for (std::size_t i = 0; i < touched_.size(); ++i) {
    if (std::equal(touched.begin(), touched.end(), touched_[i].begin(), touched_[i].end(), same)) {
      return static_cast<TouchedId>(i);
    }
  }
  touched_.push_back(std::move(touched));
  return static_cast<TouchedId>(touched_.size() - 1);
}

NotesId LocalStates::Keep(const std::vector<Monitor::Noted>& notes) {
  for (std::size_t i = 0; i < notes_.size(); ++i) {
    if (std::equal(notes.begin(), notes.end(), notes_[i].begin(), notes_[i].end(), Same))
      return static_cast<NotesId>(i);
  }
  notes_.push_back(notes);
  return static_cast<NotesId>(notes_.size() - 1);
}

}  // namespace doorway
