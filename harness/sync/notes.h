#pragma once

#include "harness/graph/note_kind.h"
#include "harness/graph/value.h"

// What a lock tells of itself: the kinds of tags and notes, and the type of their arguments. A lock tags with
// Sync::tag(notes::kDoorway, thread, group) and needs nothing else of the checker.
