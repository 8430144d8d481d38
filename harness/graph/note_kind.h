#pragma once

#include <cstdint>
#include <string>
#include <string_view>

// What a note or a tag says. A kind is its name; two kinds of one name are the same kind.
// The kinds that every lock client uses are below; models and properties define their own beside them.

namespace doorway {

struct NoteKind {
  std::string_view name;
  std::string (*show)(std::uint64_t argument) = nullptr;  // to reports, an argument that is no mere number

  friend constexpr bool operator==(NoteKind a, NoteKind b) { return a.name == b.name; }
};

namespace notes {
inline constexpr NoteKind kDoorway{"doorway"};  // tag: this operation is the subject's arrival (or enqueue)
inline constexpr NoteKind kAdmit{"admit"};      // tag: this operation lets the subject in (a hand-off tags for another)
inline constexpr NoteKind kEnter{"enter"};      // note: the subject's critical section begins here
inline constexpr NoteKind kLeave{"leave"};      // note: and ends here
}  // namespace notes

}  // namespace doorway
