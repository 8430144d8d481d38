#pragma once

#include "harness/graph/note_kind.h"
#include "harness/graph/value.h"

// Claims under Relacy: a monitor hears the notes and tags of one execution and says which claim they violate.
//
// A Relacy execution is an interleaving of operations. A note floats between the operation before it and the one
// after it, so a monitor hears of it at both ends, in the order of the execution:
//
//   word_.await_update(...);   // admitted
//   note(kEnter, 0);           // heard at once, as kEarliest; as kLatest just before the next operation
//   data_.set(1);
//   note(kLeave, 0);           // kEarliest at once, kLatest just before the store below
//   word_.store(0, release);
//
// "n before m" holds for certain if n's latest place precedes m's earliest; so a claim that some order is
// missing may compare n's latest with m's earliest, and what it finds no placing of the notes can mend. A tag
// sits on its operation: both its ends are there.
//
// A monitor is a class, made anew for each execution from the model's configuration (or by default), with
//
//   const char* OnNote(const RelacyNote&);   // the name of the violated claim, or nullptr
//
// and must not allocate: it runs inside Relacy's simulation.

namespace doorway {

struct RelacyNote {
  enum class End { kEarliest, kLatest };

  NoteKind kind;
  int subject;
  Value argument;
  int thread;  // that made the note
  End end;
};

// Exclusion: `enter` and `leave` carry the group in their argument; members of different groups, or with
// `everybody` any two members, are never inside together. RwExclusionMonitor: but two members of group 0.
template <bool everybody>
class BasicExclusionMonitor {
 public:
  const char* OnNote(const RelacyNote& note) {
    if (note.kind == notes::kEnter && note.end == RelacyNote::End::kEarliest) {
      if (inside_ > 0 && (everybody || note.argument != group_)) return "exclusion";
      group_ = note.argument;
      ++inside_;
    }
    if (note.kind == notes::kLeave && note.end == RelacyNote::End::kLatest) --inside_;
    return nullptr;
  }

 private:
  int inside_ = 0;
  Value group_ = 0;
};
using ExclusionMonitor = BasicExclusionMonitor<false>;
using MutualExclusionMonitor = BasicExclusionMonitor<true>;

class RwExclusionMonitor {
 public:
  const char* OnNote(const RelacyNote& note) {
    if (note.kind == notes::kEnter && note.end == RelacyNote::End::kEarliest) {
      if (writers_ > 0 || (note.argument != 0 && readers_ > 0)) return "exclusion";
      ++(note.argument != 0 ? writers_ : readers_);
    }
    if (note.kind == notes::kLeave && note.end == RelacyNote::End::kLatest)
      --(note.argument != 0 ? writers_ : readers_);
    return nullptr;
  }

 private:
  int readers_ = 0;
  int writers_ = 0;
};

// For models whose claims are all Sync::check, data races and stuck threads.
struct NoMonitor {
  const char* OnNote(const RelacyNote&) { return nullptr; }
};

}  // namespace doorway
