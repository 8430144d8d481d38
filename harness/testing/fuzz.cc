#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include "harness/testing/cross_check.h"
#include "harness/testing/generator.h"
#include "harness/testing/program.h"
#include "harness/testing/shrink.h"

// Random programs until the explorer and the reference disagree on one.
//
//   fuzz --from 1 --seconds 60
//   fuzz --seed 4711 --memory rc11 --awaits in_place    one program only, printed

namespace doorway::reference {
namespace {

struct FuzzOptions {
  std::uint64_t from = 1;
  std::uint64_t count = 0;
  double seconds = 0;
  std::string memory = "all";
  std::string awaits = "both";
  std::size_t max_steps = 200'000;
  bool shrink = true;
  bool verbose = false;
  bool keep_going = false;
  GeneratorOptions generator;
};

std::vector<Mode> ModesOf(const FuzzOptions& options) {
  std::vector<Mode> modes;
  for (const Mode& mode : AllModes()) {
    if (options.memory != "all" && options.memory != doorway::Name(mode.memory)) continue;
    if (options.awaits != "both" && (options.awaits == "in_place") != mode.in_place_awaits) continue;
    modes.push_back(mode);
  }
  return modes;
}

void ReportMismatch(const FuzzOptions& options, std::uint64_t seed, Program program, const Mode& mode) {
  std::printf("MISMATCH: seed %llu, %s\n%s", static_cast<unsigned long long>(seed), Name(mode).c_str(),
              ToString(program).c_str());
  if (options.shrink) {
    std::fflush(stdout);
    program =
        Shrink(program, [&](const Program& smaller) { return !CrossCheck(smaller, mode, options.max_steps).empty(); });
    std::printf("shrunk:\n%s", ToString(program).c_str());
  }
  std::printf("\n%s", CrossCheck(program, mode, options.max_steps).c_str());
  std::fflush(stdout);
}

// Whether all modes agree with the reference.
bool Agrees(const FuzzOptions& options, std::uint64_t seed, std::uint64_t& given_up) {
  const Program program = GenerateProgram(seed, options.generator);
  if (options.verbose) {
    std::printf("seed %llu\n%s", static_cast<unsigned long long>(seed), ToString(program).c_str());
    std::fflush(stdout);
  }
  bool agrees = true;
  Graphs expected;
  const std::vector<Mode> modes = ModesOf(options);
  for (std::size_t m = 0; m < modes.size(); ++m) {
    if (m == 0 || modes[m].memory != modes[m - 1].memory) {
      expected = ReferenceGraphs(program, modes[m].memory, options.max_steps);
      if (expected.gave_up) ++given_up;
      if (options.verbose) {
        std::printf("  %s: %zu complete, %zu stuck\n", doorway::Name(modes[m].memory), expected.complete.size(),
                    expected.stuck.size());
      }
    }
    if (expected.gave_up || CompareExplorer(program, modes[m], expected).empty()) continue;
    ReportMismatch(options, seed, program, modes[m]);
    agrees = false;
    if (!options.keep_going) break;
  }
  return agrees;
}

int Fuzz(const FuzzOptions& options) {
  const auto start = std::chrono::steady_clock::now();
  const auto elapsed = [&] { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(); };
  std::uint64_t programs = 0;
  std::uint64_t given_up = 0;
  std::uint64_t mismatches = 0;
  for (std::uint64_t seed = options.from; options.count == 0 || programs < options.count; ++seed) {
    if (options.seconds > 0 && elapsed() > options.seconds) break;
    ++programs;
    if (!Agrees(options, seed, given_up)) {
      ++mismatches;
      if (!options.keep_going) break;
    }
    if (programs % 1000 == 0) {
      std::fprintf(stderr, "%llu programs, %.0f s\n", static_cast<unsigned long long>(programs), elapsed());
    }
  }
  std::printf("%llu programs, %llu mismatches, %llu references given up, %.1f s\n",
              static_cast<unsigned long long>(programs), static_cast<unsigned long long>(mismatches),
              static_cast<unsigned long long>(given_up), elapsed());
  return mismatches == 0 ? 0 : 1;
}

int Main(int argc, char** argv) {
  FuzzOptions options;
  GeneratorOptions& generator = options.generator;
  std::uint64_t seed = 0;
  bool no_shrink = false;
  CLI::App app("Random programs until the explorer and the reference disagree on one.");
  app.add_option("--from", options.from, "first seed");
  app.add_option("--count", options.count, "programs; 0: no limit");
  app.add_option("--seconds", options.seconds, "time; 0: no limit");
  CLI::Option* one = app.add_option("--seed", seed, "this program only, printed");
  app.add_option("--memory", options.memory)->check(CLI::IsMember({"sc", "tso", "rc11", "all"}));
  app.add_option("--awaits", options.awaits)->check(CLI::IsMember({"in_place", "blocking", "both"}));
  app.add_option("--threads", generator.max_threads, "at most");
  app.add_option("--locations", generator.max_locations, "at most");
  app.add_option("--operations", generator.max_operations, "at most, of the whole program");
  app.add_option("--max-steps", options.max_steps, "of the reference, which gives up then; 0: never");
  app.add_flag("--check-updates", generator.check_updates, "often check what an update has read");
  app.add_flag("--no-shrink", no_shrink);
  app.add_flag("--verbose", options.verbose, "print each program before it is explored");
  app.add_flag("--keep-going", options.keep_going, "past mismatches");
  bool without[11] = {};
  bool* const features[11] = {&generator.rmws,   &generator.weak_cas, &generator.fences,   &generator.branches,
                              &generator.awaits, &generator.spins,    &generator.spin_cas, &generator.choices,
                              &generator.plain,  &generator.narrow,   &generator.checks};
  const char* const names[11] = {"rmws",     "weak-cas", "fences", "branches", "awaits", "spins",
                                 "spin-cas", "choices",  "plain",  "narrow",   "checks"};
  for (int i = 0; i < 11; ++i) app.add_flag(std::string("--no-") + names[i], without[i]);
  CLI11_PARSE(app, argc, argv);
  for (int i = 0; i < 11; ++i) *features[i] = !without[i];
  options.shrink = !no_shrink;
  if (one->count() > 0) {
    options.from = seed;
    options.count = 1;
    options.verbose = true;
    options.keep_going = true;
  }
  return Fuzz(options);
}

}  // namespace
}  // namespace doorway::reference

int main(int argc, char** argv) { return doorway::reference::Main(argc, argv); }
