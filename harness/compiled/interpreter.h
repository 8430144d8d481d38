#pragma once

#include <cstddef>
#include <cstdint>

#include "harness/testing/program.h"

// Tiny programs (harness/testing/program.h), run by code that is compiled as that of explored programs is.

namespace doorway::compiled {

// The program that main() runs: its threads are std::threads. Awaits are loops around loads.
void Interpret(const reference::Program* program);
int InterpretersMain(int argc, char** argv, char** environment);

// Where the program's location is. REQUIRES: Interpret(the program).
const void* AddressOf(std::size_t location);

// Whether it has only what std::atomic has.
bool CanInterpret(const reference::Program& program);

}  // namespace doorway::compiled
