#pragma once

#include <string>

#include "harness/graph/note_kind.h"

// A claim about infinite runs: whenever `begins` has been noted of a thread, `ends` is noted of it some time later.
// "Who has crossed the doorway enters", "every ioctl returns", "every fault is answered". A counterexample is a fair
// run (harness/DESIGN.md says which are) in which one thread waits for ever: a lasso.
//
// Tags count where they sit, notes as early as they can be.

namespace doorway {

struct Response {
  std::string name;         // "starvation_free"
  std::string description;  // "who has crossed the doorway enters"
  NoteKind begins;
  NoteKind ends;
};

}  // namespace doorway
