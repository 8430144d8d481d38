#include <fmt/format.h>

#include "models/cli/claims.h"
#include "models/cli/commands.h"
#include "models/cli/expectation.h"

namespace doorway {
namespace {

// `text` in lines of at most `width` characters, each indented by two.
std::string Wrapped(const std::string& text, std::size_t width) {
  std::string wrapped, line;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find_first_of(" \n", at), text.size());
    const std::string word = text.substr(at, end - at);
    at = end + 1;
    if (word.empty()) continue;
    if (!line.empty() && line.size() + 1 + word.size() > width) {
      wrapped += "  " + line + "\n";
      line.clear();
    }
    line += (line.empty() ? "" : " ") + word;
  }
  return line.empty() ? wrapped : wrapped + "  " + line + "\n";
}

std::string ThreadsInWords(const Model& model) {
  const std::unique_ptr<Subject> subject = model.subject(model.defaults());
  return fmt::format("{}{}", subject->threads(), subject->has_after() ? ", then after(), when all have finished" : "");
}

std::string Names(const std::vector<Engine>& engines) {
  std::vector<std::string> names;
  for (const Engine engine : engines) names.emplace_back(Name(engine));
  return fmt::format("{}", fmt::join(names, ", "));
}

const char* KindInWords(Property::Kind kind) {
  if (kind == Property::Kind::kExists) return " (exists)";
  return kind == Property::Kind::kLiveness ? " (liveness)" : "";
}

// Said only where one engine has to be chosen.
std::string JudgedBy(const std::vector<Engine>& engines) {
  return engines.size() == 1 ? fmt::format(" [{} engine alone]", Name(engines.front())) : "";
}

}  // namespace

ExitCode Explain(const std::string& name) {
  const Model& model = ModelNamed(name);
  fmt::print("{}: {}\n", model.name, model.summary);
  if (!model.about.empty()) fmt::print("\n{}", Wrapped(model.about, 100));
  fmt::print("\nsource: {}\nthreads: {}\n", model.source.empty() ? "-" : model.source, ThreadsInWords(model));
  if (!model.parameters.empty()) fmt::print("parameters:\n");
  for (const Parameter& parameter : model.parameters) {
    fmt::print("  --{}={}  ({} to {})  {}\n", parameter.name, parameter.value, parameter.min, parameter.max,
               parameter.meaning);
  }
  fmt::print("claims:\n");
  for (const ClaimInfo& claim : ClaimsOf(model, model.defaults())) {
    fmt::print("  {}{}: {}{}\n", claim.name, KindInWords(claim.kind), claim.description, JudgedBy(claim.engines));
  }
  fmt::print("  and of every model: {}, {}, {}, {}\n", kNoDataRace, kNoUseAfterFree, kNoFailedCheck, kNoStuckThread);
  if (!model.expectations.empty()) fmt::print("expected:\n");
  for (const Expectation& expectation : model.expectations) {
    fmt::print("  {}\n", ShowExpectation(expectation));
  }
  fmt::print("engines: {}\n", Names(EnginesOf(model)));
  return ExitCode::kOk;
}

}  // namespace doorway
