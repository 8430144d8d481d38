#pragma once

#include "harness/graph/note_kind.h"

// What the models of this family say of their operations.

namespace doorway::vma_rcu {

// On a look at a page-table entry when all is quiet: its argument is 1 if it maps something where no VMA is.
inline constexpr NoteKind kEntry{"entry"};
// Between operations, in runs without end: the subject begins to unmap, and all that was mapped has been freed.
inline constexpr NoteKind kUnmaps{"unmaps"};
inline constexpr NoteKind kUnmapped{"unmapped"};

}  // namespace doorway::vma_rcu
