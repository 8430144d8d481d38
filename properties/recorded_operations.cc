#include "properties/recorded_operations.h"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <tuple>

#include "properties/operation_notes.h"

namespace doorway {
namespace {

[[noreturn]] void Misuse(const Mark& mark, const std::string& what) {
  throw std::invalid_argument("thread " + std::to_string(mark.thread) + " " + what + " (" + mark.site.file + ":" +
                              std::to_string(mark.site.line) +
                              "); notes of operations come in pairs, invoke and response, around one operation at a "
                              "time of each thread");
}

}  // namespace

void RecordedOperations::Collect(const Execution& execution, std::span<const linearize::FunctionInfo> functions,
                                 bool asks_caller) {
  marks_.clear();
  for (const Mark& mark : execution.marks) {
    if (mark.kind == notes::kInvoke || mark.kind == notes::kResponse) marks_.push_back(&mark);
  }
  std::sort(marks_.begin(), marks_.end(), [](const Mark* a, const Mark* b) {
    return std::tie(a->thread, a->sequence) < std::tie(b->thread, b->sequence);
  });
  operations_.clear();
  first_.assign(1, 0);
  std::size_t next = 0;
  for (std::size_t thread = 0; thread < execution.threads.size(); ++thread) {
    bool open = false;
    for (; next < marks_.size() && marks_[next]->thread == thread; ++next) {
      const Mark& mark = *marks_[next];
      const bool invokes = mark.kind == notes::kInvoke;
      if (invokes == open)
        Misuse(mark, invokes ? "invokes an operation inside of another" : "responds to no operation");
      open = invokes;
      if (invokes) {
        linearize::Call call = UnpackCall(mark.argument);
        if (call.function >= functions.size()) Misuse(mark, "calls a function that the object does not have");
        if (asks_caller) call.caller = static_cast<std::uint32_t>(thread) + 1;
        operations_.push_back({call, &mark, nullptr});
      } else {
        RecordedOperation& operation = operations_.back();
        operation.response = &mark;
        if (const auto result = UnpackResult(mark.argument)) operation.call = operation.call.Returning(*result);
      }
    }
    first_.push_back(operations_.size());
  }
}

}  // namespace doorway
