#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "harness/graph/note_kind.h"
#include "harness/graph/value.h"

// A claim as a finite automaton over the notes of one interleaving: what the state explorer judges by, where a run may
// be infinite. Its state is a number of a few bits, which becomes a part of each state that is explored.
//
// A tag is heard with its operation. A note floats between two operations of its thread, so it is heard twice: as early
// as it can be, right after the operation before it, and as late as it can be, right before the operation after it. A
// monitor listens to whichever makes the claim hardest to keep: a critical section begins with its earliest enter and
// ends with its latest leave.

namespace doorway {

class Monitor {
 public:
  enum class When : std::uint8_t { kTag, kEarliest, kLatest };

  struct Noted {
    When when = When::kTag;
    NoteKind kind;
    int thread = 0;  // whose code placed it
    int subject = 0;
    Value argument = 0;
  };

  // What a monitor says to a note.
  struct Answer {
    bool flagged = false;       // a universal claim: violated; an exists claim: here is a witness
    bool antecedent = false;    // the claim had something to say here
    std::uint32_t counted = 0;  // of a counting monitor: by how much the count goes up
  };

  virtual ~Monitor() = default;

  // States are below 2^bits(). At most 64, but each bit may double what is to be explored.
  virtual int bits() const = 0;
  virtual Value initial() const { return 0; }

  // Takes a note in. A pure function of *state and `noted`, but for `*state`.
  virtual Answer Hear(const Noted& noted, Value* state) const = 0;

  // Of a monitor that would have to remember more, if it were to know by itself whether its antecedent has occurred:
  // one that remembers that and nothing else, and says `antecedent` where it has. It is explored by itself, up to
  // there. If it never says so, what the monitor itself says of antecedents does not count. Null: it knows by itself.
  virtual std::unique_ptr<Monitor> Antecedent() const { return nullptr; }

  // A monitor that follows one thread among many, of which the property has one for each thread: they are explored one
  // after another, lest their states multiply.
  virtual bool apart() const { return false; }
  // That thread; -1: none. If it and another thread change places, in each note that it hears, a property's monitor of
  // the one says what that of the other said before.
  virtual int follows() const { return -1; }

  // A counting monitor: while Counting(state), `counted` adds up; the claim is that the sum never exceeds limit()
  // (absent: nothing is claimed), and the largest sum is reported as measure(). The sum itself is not part of the
  // state: the explorer finds the largest, or a cycle that makes it grow for ever.
  virtual bool counts() const { return false; }
  virtual bool Counting(Value /*state*/) const { return false; }
  virtual std::optional<std::uint64_t> limit() const { return std::nullopt; }
  virtual std::string_view measure() const { return ""; }
};

}  // namespace doorway
