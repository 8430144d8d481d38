#include "harness/linearize/jepsen.h"

#include <fmt/format.h>

#include <algorithm>
#include <istream>
#include <optional>
#include <string>
#include <vector>

#include "harness/linearize/edn.h"
#include "harness/linearize/history_builder.h"

namespace doorway::linearize {
namespace {

using Kind = Edn::Kind;

struct JepsenEvent {
  std::uint64_t line = 0;
  EventType type = EventType::kInvoke;
  std::string process{};
  std::string function{};
  Edn value{};
  std::optional<Edn> key{};
  bool error = false;
  std::optional<std::int64_t> time{};
};

std::optional<EventType> TypeNamed(std::string_view name) {
  if (name == "invoke") return EventType::kInvoke;
  if (name == "ok") return EventType::kOk;
  if (name == "fail") return EventType::kFail;
  if (name == "info") return EventType::kInfo;
  return std::nullopt;
}

// Jepsen's events in our terms.
class Translator {
 public:
  explicit Translator(const Vocabulary& vocabulary) : builder_(vocabulary) {}

  void Add(const JepsenEvent& jepsen) {
    line_ = jepsen.line;
    Event event{jepsen.line, jepsen.type, jepsen.process, jepsen.function};
    event.error = jepsen.error;
    event.time = jepsen.time;
    const int place = builder_.vocabulary().Find(jepsen.function);
    std::vector<Datum> arguments;
    if (place >= 0) {
      const FunctionInfo& function = builder_.vocabulary().functions[place];
      if (event.type == EventType::kInvoke) arguments = Arguments(jepsen, function);
      if (event.type == EventType::kOk && function.returns == Returns::kValue) event.result = DatumOf(Value(jepsen));
    }
    event.arguments = arguments;
    builder_.Add(event);  // which refuses a function that is not there
  }
  void Skip() { builder_.Skip(); }
  History Finish() { return builder_.Finish(); }

 private:
  [[noreturn]] void Refuse(const std::string& reason) const { throw HistoryError(line_, reason); }

  bool KeyIsInValue(const JepsenEvent& jepsen) const { return builder_.vocabulary().keyed && !jepsen.key; }
  // Without the key.
  const Edn& Value(const JepsenEvent& jepsen) const {
    if (!KeyIsInValue(jepsen)) return jepsen.value;
    if (jepsen.value.kind != Kind::kList || jepsen.value.elements.size() != 2) {
      Refuse(fmt::format("{} needs a key: write :key, or :value [key value]", builder_.vocabulary().specification));
    }
    return jepsen.value.elements[1];
  }
  std::vector<Datum> Arguments(const JepsenEvent& jepsen, const FunctionInfo& function) {
    std::vector<Datum> arguments;
    const Edn& value = Value(jepsen);
    int rest = function.arguments;
    if (builder_.vocabulary().keyed) {
      arguments.push_back(DatumOf(jepsen.key ? *jepsen.key : jepsen.value.elements[0]));
      --rest;
    }
    if (rest == 1) arguments.push_back(DatumOf(value));
    if (rest > 1) {
      if (value.kind != Kind::kList) Refuse(fmt::format("the value of {} is a vector of {}", function.name, rest));
      for (const Edn& element : value.elements) arguments.push_back(DatumOf(element));
    }
    return arguments;
  }
  Datum DatumOf(const Edn& edn) {
    switch (edn.kind) {
      case Kind::kNil:
        return {};
      case Kind::kTruth:
        return Datum::Truth(edn.number != 0);
      case Kind::kNumber:
        return Datum::Number(edn.number);
      case Kind::kText:
        return builder_.Keep(Datum::Kind::kText, edn.text);
      case Kind::kKeyword:
        return builder_.Keep(Datum::Kind::kText, ':' + edn.text);
      case Kind::kList: {
        std::string shown;
        for (const Edn& element : edn.elements) {
          if (element.kind == Kind::kList) Refuse("a vector in a vector");
          if (!shown.empty()) shown += ' ';
          shown += Show(DatumOf(element));
        }
        return builder_.Keep(Datum::Kind::kList, '[' + shown + ']');
      }
      default:
        Refuse("a value is nil, true, false, a whole number, a text, a keyword or a vector" +
               (edn.kind == Kind::kSymbol ? ", not " + edn.text : std::string()));
    }
  }

