#include "reports/text.h"

#include <fmt/format.h>

#include <algorithm>

#include "reports/finding.h"

namespace doorway {
namespace {

std::string Shout(Verdict verdict) {
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

bool BuiltIn(std::string_view claim) {
  return claim == kNoDataRace || claim == kNoUseAfterFree || claim == kNoFailedCheck || claim == kNoStuckThread;
}

std::string ShowMeasure(const Measure& measure) {
  return measure.value == Measure::kUnbounded ? measure.name + " unbounded"
                                              : fmt::format("{} {}", measure.name, measure.value);
}

// Of runs on real threads: samples, of which none is a proof.
bool Native(const Report& report) { return report.engine == "native"; }

std::string Headline(const Report& report) {
  const bool sampled = Native(report) && report.verdict == Verdict::kUnknown;
  return Shout(report.verdict) +
         (sampled ? fmt::format(", no violation in {} runs on real threads", Grouped(report.native_runs)) : "");
}

bool NotJudged(const Run& run, const ClaimResult& claim) {
  return std::find(run.not_judged.begin(), run.not_judged.end(), claim.name) != run.not_judged.end();
}

// What stands beside a claim's verdict: "put to the test 12 times, max_bypass 3".
std::string Beside(const Run& run, const Report& report, const ClaimResult& claim) {
  if (NotJudged(run, claim)) return fmt::format("the {} engine cannot judge it", report.engine);
  std::vector<std::string> facts;
  if (claim.kind == Property::Kind::kLiveness && !run.fairness.empty()) {
    facts.push_back(fmt::format("under {} fairness", run.fairness));
  }
  if (claim.kind == Property::Kind::kExists) {
    if (claim.evidence.has_value()) facts.push_back("a witness was found");
    if (!claim.evidence.has_value()) facts.push_back(report.exhausted ? "no execution shows it" : "no witness so far");
  } else if (Vacuous(claim)) {
    facts.push_back("VACUOUS: no execution put it to the test");
  } else if (!BuiltIn(claim.name)) {
    facts.push_back(
        fmt::format("put to the test {} time{}", Grouped(claim.antecedents), claim.antecedents == 1 ? "" : "s"));
  }
  for (const Measure& measure : claim.measures) facts.push_back(ShowMeasure(measure));
  if (claim.not_evaluated > 0) {
    facts.push_back(Native(report) ? fmt::format("not evaluated on {} runs of which the clock tells too little",
                                                 Grouped(claim.not_evaluated))
                                   : fmt::format("not evaluated on {} executions that are not sequentially consistent",
                                                 Grouped(claim.not_evaluated)));
  }
  const bool stopped = claim.verdict == Verdict::kUnknown && !report.exhausted && !Native(report);
  if (stopped && claim.kind != Property::Kind::kExists) {
    facts.push_back("the search stopped before its end");
  }
  return fmt::format("{}", fmt::join(facts, ", "));
}

std::string Claims(const Run& run, const Report& report) {
  std::size_t names = 0, verdicts = 0;
  for (const ClaimResult& claim : report.claims) {
    names = std::max(names, claim.name.size());
    verdicts = std::max(verdicts, std::string_view(Name(claim.verdict)).size());
  }
  std::string text;
  for (const ClaimResult& claim : report.claims) {
    std::string line = fmt::format("  {:<{}}  {:<{}}  {}", claim.name, names, Name(claim.verdict), verdicts,
                                   Beside(run, report, claim));
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

std::string Executions(const Report& report) {
  std::string text = fmt::format("{} executions", Grouped(report.executions));
  if (!report.interchangeable.empty())
    text += fmt::format(" (standing for {})", Grouped(static_cast<std::uint64_t>(report.represented + 0.5)));
  text += fmt::format(", {} blocked", Grouped(report.blocked));
  return report.stuck > 0 ? text + fmt::format(" ({} stuck)", Grouped(report.stuck)) : text;
}

std::string States(const Report& report) {
  std::string text = fmt::format("{} states, {} transitions, depth {}", Grouped(report.states),
                                 Grouped(report.transitions), Grouped(report.depth));
  if (!(report.seconds > 0)) return text;
  return text + fmt::format("; {} states/s",
                            Grouped(static_cast<std::uint64_t>(static_cast<double>(report.states) / report.seconds)));
}

std::string Counts(const Report& report) {
  std::string text = "  " + (report.engine == "state" ? States(report) : Executions(report));
  if (Native(report)) {
    text = fmt::format("  {} runs, {} with a thread that waited at its end", Grouped(report.native_runs),
                       Grouped(report.blocked));
  } else {
    text += fmt::format("; {} native runs", Grouped(report.native_runs));
  }
  text += fmt::format("; {:.2f} s, {:.2f} s of CPU", report.seconds, report.cpu_seconds);
  if (report.peak_bytes > 0) text += fmt::format(", {:.1f} MiB", static_cast<double>(report.peak_bytes) / (1 << 20));
  if (report.estimate.has_value()) {
    text += fmt::format("\n  about {:.3g} executions in all, give or take {:.2g}: a guess by the walks",
                        report.estimate->executions(), report.estimate->standard_error());
  }
  return text + "\n";
}

std::string Interchangeable(const Report& report) {
  std::vector<std::string> classes;
  for (const std::vector<int>& threads : report.interchangeable) {
    classes.push_back(fmt::format("threads {}", fmt::join(threads, ", ")));
  }
  if (classes.empty()) return "";
  return fmt::format("  interchangeable: {} ({} that differ in nothing else are one)\n", fmt::join(classes, "; "),
                     report.engine == "state" ? "states" : "executions");
}

std::string Reduced(const Report& report) {
  if (report.reduced == 0) return "";
  return fmt::format(
      "  partial order: of {} states, only the steps of one thread were explored (they commute with all others)\n",
      Grouped(report.reduced));
}

// Claims of the model that the report does not have, since the engine cannot judge them.
std::string LeftToOthers(const Run& run, const Report& report) {
  std::vector<std::string> names;
  for (const std::string& name : run.not_judged) {
    if (report.Find(name) == nullptr) names.push_back(name);
  }
  if (!run.only.empty()) return fmt::format("  of the model's claims, only judged: {}\n", fmt::join(run.only, ", "));
  if (names.empty()) return "";
  return fmt::format("  not judged by the {} engine: {}\n", report.engine, fmt::join(names, ", "));
}

// How to replay the claim's finding, and where its files are.
std::string Paths(const ClaimResult& claim, const TextOptions& options, bool replay) {
  for (const WrittenFinding& written : options.written) {
    if (written.claim != claim.name) continue;
    std::string text;
    const bool replayable = !written.json_path.empty();
    if (!replayable) text += "\n";
    if (replay && replayable && !options.replay_command.empty()) {
      text += fmt::format("\n  replay: {} {}\n", options.replay_command, written.json_path);
    }
    if (!written.html_path.empty()) text += fmt::format("  HTML: {}\n", written.html_path);
    text += fmt::format("  text: {}\n", written.text_path);
    if (replayable) text += fmt::format("  JSON: {}\n", written.json_path);
    if (!written.dot_path.empty()) text += fmt::format("  DOT: {}\n", written.dot_path);
    return written.litmus_path.empty() ? text : text + fmt::format("  litmus: {}\n", written.litmus_path);
  }
  return replay && !options.hint.empty() ? "\n" + options.hint + "\n" : "";
}

}  // namespace

std::string Grouped(std::uint64_t count) {
  std::string digits = fmt::format("{}", count);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
  return digits;
}

bool Vacuous(const ClaimResult& claim) {
  const bool holds = claim.verdict == Verdict::kVerified || claim.verdict == Verdict::kVerifiedWithinBounds;
  return holds && claim.kind != Property::Kind::kExists && claim.antecedents == 0 && !BuiltIn(claim.name);
}

const ClaimResult* FirstViolation(const Report& report) {
  for (const ClaimResult& claim : report.claims) {
    if (claim.verdict == Verdict::kViolated && claim.evidence.has_value()) return &claim;
  }
  return nullptr;
}

std::string RenderSummary(const Run& run, const Report& report) {
  std::string text = fmt::format("{}: {}\n", run.model, Headline(report));
  text += Claims(run, report) + LeftToOthers(run, report) + Counts(report);
  const std::string configuration = ShowConfiguration(run);
  text += fmt::format("  memory model {}, engine {}{}{}\n", Native(report) ? "of this machine" : Name(report.memory),
                      report.engine, configuration.empty() ? "" : ", ", configuration);
  text += Interchangeable(report) + Reduced(report);
  std::string bounds = fmt::format("{}", fmt::join(report.bounds_hit, "; "));
  if (bounds.empty()) {
    const bool stopped = !report.exhausted && FirstViolation(report) != nullptr;
    bounds = stopped ? "none; the search stopped at the violation" : "none";
  }
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
