#pragma once

#include "harness/behaviour/program.h"
#include "harness/explore/explore.h"
#include "harness/explore/judge.h"

// A search in parts. It is begun alike everywhere, until it has split into more sub-trees than there are shards or
// jobs, by far, since they differ in size. A shard is some of them (split.h). With jobs, forked
// processes take one after another, the largest first, and tell of each what was counted (tally.h); objects keep their
// addresses in them, and what is known of the model's code. Evidence is not sent: where a process has found some, the
// sub-tree is explored again by the first process, in the order of sub-trees, so that the evidence too is the same in
// every run.
//
// A search that can be gone on with is one in parts, too: of each is kept what was counted and where it stands
// (search_state.h).

namespace doorway {

// Whether the options ask for a search in parts.
bool IsInParts(const ExploreOptions& options);

// True if it came to its end. Errors: ModelError; SearchMismatch; std::runtime_error where processes cannot be made.
template <class Coherence>
bool SearchInParts(Program& program, Judge& judge, const ExploreOptions& options);

}  // namespace doorway
