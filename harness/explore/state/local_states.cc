#include "harness/explore/state/local_states.h"

#include <algorithm>

namespace doorway {
namespace {

bool Same(const Monitor::Noted& a, const Monitor::Noted& b) {
  return a.when == b.when && a.kind == b.kind && a.thread == b.thread && a.subject == b.subject &&
         a.argument == b.argument;
}

bool HasTag(const std::vector<NoteRecord>& notes) {
  return std::any_of(notes.begin(), notes.end(), [](const NoteRecord& note) { return note.is_tag; });
}

}  // namespace

LocalStates::LocalStates(Program& program, bool silent_fences)
    : program_(program),
      silent_fences_(silent_fences),
      by_thread_(static_cast<std::size_t>(program.threads())),
      notes_(1) {}

LocalStates::Arrival LocalStates::Start(int thread) { return ArriveAt(thread, program_.Root(thread)); }

LocalStates::Arrival LocalStates::After(int thread, LocalId from, Value read, bool spurious) {
  return ArriveAt(thread, program_.Child(at(thread, from).node, thread, read, spurious));
}

bool LocalStates::IsSilent(int thread, const Node* node) {
  return silent_fences_ && node->label.op == Op::kFence && !HasTag(program_.Child(node, thread, 0, false)->notes);
}

// Follows `node` to the operation that comes next, collecting the notes on the way.
LocalStates::Arrival LocalStates::ArriveAt(int thread, const Node* node) {
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
  const std::pair<const Node*, NotesId> key{node, Keep(departing)};
  Thread& locals = by_thread_[static_cast<std::size_t>(thread)];
  const auto [found, is_new] = locals.ids.try_emplace(key, static_cast<LocalId>(locals.locals.size()));
  if (is_new) locals.locals.push_back({node, key.second, node->iteration_start != Node::kNotSpinning});
  return {found->second, Keep(heard)};
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
