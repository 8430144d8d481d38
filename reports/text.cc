#include "reports/text.h"

#include <fmt/format.h>

#include <algorithm>

#include "reports/finding.h"

namespace doorway {
namespace {

const char* Shout(Verdict verdict) {
  switch (verdict) {
    case Verdict::kVerified:
      return "VERIFIED";
    case Verdict::kVerifiedWithinBounds:
      return "VERIFIED WITHIN BOUNDS";
    case Verdict::kViolated:
      return "VIOLATED";
    case Verdict::kUnknown:
      return "UNKNOWN";
  }
  return "?";
}

// 1234567 as "1,234,567".
std::string Grouped(std::uint64_t count) {
  std::string digits = fmt::format("{}", count);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
  return digits;
}

bool BuiltIn(std::string_view claim) {
  return claim == kNoDataRace || claim == kNoUseAfterFree || claim == kNoFailedCheck || claim == kNoStuckThread;
}

// What stands beside a claim's verdict: "put to the test 12 times, max_bypass 3".
std::string Beside(const Report& report, const ClaimResult& claim) {
  std::vector<std::string> facts;
  if (claim.kind == Property::Kind::kExists) {
    if (claim.evidence.has_value()) facts.push_back("a witness was found");
    if (!claim.evidence.has_value()) facts.push_back(report.exhausted ? "no execution shows it" : "no witness so far");
  } else if (Vacuous(claim)) {
    facts.push_back("VACUOUS: no execution put it to the test");
  } else if (!BuiltIn(claim.name)) {
    facts.push_back(
        fmt::format("put to the test {} time{}", Grouped(claim.antecedents), claim.antecedents == 1 ? "" : "s"));
  }
  for (const Measure& measure : claim.measures) facts.push_back(fmt::format("{} {}", measure.name, measure.value));
  if (claim.not_evaluated > 0) {
    facts.push_back(fmt::format("not evaluated on {} executions that are not sequentially consistent",
                                Grouped(claim.not_evaluated)));
  }
  if (claim.verdict == Verdict::kUnknown && claim.kind == Property::Kind::kUniversal && !report.exhausted) {
    facts.push_back("the search stopped before its end");
  }
  return fmt::format("{}", fmt::join(facts, ", "));
}

std::string Claims(const Report& report) {
  std::size_t names = 0, verdicts = 0;
  for (const ClaimResult& claim : report.claims) {
    names = std::max(names, claim.name.size());
    verdicts = std::max(verdicts, std::string_view(Name(claim.verdict)).size());
  }
  std::string text;
  for (const ClaimResult& claim : report.claims) {
    std::string line =
        fmt::format("  {:<{}}  {:<{}}  {}", claim.name, names, Name(claim.verdict), verdicts, Beside(report, claim));
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

std::string Counts(const Report& report) {
  std::string text = fmt::format("  {} executions, {} blocked", Grouped(report.executions), Grouped(report.blocked));
  if (report.stuck > 0) text += fmt::format(" ({} stuck)", Grouped(report.stuck));
  text += fmt::format("; {} native runs; {:.2f} s, {:.2f} s of CPU", Grouped(report.native_runs), report.seconds,
                      report.cpu_seconds);
  if (report.peak_bytes > 0) text += fmt::format(", {:.1f} MiB", static_cast<double>(report.peak_bytes) / (1 << 20));
  return text + "\n";
}

// How to replay the claim's finding, and where its files are.
std::string Paths(const ClaimResult& claim, const TextOptions& options, bool replay) {
  for (const WrittenFinding& written : options.written) {
    if (written.claim != claim.name) continue;
    std::string text;
    if (replay && !options.replay_command.empty()) {
      text += fmt::format("\n  replay: {} {}\n", options.replay_command, written.json_path);
    }
    return text + fmt::format("  text: {}\n  JSON: {}\n", written.text_path, written.json_path);
  }
  return replay && !options.hint.empty() ? "\n" + options.hint + "\n" : "";
}

}  // namespace

bool Vacuous(const ClaimResult& claim) {
  const bool holds = claim.verdict == Verdict::kVerified || claim.verdict == Verdict::kVerifiedWithinBounds;
  return holds && claim.kind == Property::Kind::kUniversal && claim.antecedents == 0 && !BuiltIn(claim.name);
}

const ClaimResult* FirstViolation(const Report& report) {
  for (const ClaimResult& claim : report.claims) {
    if (claim.verdict == Verdict::kViolated && claim.evidence.has_value()) return &claim;
  }
  return nullptr;
}

std::string RenderSummary(const Run& run, const Report& report) {
  std::string text = fmt::format("{}: {}\n", run.model, Shout(report.verdict));
  text += Claims(report) + Counts(report);
  const std::string configuration = ShowConfiguration(run);
  text += fmt::format("  memory model {}, engine {}{}{}\n", Name(report.memory), report.engine,
                      configuration.empty() ? "" : ", ", configuration);
  std::string bounds = fmt::format("{}", fmt::join(report.bounds_hit, "; "));
  if (bounds.empty()) bounds = report.exhausted ? "none" : "none; the search stopped at the violation";
  return text + fmt::format("  bounds hit: {}\n", bounds);
}

std::string RenderReport(const Run& run, const Report& report, const TextOptions& options) {
  std::string text = RenderSummary(run, report);
  const ClaimResult* first = FirstViolation(report);
  for (const ClaimResult& claim : report.claims) {
    if (!claim.evidence.has_value()) continue;
    if (claim.kind == Property::Kind::kExists) {
      if (!options.witnesses || report.verdict == Verdict::kViolated) continue;
    } else if (&claim != first) {
      text += fmt::format("\nalso violated: {}: {}\n{}", claim.name, FindingSentence(run, *claim.evidence),
                          Paths(claim, options, false));
      continue;
    }
    text += "\n" + RenderFinding(run, claim.kind, *claim.evidence) + Paths(claim, options, true);
  }
  return text;
}

}  // namespace doorway
