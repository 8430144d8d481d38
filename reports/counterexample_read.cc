#include <fmt/format.h>

#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "reports/counterexample.h"

// A file is judged before it is used: the reader says what is wrong in the words of the format, with the step.

namespace doorway {
namespace {

using Json = nlohmann::ordered_json;

class Reader {
 public:
  explicit Reader(std::string name) : name_(std::move(name)) {}

  Counterexample Read(const std::string& text) {
    const Json json = Json::parse(text, nullptr, false);
    if (json.is_discarded()) {
      Fail("is cut off or is no JSON; copy the file again, or write it anew with check --out=DIR");
    }
    if (!json.is_object() || !json.contains("schema") || !json["schema"].is_string()) {
      Fail("is JSON, but not of ours: it has no \"schema\"; replay takes the files of check --out=DIR");
    }
    CheckSchema(json["schema"].get<std::string>());

    Counterexample result;
    result.model = Text(json, "model", "");
    result.configuration = Configuration(json);
    result.forever_rounds = Number(json, "forever_rounds", "", 0, 1 << 20);
    result.expand_updates = Flag(json, "expand_updates", "");
    result.memory = Memory(Text(json, "memory_model", ""));
    const std::string kind = Text(json, "kind", "");
    if (kind != "violation" && kind != "witness") Broken("\"kind\" is \"" + kind + "\", not violation or witness");
    result.kind = kind == "witness" ? Property::Kind::kExists : Property::Kind::kUniversal;
    result.claim = Text(json, "claim", "");
    result.sentence = Text(json, "sentence", "");
    ReadSteps(json, result.trace);
    if (json.contains("points")) ReadPoints(json["points"], result);
    if (json.contains("lasso")) ReadLasso(json["lasso"], static_cast<int>(json["threads"].size()), result);
    return result;
  }

 private:
  [[noreturn]] void Fail(const std::string& what) const { throw CounterexampleError(name_ + " " + what); }
  [[noreturn]] void Broken(const std::string& what) const {
    Fail(fmt::format("is damaged: {}; write it anew with check --out=DIR", what));
  }

  void CheckSchema(const std::string& schema) const {
    if (schema == kCounterexampleSchema) return;
    if (schema.starts_with("doorway.report/")) {
      Fail("is a report, not a counterexample; its \"counterexample\" names the file to replay");
    }
    if (schema.starts_with("doorway.counterexample/")) {
      Fail(fmt::format("has the schema {}, and this doorway reads {}; write it anew with check --out=DIR", schema,
                       kCounterexampleSchema));
    }
    Fail("is JSON, but not of ours: its schema is " + schema + "; replay takes the files of check --out=DIR");
  }

  MemoryModel Memory(const std::string& name) const {
    for (const MemoryModel memory : {MemoryModel::kSc, MemoryModel::kTso, MemoryModel::kRc11}) {
      if (name == Name(memory)) return memory;
    }
    Broken("\"memory_model\" is \"" + name + "\", not sc, tso or rc11");
  }

  const Json& Field(const Json& json, const char* key, const std::string& where) const {
    const auto at = json.find(key);
    if (at == json.end()) Broken(fmt::format("{}\"{}\" is missing", where, key));
    return *at;
  }

  std::string Text(const Json& json, const char* key, const std::string& where) const {
    const Json& field = Field(json, key, where);
    if (!field.is_string()) Broken(fmt::format("{}\"{}\" is no text", where, key));
    return field.get<std::string>();
  }

  int Number(const Json& json, const char* key, const std::string& where, int least, int most) const {
    return AsNumber(Field(json, key, where), fmt::format("{}\"{}\"", where, key), least, most);
  }

  int AsNumber(const Json& field, const std::string& what, int least, int most) const {
    if (!field.is_number_integer()) Broken(what + " is no whole number");
    const bool huge = field.is_number_unsigned() &&
                      field.get<std::uint64_t>() > static_cast<std::uint64_t>(std::numeric_limits<int>::max());
    if (huge || field.get<std::int64_t>() < least || field.get<std::int64_t>() > most) {
      Broken(fmt::format("{} is {}, not within {} to {}", what, field.dump(), least, most));
    }
    return field.get<int>();
  }

  Value Bits(const Json& json, const char* key, const std::string& where) const {
    const Json& field = Field(json, key, where);
    if (!field.is_number_unsigned()) Broken(fmt::format("{}\"{}\" is no value", where, key));
    return field.get<Value>();
  }

  bool Flag(const Json& json, const char* key, const std::string& where) const {
    if (!json.contains(key)) return false;
    if (!json[key].is_boolean()) Broken(fmt::format("{}\"{}\" is neither true nor false", where, key));
    return json[key].get<bool>();
  }

  std::vector<std::pair<std::string, int>> Configuration(const Json& json) const {
    const Json& field = Field(json, "configuration", "");
    if (!field.is_object()) Broken("\"configuration\" is no object");
    std::vector<std::pair<std::string, int>> configuration;
    for (const auto& [key, value] : field.items()) {
      configuration.emplace_back(key, AsNumber(value, "configuration \"" + key + "\"", std::numeric_limits<int>::min(),
                                               std::numeric_limits<int>::max()));
    }
    return configuration;
  }

