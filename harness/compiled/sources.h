#pragma once

#include <string>

#include "harness/graph/site.h"

// Places in the program by their addresses: lines of code, and names of global variables. Read from the program's own
// debug information and symbols, by addr2line and nm, once each; without these, places are addresses.

namespace doorway::compiled {

struct CodePlace {
  Site site;
  bool is_library = false;  // all that was inlined there is the standard library's, or the like
};

// The line of a call that returns to `return_address`; where calls were inlined, the innermost line that is no
// library's. What it refers to lives as long as the process.
const CodePlace& PlaceOf(const void* return_address);

// "counter" or "buffer+8"; empty: not known.
std::string VariableAt(const void* address);

}  // namespace doorway::compiled
