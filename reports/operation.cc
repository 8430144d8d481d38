#include "reports/operation.h"

#include <cxxabi.h>
#include <fmt/format.h>

#include <cstdlib>
#include <string_view>

namespace doorway {
namespace {

// The object that a field belongs to: "node[1]" of "node[1].next" and of "node.next[1]"; the name itself where it has
// no fields.
std::string ObjectOf(const std::string& name) {
  const std::size_t dot = name.rfind('.');
  if (dot == std::string::npos) return name;
  const std::size_t index = name.find('[', dot);
  return name.substr(0, dot) + (index == std::string::npos ? "" : name.substr(index));
}

// "&lock.node[1]": the name of the object at `address`. An object has the address of its first field; a pointer to
// another field is shown as such.
std::string ShowPointer(const Execution& execution, Value address) {
  if (execution.locations == nullptr || address == 0) return "";
  const Location* found = nullptr;
  for (const Location& location : *execution.locations) {
    if (location.address == address) found = &location;
  }
  if (found == nullptr) return "";
  const std::string object = ObjectOf(found->name);
  for (const Location& location : *execution.locations) {
    if (location.address != 0 && location.address < address && ObjectOf(location.name) == object) {
      return "&" + found->name;
    }
  }
  return "&" + object;
}

std::int64_t SignExtended(Value value, int width) {
  const int unused = 64 - 8 * width;
  return static_cast<std::int64_t>(value << unused) >> unused;
}

// "3 -> 4" of an update, " = 4" of a read, with what failed.
std::string ShowOutcome(const Execution& execution, const Event& event) {
  const auto show = [&](Value value) { return ShowValue(execution, event.location, value); };
  if (event.kind == EventKind::kChoice) return fmt::format(" = {}", event.read);
  if (event.kind == EventKind::kUpdate) return fmt::format(": {} → {}", show(event.read), show(event.written));
  if (event.kind != EventKind::kRead) return "";
  const std::string read = " = " + show(event.read);
  if (event.label == nullptr || event.label->op != Op::kUpdate) return read;
  if (event.spurious) return read + ", failed spuriously";
  if (std::string_view(event.label->verb).starts_with("compare_exchange")) {
    return fmt::format("{}, failed (not {})", read, show(event.label->operands[0]));
  }
  return read + ", declined";
}

}  // namespace

std::string ThreadName(const Run& run, int thread) {
  return thread == run.after_thread ? "after" : fmt::format("T{}", thread);
}

const char* MemoryName(const Report& report) { return report.engine == "native" ? "hardware" : Name(report.memory); }

std::string ShowConfiguration(const Run& run) {
  std::string shown;
  for (const auto& [name, value] : run.configuration) {
    shown += fmt::format("{}{}={}", shown.empty() ? "" : " ", name, value);
  }
  if (run.expand_updates) shown += shown.empty() ? "updates expanded" : ", updates expanded";
  return shown;
}

OperationWords::OperationWords(const Execution& execution, const Label& label, Order effective)
    : object(LocationName(execution, label.location)),
      verb(label.verb),
      arguments(FunctionName(label.function)),
      order(IsAtomic(effective) ? Name(effective) : "") {
  const auto add = [&](const std::string& argument) { arguments += (arguments.empty() ? "" : ", ") + argument; };
  if (label.op == Op::kStore && !label.destroy) add(ShowValue(execution, label.location, label.operands[0]));
  if (label.op == Op::kChoose) add(fmt::format("{}", label.operands[0]));
}

OperationWords::OperationWords(const Execution& execution, EventId id)
    : OperationWords(execution, *execution.events[id].label, execution.events[id].order) {
  outcome = ShowOutcome(execution, execution.events[id]);
}

std::string OperationWords::Joined() const {
  const char* comma = arguments.empty() || order.empty() ? "" : ", ";
  return fmt::format("{}{}{}({}{}{}){}", object, object.empty() ? "" : ".", verb, arguments, comma, order, outcome);
}

std::string LocationName(const Execution& execution, LocationId location) {
  if (location == kNoLocation || execution.locations == nullptr || location >= execution.locations->size()) return "";
  return (*execution.locations)[location].name;
}

std::string ShowValue(const Execution& execution, LocationId location, Value value) {
  bool is_signed = false;
  int width = 8;
  if (location != kNoLocation && execution.locations != nullptr && location < execution.locations->size()) {
    is_signed = (*execution.locations)[location].is_signed;
    width = (*execution.locations)[location].width;
  }
  if (is_signed) return fmt::format("{}", SignExtended(value, width));
  if (width == 8) {
    const std::string pointer = ShowPointer(execution, value);
    if (!pointer.empty()) return pointer;
  }
  return value < 4096 ? fmt::format("{}", value) : fmt::format("{:#x}", value);
}

std::string ShowLabel(const Execution& execution, const Label& label, Order order) {
  return OperationWords(execution, label, order).Joined();
}

std::string ShowOperation(const Execution& execution, EventId id) {
  const Event& event = execution.events[id];
  if (event.kind == EventKind::kInit) {
    return fmt::format("initial value of {}", LocationName(execution, event.location));
  }
  return event.label == nullptr ? "" : OperationWords(execution, id).Joined();
}

std::string FunctionName(const char* mangled) {
  if (mangled == nullptr || *mangled == '\0') return "";
  int status = 0;
  char* demangled = abi::__cxa_demangle(mangled, nullptr, nullptr, &status);
  std::string name = status == 0 && demangled != nullptr ? demangled : mangled;
  std::free(demangled);
  // What stands after the last "::" that is in no brackets, up to its template arguments.
  std::size_t start = 0;
  int depth = 0;
  for (std::size_t i = 0; i + 1 < name.size(); ++i) {
    const char c = name[i];
    if (c == '<' || c == '(' || c == '{') ++depth;
    if (c == '>' || c == ')' || c == '}') --depth;
    if (depth == 0 && c == ':' && name[i + 1] == ':') start = i + 2;
  }
  name = name.substr(start);
  if (name.starts_with("{lambda")) return "lambda";
  return name.substr(0, name.find('<'));
}

std::string ShowSite(const Site& site) {
  if (site.file == nullptr || *site.file == '\0') return "";
  return fmt::format("{}:{}", site.file, site.line);
}

}  // namespace doorway
