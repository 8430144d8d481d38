#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

// Results of runs as their files have them: what the page of a folder shows. Plain values; no more is kept of a file
// than is shown.

namespace doorway::results {

// A file, or one in a zip.
struct Place {
  std::string path;     // from the folder that was read
  std::string entry{};  // in the zip at `path`; empty: it is no zip

  friend auto operator<=>(const Place&, const Place&) = default;
};

// "a/b.json", "a/outputs.zip (b.json)".
std::string Show(const Place& place);

// What a claim measured: "max_bypass", 2; without a value: "unbounded".
struct Measured {
  std::string name;
  std::optional<std::uint64_t> value;
};

struct Claim {
  std::string name;
  std::string kind;     // "universal", "exists", "liveness"
  std::string verdict;  // "verified", "verified_within_bounds", "violated", "unknown"
  bool vacuous = false;
  std::vector<Measured> measures;
};

// An execution that shows something.
struct Found {
  std::string claim;
  std::string sentence;
  bool witness = false;  // else a violation
  std::string json;      // paths, as the report has them; empty: there is no such file
  std::string html;
  // Where they are now. Set by who knows the folder.
  std::optional<Place> json_place;
  std::optional<Place> html_place;
  std::string link;  // a URL, of the page, else the JSON, else the zip; empty: neither is left
};

struct RunResult {
  Place place;
  std::string model;
  std::vector<std::pair<std::string, std::int64_t>> configuration;
  std::string memory, engine, fairness;
  std::string verdict;
  std::vector<Claim> claims;
  std::vector<std::string> only;
  std::vector<std::string> bounds_hit;
  std::vector<Found> findings;
  std::uint64_t executions = 0, blocked = 0, states = 0, depth = 0, native_runs = 0;
  std::optional<double> represented;  // where threads may change places: executions in all their orders
  double seconds = 0;
  bool exhausted = false;
  bool expand_updates = false;
  bool by_walks = false;  // of random walks
  std::string shard;      // "1/8"; empty: it is no part
  std::string expected;   // "violated:exclusion"; empty: nothing is
  bool as_expected = false;

  std::string family() const { return model.substr(0, model.find('/')); }
};

// "reds=2 blacks=1, updates expanded"; empty if the model has no parameters.
std::string ShowConfiguration(const RunResult& run);

// "graph rc11", "state sc, weak fairness".
std::string ShowEngine(const RunResult& run);

// What a file says did not run.
struct NotRun {
  Place place;
  std::string model;
  std::string what;  // a configuration or a memory model
  std::string why;
};

// A counterexample or witness that no report names.
struct Loose {
  Place place;
  std::string model, memory;
  Found finding;
};

// A result of another command: a history, mutants, orders.
struct Other {
  Place place;
  std::string what;     // "linearizability", "mutants", "orders"
  std::string subject;  // the history's file, or the model
  std::string verdict;  // as a run's; empty: it has none
  std::string text;     // in words
  double seconds = 0;
};

struct Skipped {
  Place place;
  std::string why;       // "is no JSON of Doorway's"
  bool damaged = false;  // it may well be one, but cannot be read
};

struct Results {
  std::vector<RunResult> runs;
  std::vector<NotRun> not_run;
  std::vector<Loose> loose;
  std::vector<Other> others;
  std::vector<Skipped> skipped;
  std::size_t copies = 0;  // runs that stood in several files, and are shown once

  bool empty() const { return runs.empty() && not_run.empty() && loose.empty() && others.empty(); }
};

}  // namespace doorway::results
