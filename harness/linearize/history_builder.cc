#include "harness/linearize/history_builder.h"

#include <fmt/format.h>

#include <limits>

namespace doorway::linearize {
namespace {

std::string NamesOf(std::span<const FunctionInfo> functions) {
  std::string names;
  for (const FunctionInfo& function : functions) {
    if (!names.empty()) names += ", ";
    names += function.name;
  }
  return names;
}

}  // namespace

Datum HistoryBuilder::Keep(Datum::Kind kind, std::string_view text) {
  auto kept = kept_.find(Datum::Text(text));
  if (kept == kept_.end()) kept = kept_.insert(Datum::Text(history_.texts.emplace_back(text))).first;
  return kind == Datum::Kind::kList ? Datum::List(kept->text()) : *kept;
}

void HistoryBuilder::Add(const Event& event) {
  if (event.line > std::numeric_limits<std::uint32_t>::max()) {
    throw HistoryError(event.line, "a history may have 4294967295 lines");
  }
  if (event.time) {
    if (latest_ && *event.time < *latest_) {
      throw HistoryError(event.line, fmt::format("time runs backwards, from {} to {}; events stand in the order in "
                                                 "which they happened: sort them by time",
                                                 *latest_, *event.time));
    }
    latest_ = event.time;
  }
  const std::uint32_t process = ProcessNamed(event.process);
  if (event.type == EventType::kInvoke) {
    Invoke(event, process);
  } else {
    Respond(event, process);
  }
  ++history_.events;
}

const Call* HistoryBuilder::Open(std::string_view process) const {
  const auto place = process_places_.find(Datum::Text(process));
  if (place == process_places_.end() || open_[place->second] == kNone) return nullptr;
  return &history_.calls[open_[place->second]];
}

History HistoryBuilder::Finish() {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < history_.calls.size(); ++i) {
    if (never_happened_[i]) continue;
    history_.calls[kept] = history_.calls[i];
    history_.intervals[kept] = history_.intervals[i];
    history_.origins[kept] = history_.origins[i];
    ++kept;
  }
  history_.calls.resize(kept);
  history_.intervals.resize(kept);
  history_.origins.resize(kept);
  return std::move(history_);
}

std::uint32_t HistoryBuilder::ProcessNamed(std::string_view name) {
  if (const auto place = process_places_.find(Datum::Text(name)); place != process_places_.end()) return place->second;
  const auto place = static_cast<std::uint32_t>(open_.size());
  process_places_.emplace(Keep(Datum::Kind::kText, name), place);
  history_.processes.emplace_back(name);
  open_.push_back(kNone);
  return place;
}

void HistoryBuilder::Invoke(const Event& event, std::uint32_t process) {
  if (open_[process] != kNone) {
    throw HistoryError(event.line, fmt::format("process {} invokes an operation, and that of line {} has not ended; "
                                               "operations that overlap are of different processes",
                                               event.process, history_.origins[open_[process]].invoke_line));
  }
  Call call;
  call.function = static_cast<std::uint8_t>(FunctionOf(event));
  const FunctionInfo& function = vocabulary_.functions[call.function];
  if (event.arguments.size() != static_cast<std::size_t>(function.arguments)) {
    throw HistoryError(event.line, fmt::format("{} takes {} argument{}, not {}", function.name, function.arguments,
                                               function.arguments == 1 ? "" : "s", event.arguments.size()));
  }
  for (const Datum& argument : event.arguments) {
    if (function.numbers && argument.kind() != Datum::Kind::kNumber) {
      throw HistoryError(event.line, fmt::format("{} takes whole numbers, not {}", function.name, Show(argument)));
    }
    call.arguments[call.argument_count++] = argument;
  }
  if (vocabulary_.asks_caller) call.caller = process + 1;
  open_[process] = static_cast<std::uint32_t>(history_.calls.size());
  history_.calls.push_back(call);
  history_.intervals.push_back({history_.events, Interval::kPending});
  history_.origins.push_back({process, static_cast<std::uint32_t>(event.line), 0});
  never_happened_.push_back(false);
}

void HistoryBuilder::Respond(const Event& event, std::uint32_t process) {
  const std::uint32_t operation = open_[process];
  if (operation == kNone) {
    throw HistoryError(event.line, fmt::format("a response, and process {} has invoked nothing that it could end; is a "
                                               "line missing?",
                                               event.process));
  }
  Call& call = history_.calls[operation];
  Origin& origin = history_.origins[operation];
  if (!event.function.empty() && FunctionOf(event) != call.function) {
    throw HistoryError(event.line,
                       fmt::format("a response to {}, and process {} has invoked {}, in line {}", event.function,
                                   event.process, vocabulary_.functions[call.function].name, origin.invoke_line));
  }
  open_[process] = kNone;
  if (event.type == EventType::kInfo) return;  // it stays pending
  if (Complete(event, call)) {
    history_.intervals[operation].response = history_.events;
    origin.response_line = static_cast<std::uint32_t>(event.line);
  } else {
    never_happened_[operation] = true;
  }
}

bool HistoryBuilder::Complete(const Event& event, Call& call) const {
  const FunctionInfo& function = vocabulary_.functions[call.function];
  if (event.type == EventType::kFail) {
    if (function.returns != Returns::kTruth || event.error) return false;
    call = call.Returning(Datum::Truth(false));
    return true;
  }
  switch (function.returns) {
    case Returns::kNothing:
      break;
    case Returns::kValue:
      if (!event.result) throw HistoryError(event.line, fmt::format("{} returns a value: say which", function.name));
      call = call.Returning(*event.result);
      break;
    case Returns::kTruth:
      if (event.result && event.result->kind() != Datum::Kind::kTruth) {
        throw HistoryError(event.line,
                           fmt::format("{} returns true or false, not {}", function.name, Show(*event.result)));
      }
      call = call.Returning(event.result.value_or(Datum::Truth(true)));
      break;
  }
  return true;
}

int HistoryBuilder::FunctionOf(const Event& event) const {
  const int function = vocabulary_.Find(event.function);
  if (function >= 0) return function;
  throw HistoryError(event.line, fmt::format("there is no operation {}; {} has {}", event.function,
                                             vocabulary_.specification, NamesOf(vocabulary_.functions)));
}

}  // namespace doorway::linearize
