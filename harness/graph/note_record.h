#pragma once

#include "harness/graph/note_kind.h"
#include "harness/graph/site.h"
#include "harness/graph/value.h"

namespace doorway {

// A note or tag, as a thread's code placed it.
struct NoteRecord {
  NoteKind kind;
  bool is_tag = false;
  int subject = 0;
  Value argument = 0;
  Site site;
  friend bool operator==(const NoteRecord&, const NoteRecord&) = default;
};

}  // namespace doorway