  HistoryBuilder builder_;
  std::uint64_t line_ = 0;
};

// A map of EDN as an event; nothing if it is of no process of the test.
std::optional<JepsenEvent> EventOf(const Edn& map, std::uint64_t line) {
  if (map.kind != Kind::kMap) throw HistoryError(line, "an event is a map, {:process 0, :type :invoke, ...}");
  const Edn* process = map.Find("process");
  if (process == nullptr) throw HistoryError(line, "an event needs a :process");
  if (process->kind != Kind::kNumber) return std::nullopt;
  const Edn* type = map.Find("type");
  const std::optional<EventType> known = type == nullptr ? std::nullopt : TypeNamed(type->text);
  if (!known) throw HistoryError(line, "an event needs a :type, which is :invoke, :ok, :fail or :info");
  const Edn* function = map.Find("f");
  if (function == nullptr || (function->kind != Kind::kKeyword && function->kind != Kind::kText)) {
    throw HistoryError(line, "an event needs an :f, the operation's keyword");
  }
  JepsenEvent event{line, *known, std::to_string(process->number), function->text};
  if (const Edn* value = map.Find("value")) event.value = *value;
  if (const Edn* key = map.Find("key")) event.key = *key;
  const Edn* error = map.Find("error");
  event.error = error != nullptr && error->kind != Kind::kNil;
  const Edn* time = map.Find("time");
  if (time != nullptr && time->kind == Kind::kNumber) event.time = time->number;
  return event;
}

std::vector<std::string_view> Columns(std::string_view line) {
  std::vector<std::string_view> columns;
  for (;;) {
    const std::size_t tab = line.find('\t');
    std::string_view column = line.substr(0, tab);
    while (!column.empty() && (column.back() == ' ' || column.back() == '\r')) column.remove_suffix(1);
    while (!column.empty() && column.front() == ' ') column.remove_prefix(1);
    columns.push_back(column);
    if (tab == std::string_view::npos) return columns;
    line.remove_prefix(tab + 1);
  }
}

// "INFO  jepsen.util - 3" is of process 3.
std::string_view LastWord(std::string_view text) {
  const std::size_t space = text.find_last_of(" ");
  return space == std::string_view::npos ? text : text.substr(space + 1);
}

bool IsNumber(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// A line of a log as an event; nothing if it is none.
std::optional<JepsenEvent> EventOf(std::string_view text, std::uint64_t line) {
  const std::vector<std::string_view> columns = Columns(text);
  if (columns.size() < 3 || !columns[1].starts_with(':')) return std::nullopt;
  const std::optional<EventType> type = TypeNamed(columns[1].substr(1));
  const std::string_view process = LastWord(columns[0]);
  if (!type || !IsNumber(process)) return std::nullopt;
  if (columns[2].size() < 2 || columns[2].front() != ':') {
    throw HistoryError(line, "the third column is the operation's keyword, as :read");
  }
  JepsenEvent event{line, *type, std::string(process), std::string(columns[2].substr(1))};
  event.error = columns.size() > 4 && !columns[4].empty();
  if (columns.size() > 3 && !columns[3].empty()) {
    try {
      event.value = EdnReader(columns[3]).Read();
    } catch (const EdnError& error) {
      throw HistoryError(line, fmt::format("in the value: {}", error.what()));
    }
    if (event.value.kind == Kind::kKeyword) event.error = true;  // :timed-out
  }
  return event;
}

}  // namespace

History ReadJepsenEdn(std::string_view text, const Vocabulary& vocabulary) {
  Translator translator(vocabulary);
  EdnReader reader(text);
  try {
    const char opening = reader.Peek();
    const char closing = opening == '[' ? ']' : opening == '(' ? ')' : '\0';
    if (closing != '\0') reader.Skip();
    while (closing != '\0' ? reader.Peek() != closing : !reader.AtEnd()) {
      const std::uint64_t line = reader.line();
      if (const std::optional<JepsenEvent> event = EventOf(reader.Read(), line)) {
        translator.Add(*event);
      } else {
        translator.Skip();
      }
    }
    if (closing != '\0') reader.Skip();
    if (!reader.AtEnd()) throw HistoryError(reader.line(), "something after the vector of events");
  } catch (const EdnError& error) {
    throw HistoryError(reader.line(), error.what());
  }
  return translator.Finish();
}

History ReadJepsenLog(std::istream& in, const Vocabulary& vocabulary) {
  Translator translator(vocabulary);
  std::string text;
  for (std::uint64_t line = 1; std::getline(in, text); ++line) {
    if (const std::optional<JepsenEvent> event = EventOf(text, line)) {
      translator.Add(*event);
    } else {
      translator.Skip();
    }
  }
  return translator.Finish();
}

}  // namespace doorway::linearize
