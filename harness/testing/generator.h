#pragma once

#include <cstdint>

#include "harness/testing/program.h"

// Random tiny programs. A program is a function of seed and options, on every platform.

namespace doorway::reference {

struct GeneratorOptions {
  int max_threads = 4;
  int max_locations = 3;
  int max_operations = 7;  // of the whole program

  // What programs may contain.
  bool rmws = true;  // fetch_add, exchange, CAS
  bool weak_cas = true;
  bool fences = true;
  bool branches = true;
  bool awaits = true;  // await, await_update
  bool spins = true;
  bool spin_cas = true;  // spins that end with a CAS
  bool choices = true;
  bool plain = true;   // a Var
  bool narrow = true;  // locations of one byte
  bool checks = true;
  bool check_updates = false;  // often right behind an update, of what it has read

  // For explorers of states: about every other thread is endless, and the program has finitely many states, since what
  // adds does so to single bytes, and all values are multiples of 64.
  bool endless = false;
  bool tags = false;  // doorway, and after it admit, of threads that wait (for themselves or for one another)
};

Program GenerateProgram(std::uint64_t seed, const GeneratorOptions& options);

}  // namespace doorway::reference
