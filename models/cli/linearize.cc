#include <fmt/format.h>

#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstring>
#include <fstream>
#include <iostream>
#include <limits>

#include "harness/linearize/check.h"
#include "harness/linearize/history.h"
#include "harness/linearize/read_history.h"
#include "models/cli/commands.h"
#include "models/cli/interrupt.h"
#include "models/cli/linearize_report.h"
#include "models/cli/paths.h"
#include "models/cli/selection.h"
#include "properties/sequential/catalog.h"
#include "reports/files.h"

namespace doorway {
namespace {

using linearize::Answer;
using linearize::Datum;
using linearize::Format;
using linearize::History;
using Initial = SpecificationEntry::Initial;

const SpecificationEntry& SpecificationNamed(const std::string& name) {
  std::vector<std::string> names;
  for (const SpecificationEntry& entry : Specifications()) {
    if (entry.vocabulary.specification == name) return entry;
    names.emplace_back(entry.vocabulary.specification);
  }
  if (name.empty()) {
    throw UsageError(fmt::format("linearize needs --spec: what the object is; one of {}", fmt::join(names, ", ")));
  }
  const std::string near = DidYouMean(name, names);
  throw UsageError(fmt::format("there is no specification {}{}", name,
                               near.empty() ? fmt::format("; --spec takes {}", fmt::join(names, ", ")) : near));
}

Format FormatNamed(const std::optional<std::string>& name) {
  if (!name) return Format::kAuto;
  if (*name == "jsonl") return Format::kJsonLines;
  if (*name == "edn") return Format::kJepsenEdn;
  if (*name == "log") return Format::kJepsenLog;
  throw UsageError(fmt::format("there is no format {}; --format takes jsonl, edn or log", *name));
}

// nil, true, false, a whole number, or else a text, which may stand in quotes. Borrows it.
Datum DatumTyped(std::string_view text) {
  if (text == "nil" || text == "null") return {};
  if (text == "true" || text == "false") return Datum::Truth(text == "true");
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (!text.empty() && error == std::errc() && end == text.data() + text.size()) return Datum::Number(number);
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
  return Datum::Text(text);
}

SpecificationParameters ParametersOf(const LinearizeOptions& options, const SpecificationEntry& entry) {
  const std::string_view name = entry.vocabulary.specification;
  SpecificationParameters parameters;
  if (options.initial) {
    parameters.initial = DatumTyped(*options.initial);
    if (entry.initial == Initial::kNone) throw UsageError(fmt::format("{} takes no --initial", name));
    if (entry.initial == Initial::kNumber &&
        (parameters.initial->kind() != Datum::Kind::kNumber || parameters.initial->number() < entry.least_initial)) {
      throw UsageError(entry.least_initial == std::numeric_limits<std::int64_t>::min()
                           ? fmt::format("--initial={}: {} takes a whole number", *options.initial, name)
                           : fmt::format("--initial={}: {} takes a whole number of {} or more", *options.initial, name,
                                         entry.least_initial));
    }
  }
  if (options.limit) {
    if (!entry.limit) throw UsageError(fmt::format("{} takes no --limit", name));
    const std::uint64_t limit = WholeNumber("--limit", *options.limit, 1);
    if (limit > std::uint64_t{1} << 62) throw UsageError(fmt::format("--limit={} is too large", *options.limit));
    parameters.limit = static_cast<std::int64_t>(limit);
  }
  return parameters;
}

// Errors: FileError, that the history makes no sense, too.
History Read(const LinearizeOptions& options, const SpecificationEntry& entry) {
  const Format format = FormatNamed(options.format);
  try {
    if (options.file == "-") return ReadHistory(std::cin, format, entry.vocabulary);
    std::ifstream file(FromUser(options.file), std::ios::binary);
    if (file.peek() == std::ifstream::traits_type::eof() && !file.eof()) {
      throw FileError(fmt::format("{} cannot be read: {}", options.file, std::strerror(errno)));
    }
    return ReadHistory(file, format, entry.vocabulary);
  } catch (const linearize::HistoryError& error) {
    throw FileError(fmt::format("{}, {}", options.file == "-" ? "standard input" : options.file, error.what()));
  }
}

}  // namespace

ExitCode LinearizeFile(const LinearizeOptions& options) {
  if (options.file.empty()) throw UsageError("linearize takes a history: a file, or - for standard input");
  const SpecificationEntry& entry = SpecificationNamed(options.specification);
  const SpecificationParameters parameters = ParametersOf(options, entry);
  linearize::Limits limits;
  if (options.timeout) limits.seconds = Seconds(*options.timeout);
  if (options.max_memory) limits.max_bytes = Bytes("--max-memory", *options.max_memory);
  const std::string json = options.json.empty() ? options.json : FromUser(options.json);
  if (!json.empty()) CheckWritable(json);
  WatchInterrupts();
  limits.stop = &Interrupted();

  const History history = Read(options, entry);
  const auto begun = std::chrono::steady_clock::now();
  const linearize::Result result =
      entry.check(history, parameters, limits, options.whole ? linearize::How::kSearch : linearize::How::kBest);
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();

  const LinearizeReport report{options.file, entry.vocabulary, history, result, seconds};
  fmt::print("{}", ShowLinearizeReport(report));
  if (!json.empty()) WriteFile(json, LinearizeReportJson(report));
  switch (result.answer) {
    case Answer::kYes:
      return ExitCode::kOk;
    case Answer::kNo:
      return ExitCode::kViolated;
    case Answer::kUnknown:
      break;
  }
  return ExitCode::kUnknown;
}

}  // namespace doorway
