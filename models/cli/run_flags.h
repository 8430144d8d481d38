#pragma once

#include <CLI/CLI.hpp>
#include <map>
#include <string>
#include <vector>

#include "models/cli/commands.h"

// The flags of what a model can be run with, which several commands take.

namespace doorway {

// What is typed, before it is judged.
struct Typed {
  std::vector<std::string> models;
  std::string memory, engine, fairness, timeout, jobs, stop_at, json, sarif, out;
  std::vector<std::string> claims;
  std::string max_executions, forever_rounds;    // of the graph engine
  std::string random_walks, pct, seed, shard;    // likewise
  std::string checkpoint, resume;                // likewise, of check
  std::string max_states, max_memory;            // of the state engine
  std::string symmetry, partial_order;           // likewise
  std::string hash_compaction;                   // likewise
  std::string seconds, copies, noise, affinity;  // of the native engine
  std::map<std::string, std::string> parameters;
  std::string expect, expect_executions, expect_states, xml;
  bool all = false, expand_updates = false, estimate = false, add_to_xml = false;
};

// Adds the flags to `command`. Parameters are those of any model; whether the chosen ones have them is judged later,
// when they are known.
void AddRunFlags(CLI::App& command, Typed& typed);

// What `command` was given; it tells an empty value, which is an error, from an absent one. Errors: UsageError.
CheckOptions CheckOptionsOf(const CLI::App& command, const Typed& typed, const std::string& program);

// The same but for --memory and the parameters, of which some commands take several values.
CheckOptions OptionsOfOneRun(const CLI::App& command, const Typed& typed, const std::string& program);

// The parameters that `command` was given.
GivenParameters ParametersOf(const CLI::App& command, const Typed& typed);

// A number of seconds above 0. Errors: UsageError, naming the flag.
double SecondsOf(const char* flag, const std::string& text);

}  // namespace doorway
