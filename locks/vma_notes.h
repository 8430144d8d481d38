#pragma once

#include "harness/sync/notes.h"

// What the locks of VMAs say of themselves.

namespace doorway::vma {

// On an update that takes a reader, or a reference, out of the count: its argument is 1 if there was none to take.
inline constexpr NoteKind kCount{"count"};

}  // namespace doorway::vma
