#include "harness/explore/retrace.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "harness/explore/replay.h"

namespace doorway {
namespace {

class Retracer {
 public:
  Retracer(Program& program, const Trace& trace, int order_clocks)
      : program_(program), trace_(trace), g_(program, order_clocks) {}

  WorkGraph Run() {
    for (step_ = 0; step_ < trace_.steps.size(); ++step_) Add(trace_.steps[step_]);
    PlaceWrites();
    return std::move(g_);
  }

 private:
  [[noreturn]] void Mismatch(const std::string& what) const {
    throw ReplayMismatch("step " + std::to_string(step_ + 1) + ": " + what);
  }
  void Require(bool holds, const std::string& what) const {
    if (!holds) Mismatch(what);
  }

  void Add(const TraceStep& step) {
    Require(step.thread < g_.threads.size(), "there is no thread " + std::to_string(step.thread));
    const Node* node = g_.threads[step.thread].node;
    const Label& label = node->label;
    const std::string who = "thread " + std::to_string(step.thread) + " ";
    Require(!EndsThread(label.op), who + "has no more operations");
    const auto operation = [](const std::string& verb, const std::string& file, int line) {
      return "'" + verb + "' at " + file + ":" + std::to_string(line);
    };
    Require(step.operation == label.verb && step.file == label.site.file && step.line == label.site.line,
            who + "does " + operation(label.verb, label.site.file, label.site.line) + " where the file says " +
                operation(step.operation, step.file, step.line));
    if (label.location != kNoLocation) {
      g_.EnsureLocation(program_, label.location);
      const LocationId known = locations_.emplace(step.location, label.location).first->second;
      Require(known == label.location, who + "uses '" + program_.locations()[label.location].name +
                                           "' where the file says '" + step.location + "'");
    }
    const EventId e = g_.Append(step.thread);
    if (label.op == Op::kChoose) {
      Require(step.choice >= 0 && static_cast<Value>(step.choice) < label.operands[0], "no such choice");
      g_[e].read = static_cast<Value>(step.choice);
    }
    if (Reads(label.op)) Read(step, e);
    g_.ComputeClocks(e);
    if (g_[e].Is(WorkEvent::kWrite)) {
      Require(g_[e].written == step.written, who + "writes another value than the file says");
      writes_[label.location].emplace_back(step.mo_position, e);
    }
    Require(step.order == Name(label.EffectiveOrder(g_[e].Is(WorkEvent::kWrite))),
            who + "has another memory order than the file says (" + step.order + ")");
    g_[e].next = program_.Child(node, step.thread, g_[e].read, g_[e].Is(WorkEvent::kSpurious));
    g_.threads[step.thread].node = g_[e].next;
    slots_.push_back(e);
  }

  void Read(const TraceStep& step, EventId e) {
    EventId source = kNoEvent;
    if (step.reads_from == TraceStep::kInitialValue) {
      source = g_.places[g_[e].location].init;
    } else {
      Require(step.reads_from >= 0 && static_cast<std::size_t>(step.reads_from) < slots_.size(),
              "it reads from a step that does not come before it");
      source = slots_[static_cast<std::size_t>(step.reads_from)];
      Require(g_[source].Is(WorkEvent::kWrite) && g_[source].location == g_[e].location,
              "it reads from a step that does not write there");
    }
    const Label& label = g_[e].node->label;
    Require(!step.spurious || (label.weak && Apply(label, g_[source].written).action == Action::kWrite),
            "it cannot fail spuriously");
    g_.LinkRead(e, source, step.spurious);
    Require(g_[e].read == step.read, "it reads another value than the file says");
    Require(!g_[e].Is(WorkEvent::kBlocking), "the value does not end the wait");
  }

  void PlaceWrites() {
    for (auto& [location, writes] : writes_) {
      std::sort(writes.begin(), writes.end());
      int position = 0;
      for (const auto& [wanted, e] : writes) {
        if (wanted != ++position) {
          throw ReplayMismatch("the modification order of '" + program_.locations()[location].name +
                               "' is not a sequence");
        }
        g_.LinkWrite(e, g_.places[location].mo_last);
      }
    }
    for (std::size_t e = 0; e < g_.size(); ++e) {
      const WorkEvent& event = g_.events[e];
      const bool update = event.Is(WorkEvent::kRead) && event.Is(WorkEvent::kWrite);
      if (update && event.mo_prev != event.reads_from)
        throw ReplayMismatch("a write comes between an update's read and write");
    }
  }

  Program& program_;
  const Trace& trace_;
  WorkGraph g_;
  std::size_t step_ = 0;
  std::vector<EventId> slots_;  // by step
  std::map<std::string, LocationId> locations_;
  std::map<LocationId, std::vector<std::pair<int, EventId>>> writes_;
};

}  // namespace

WorkGraph Retrace(Program& program, const Trace& trace, int order_clocks) {
  return Retracer(program, trace, order_clocks).Run();
}

}  // namespace doorway
