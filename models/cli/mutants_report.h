#pragma once

#include <string>

#include "harness/mutate/mutation_testing.h"
#include "reports/run.h"

// What mutation testing says, for a terminal and for programs.

namespace doorway {

// "  12  killed      locks/mcs_lock.h:40 exchange  acq_rel -> release  no_data_race", a line.
std::string RenderMutant(int number, const JudgedMutant& judged);

// How many of each fate, and what that holds for.
std::string RenderMutationScore(const Run& run, const MutationResult& result);

// All of it (reports/README.md: doorway.mutation/1).
std::string MutationJson(const Run& run, const MutationResult& result);

}  // namespace doorway
