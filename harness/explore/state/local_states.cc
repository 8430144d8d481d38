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

LocalStates::LocalStates(Program& program, Places& places, bool silent_fences, bool minimise)
    : program_(program),
      places_(places),
      silent_fences_(silent_fences),
      minimise_(minimise),
      by_thread_(static_cast<std::size_t>(program.threads())),
      notes_(1) {}

LocalStates::Arrival LocalStates::Start(int thread) {
  const Arrived arrived = ArriveAt(thread, program_.Root(thread));
  places_.Update();
  return {IdOf(thread, arrived.at), arrived.notes};
}

LocalStates::Arrival LocalStates::After(int thread, LocalId from, Value read, bool spurious) {
  const Thread& of = by_thread_[static_cast<std::size_t>(thread)];
  Arrival arrival{};
  for (std::size_t i = 0; i < of.members[from].size(); ++i) {
    const Arrived arrived = After(thread, of.members[from][i], read, spurious);
    places_.Update();
    const LocalId to = IdOf(thread, arrived.at);
    if (i == 0) arrival = {to, arrived.notes};
    if (to != arrival.to || arrived.notes != arrival.notes) refuted_ = true;
  }
  return arrival;
}

bool LocalStates::IsSilent(int thread, const Node* node) {
  return silent_fences_ && node->label.op == Op::kFence && !HasTag(program_.Child(node, thread, 0, false)->notes);
}

// Follows `node` to the operation that comes next, collecting the notes on the way.
LocalStates::Arrived LocalStates::ArriveAt(int thread, const Node* node) {
  std::vector<Monitor::Noted> heard;
  std::vector<Monitor::Noted> departing;
  const auto take = [&](const Node* from, std::size_t first) {
    for (std::size_t i = first; i < from->notes.size(); ++i) {
      const NoteRecord& note = from->notes[i];
      Monitor::Noted noted{note.is_tag ? Monitor::When::kTag : Monitor::When::kEarliest, note.kind, thread,
                           note.subject, note.argument};
      heard.push_back(noted);
      if (note.is_tag) continue;
      noted.when = Monitor::When::kLatest;
      departing.push_back(noted);
    }
  };
  const bool again = node->label.op == Op::kBlocked;
  take(node, 0);
  // A loop of nothing but fences would go on for ever.
  for (int hops = 0; hops < 1000; ++hops) {
    const Op op = node->label.op;
    if ((op == Op::kRepeat || op == Op::kBlocked) && node->again != nullptr) {
      const std::size_t of_loop = node->again_notes;
      node = node->again;
      take(node, of_loop);
      continue;
    }
    if (!IsSilent(thread, node)) break;
    // The fence may be done any time before the next operation, so notes before it float on.
    node = program_.Child(node, thread, 0, false);
    take(node, 0);
  }
  // Tags first: they are of the operation that has just been done.
  std::stable_partition(heard.begin(), heard.end(),
                        [](const Monitor::Noted& noted) { return noted.when == Monitor::When::kTag; });
  return {{node, Keep(departing)}, Keep(heard), again};
}

LocalId LocalStates::IdOf(int thread, Standing standing) {
  Thread& of = by_thread_[static_cast<std::size_t>(thread)];
  const auto found = of.ids.find(standing);
  if (found != of.ids.end()) return found->second;
  auto id = static_cast<LocalId>(of.locals.size());
  if (minimise_) {
    for (LocalId other = 0; other < of.locals.size(); ++other) {
      if (!Alike(thread, of.members[other].front(), standing)) continue;
      id = other;
      break;
    }
  }
  of.ids[standing] = id;
  if (id == of.locals.size()) {
    const Node* node = standing.first;
    of.locals.push_back({node, standing.second, InSpin(*node)});
    of.members.emplace_back();
  }
  of.members[id].push_back(standing);
  return id;
}

// Hopcroft and Karp's test: two standings are alike if they offer the same operation and, assuming that they are alike,
// nothing that follows contradicts it.
bool LocalStates::Alike(int thread, Standing a, Standing b) {
  const Thread& of = by_thread_[static_cast<std::size_t>(thread)];
  using Pair = std::pair<Standing, Standing>;
  absl::flat_hash_set<Pair> assumed = {{a, b}};
  std::vector<Pair> open = {{a, b}};
  while (!open.empty()) {
    const auto [x, y] = open.back();
    open.pop_back();
    if (assumed.size() > kMostPairs) return false;
    const Label& label = x.first->label;
    if (!SameLabel(label, y.first->label) || x.second != y.second || InSpin(*x.first) != InSpin(*y.first)) return false;
    if (EndsThread(label.op)) continue;
    const auto follow = [&, x = x, y = y](Value read, bool spurious) {
      const Arrived after_x = After(thread, x, read, spurious);
      const Arrived after_y = After(thread, y, read, spurious);
      places_.Update();
      if (after_x.notes != after_y.notes || after_x.again != after_y.again) return false;
      if (after_x.at == after_y.at) return true;
      const auto id_x = of.ids.find(after_x.at);
      const auto id_y = of.ids.find(after_y.at);
      if (id_x != of.ids.end() && id_y != of.ids.end()) return id_x->second == id_y->second;
      const Pair pair{after_x.at, after_y.at};
      if (assumed.insert(pair).second) open.push_back(pair);
      return true;
    };
    if (label.op == Op::kChoose) {
      for (Value choice = 0; choice < label.operands[0]; ++choice) {
        if (!follow(choice, false)) return false;
      }
    } else if (!Reads(label.op)) {
      if (!follow(0, false)) return false;
    } else {
      for (std::uint32_t cell = 0; cell < places_[label.location].size(); ++cell) {
        const Cell content = places_[label.location][cell];
        if (content.life != Cell::kAlive) continue;
        const Value read = Truncate(content.value, label.width);
        const Action action = Apply(label, read).action;
        if (action == Action::kBlock) continue;
        if (!follow(read, false)) return false;
        if (label.weak && action == Action::kWrite && !follow(read, true)) return false;
      }
    }
  }
  return true;
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
