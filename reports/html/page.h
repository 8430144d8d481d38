#pragma once

#include <cstddef>
#include <string>

#include "harness/graph/verdict.h"
#include "reports/run.h"
#include "reports/source_files.h"

// A finding as one HTML page that needs nothing else: no network, no other file. What it shows, and its keys, are in
// reports/README.md.

namespace doorway {

struct PageOptions {
  std::string replay_command{};  // with the file; empty: not offered
  std::size_t most_bytes = std::size_t{4} << 20;
};

// The page of `claim`'s evidence; byte for byte the same for the same arguments and source files. Where it would be
// longer than most_bytes, rows are cut from the middle, and the page says so. REQUIRES: claim.evidence.
std::string FindingPage(const Run& run, const Report& report, const ClaimResult& claim, SourceFiles& sources,
                        const PageOptions& options);

}  // namespace doorway
