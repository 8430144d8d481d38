#pragma once

#include <span>

// The files of models/starter_lock and models/starter_protocol, which are part of the program: `new` copies them.

namespace doorway {

struct StarterFile {
  const char* path;  // "models/starter_lock/starter_lock.h"
  const char* text;
};

std::span<const StarterFile> Starters();

}  // namespace doorway