  void ReadSteps(const Json& json, Trace& trace) const {
    const Json& threads = Field(json, "threads", "");
    if (!threads.is_array() || threads.empty() || threads.size() > kMaxThreads + 1) {
      Broken(fmt::format("\"threads\" is no list of 1 to {} threads", kMaxThreads + 1));
    }
    const Json& steps = Field(json, "steps", "");
    if (!steps.is_array()) Broken("\"steps\" is no list");
    if (steps.size() >= kNoEvent) Broken("\"steps\" has more steps than an execution can have");
    for (const Json& step : steps) {
      trace.steps.push_back(Step(step, trace, static_cast<int>(threads.size())));
    }
    CheckModificationOrders(trace);
  }

  void ReadPoints(const Json& json, Counterexample& result) const {
    if (!json.is_array()) Broken("\"points\" is no list");
    for (const Json& point : json) {
      if (!point.is_object()) Broken("a point is no object");
      const int step = Number(point, "step", "point: ", 0, static_cast<int>(result.trace.steps.size()));
      result.points.push_back({step, Text(point, "what", "point: ")});
    }
  }

  void ReadLasso(const Json& json, int threads, Counterexample& result) const {
    if (!json.is_object()) Broken("\"lasso\" is no object");
    TraceLasso lasso;
    const int steps = static_cast<int>(result.trace.steps.size());
    const std::string where = "lasso: ";
    lasso.cycle_begins = static_cast<std::size_t>(Number(json, "cycle_begins_at_step", where, 1, steps + 1)) - 1;
    const Json& starved = Field(json, "starved", where);
    if (!starved.is_null()) lasso.starved = AsNumber(starved, "lasso: \"starved\"", 0, threads - 1);
    const Json& running = Field(json, "running", where);
    if (!running.is_array()) Broken("lasso: \"running\" is no list");
    for (const Json& thread : running) {
      lasso.running.push_back(AsNumber(thread, "lasso: \"running\"", 0, threads - 1));
    }
    if (json.contains("fairness") && !json["fairness"].is_null()) result.fairness = Text(json, "fairness", where);
    result.lasso = std::move(lasso);
  }

  // The writes of each location have the places 1, 2, ... in its modification order, one each.
  void CheckModificationOrders(const Trace& trace) const {
    std::map<std::string, std::set<int>> places;
    for (std::size_t i = 0; i < trace.steps.size(); ++i) {
      const TraceStep& step = trace.steps[i];
      if (step.mo_position == TraceStep::kNotAWrite) continue;
      if (!places[step.location].insert(step.mo_position).second) {
        Broken(fmt::format("step {}: another write of {} has the same \"mo_position\"", i + 1, step.location));
      }
    }
    for (const auto& [location, positions] : places) {
      if (*positions.rbegin() != static_cast<int>(positions.size())) {
        Broken(fmt::format("the modification order of {} has gaps", location));
      }
    }
  }

  TraceStep Step(const Json& json, const Trace& before, int threads) const {
    const int number = static_cast<int>(before.steps.size()) + 1;
    const std::string where = fmt::format("step {}: ", number);
    if (!json.is_object()) Broken(where + "is no object");
    if (Number(json, "step", where, 0, kNoEvent) != number) Broken(where + "\"step\" is another number");
    TraceStep step;
    step.thread = static_cast<ThreadId>(Number(json, "thread", where, 0, threads - 1));
    step.operation = Text(json, "operation", where);
    if (json.contains("location")) step.location = Text(json, "location", where);
    step.order = Text(json, "order", where);
    step.file = Text(json, "file", where);
    step.line = Number(json, "line", where, 0, std::numeric_limits<int>::max());
    if (json.contains("reads_from")) {
      step.read = Bits(json, "read", where);
      step.reads_from = ReadsFrom(json["reads_from"], step, before, where);
    }
    if (json.contains("mo_position")) {
      step.written = Bits(json, "written", where);
      step.mo_position = Number(json, "mo_position", where, 1, kNoEvent);
    }
    step.spurious = Flag(json, "spurious", where);
    if (json.contains("choice")) step.choice = Number(json, "choice", where, 0, std::numeric_limits<int>::max());
    return step;
  }

  int ReadsFrom(const Json& field, const TraceStep& step, const Trace& before, const std::string& where) const {
    if (field == "init") return TraceStep::kInitialValue;
    const int source = AsNumber(field, where + "\"reads_from\"", 1, static_cast<int>(before.steps.size())) - 1;
    const TraceStep& write = before.steps[static_cast<std::size_t>(source)];
    if (write.mo_position == TraceStep::kNotAWrite || write.location != step.location) {
      Broken(fmt::format("{}reads from step {}, which does not write {}", where, source + 1, step.location));
    }
    if (write.written != step.read) {
      Broken(fmt::format("{}reads {} from step {}, which wrote {}", where, step.read, source + 1, write.written));
    }
    return source;
  }

  const std::string name_;
};

}  // namespace

Counterexample ParseCounterexample(const std::string& text, const std::string& name) { return Reader(name).Read(text); }

}  // namespace doorway
