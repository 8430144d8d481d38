#include "harness/linearize/json_lines.h"

#include <fmt/format.h>

#include <istream>
#include <limits>
#include <nlohmann/json.hpp>

#include "harness/linearize/history_builder.h"

namespace doorway::linearize {
namespace {

using Json = nlohmann::json;

// One line, with where it is.
class LineReader {
 public:
  LineReader(HistoryBuilder& builder, std::uint64_t line) : builder_(builder), line_(line) {}

  // Errors: HistoryError.
  void Read(const std::string& text) {
    const Json json = Parse(text);
    if (!json.is_object()) Refuse("an event is an object, {\"process\": ..., \"type\": ...}");
    for (const auto& [name, value] : json.items()) Field(name, value);
    if (!process_seen_) Refuse("an event needs a process");
    if (!type_seen_) Refuse("an event needs a type: invoke, ok, fail or info");
    if (event_.type == EventType::kInvoke && event_.function.empty()) Refuse("an invoke needs f, the operation");
    event_.line = line_;
    event_.process = process_;
    event_.function = function_;
    event_.arguments = arguments_;
    builder_.Add(event_);
  }

 private:
  [[noreturn]] void Refuse(const std::string& reason) const { throw HistoryError(line_, reason); }

  Json Parse(const std::string& text) const {
    try {
      return Json::parse(text);
    } catch (const Json::parse_error& error) {
      const std::string what = error.what();  // "[json.exception...] parse error at line 1, column 8: ..."
      const std::size_t column = what.find("column");
      Refuse("no JSON: " + (column == std::string::npos ? what : what.substr(column)));
    } catch (const Json::exception& error) {
      Refuse(fmt::format("no JSON: {}", error.what()));
    }
  }

  void Field(const std::string& name, const Json& value) {
    if (name == "process") {
      if (!value.is_string() && !value.is_number_integer()) Refuse("process is a whole number or a text");
      process_ = value.is_string() ? value.get<std::string>() : value.dump();
      process_seen_ = true;
    } else if (name == "type") {
      event_.type = Type(value);
      type_seen_ = true;
    } else if (name == "f") {
      if (!value.is_string()) Refuse("f is a text, the operation's name");
      function_ = value.get<std::string>();
      event_.function = function_;
    } else if (name == "args") {
      if (!value.is_array()) Refuse("args is a list");
      for (const Json& argument : value) arguments_.push_back(DatumOf(argument));
    } else if (name == "result") {
      event_.result = DatumOf(value);
    } else if (name == "error") {
      event_.error = true;
    } else if (name == "time") {
      if (!value.is_number_integer()) Refuse("time is a whole number");
      event_.time = Number(value);
    } else {
      Refuse(fmt::format("there is no field {}; an event has process, type, f, args, result, error and time", name));
    }
  }

  EventType Type(const Json& value) const {
    if (value == "invoke") return EventType::kInvoke;
    if (value == "ok") return EventType::kOk;
    if (value == "fail") return EventType::kFail;
    if (value == "info") return EventType::kInfo;
    Refuse(fmt::format("there is no type {}; it is invoke, ok, fail or info",
                       value.dump(-1, ' ', false, Json::error_handler_t::replace)));
  }
  std::int64_t Number(const Json& value) const {
    if (value.is_number_unsigned() &&
        value.get<std::uint64_t>() > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
      Refuse(fmt::format("{} is too large; numbers have 64 bits", value.dump()));
    }
    return value.get<std::int64_t>();
  }
  Datum DatumOf(const Json& value) {
    if (value.is_null()) return {};
    if (value.is_boolean()) return Datum::Truth(value.get<bool>());
    if (value.is_number_integer()) return Datum::Number(Number(value));
    if (value.is_string()) return builder_.Keep(Datum::Kind::kText, value.get_ref<const std::string&>());
    if (value.is_array()) {
      std::string shown;
      for (const Json& element : value) {
        if (element.is_array()) Refuse("a list in a list");
        if (!shown.empty()) shown += ' ';
        shown += Show(DatumOf(element));
      }
      return builder_.Keep(Datum::Kind::kList, '[' + shown + ']');
    }
    Refuse("a value is null, true, false, a whole number, a text or a list");
  }

  HistoryBuilder& builder_;
  const std::uint64_t line_;
  Event event_;
  std::string process_, function_;
  std::vector<Datum> arguments_;
  bool process_seen_ = false, type_seen_ = false;
};

}  // namespace

History ReadJsonLines(std::istream& in, const Vocabulary& vocabulary) {
  HistoryBuilder builder(vocabulary);
  std::string text;
  for (std::uint64_t line = 1; std::getline(in, text); ++line) {
    if (text.find_first_not_of(" \t\r") == std::string::npos) continue;
    LineReader(builder, line).Read(text);
  }
  return builder.Finish();
}

}  // namespace doorway::linearize
