#include "harness/relacy_front/history.h"

#include <cstdint>

#include "harness/front/steps.h"

namespace rl::front {

namespace {

using doorway::Event;
using doorway::EventKind;
using doorway::Execution;
using doorway::Label;
using doorway::Value;

void print_value(const Execution& execution, const Event& event, Value value, std::ostream& out) {
  const doorway::Location& location = (*execution.locations)[event.location];
  if (!location.is_signed || location.width > 8) {
    out << value;
    return;
  }
  const int unused = 64 - 8 * location.width;
  out << (static_cast<std::int64_t>(value << unused) >> unused);
}

void print_site(const Label& label, std::ostream& out) {
  if (label.site.line != 0) out << ", in " << label.site.file << ":" << label.site.line;
}

void print_step(const Execution& execution, const Event& event, bool stale, std::ostream& out) {
  const Label& label = *event.label;
  if (event.location != doorway::kNoLocation) out << "<" << (*execution.locations)[event.location].name << "> ";
  out << label.verb;
  if (event.order != doorway::Order::kPlain) out << ", " << Name(event.order);
  if (event.kind == EventKind::kChoice) out << " " << event.read << " of " << label.operands[0];
  if (event.kind == EventKind::kRead) {
    out << ", value=";
    print_value(execution, event, event.read, out);
  }
  if (event.kind == EventKind::kWrite && !event.destroyed) {
    out << ", value=";
    print_value(execution, event, event.written, out);
  }
  if (event.kind == EventKind::kUpdate) {
    out << ", prev=";
    print_value(execution, event, event.read, out);
    out << ", new=";
    print_value(execution, event, event.written, out);
  }
  if (event.spurious) out << " [SPURIOUSLY FAILED]";
  if (stale) out << " [NOT CURRENT]";
  print_site(label, out);
  out << "\n";
}

void print_ends(const Execution& execution, std::ostream& out) {
  for (std::size_t t = 0; t < execution.threads.size(); ++t) {
    const doorway::ThreadState& thread = execution.threads[t];
    const Label& label = *thread.pending;
    const bool failed = label.op == doorway::Op::kFailed;
    const bool waits = thread.end == doorway::ThreadEnd::kBlocked || thread.end == doorway::ThreadEnd::kStuck;
    if (!failed && !waits) continue;
    out << "thread " << t << (failed ? ": " : " waits: ") << label.verb;
    if (label.location != doorway::kNoLocation) out << " <" << (*execution.locations)[label.location].name << ">";
    print_site(label, out);
    out << "\n";
  }
}

}  // namespace

void print_history(const Execution& execution, std::ostream& out) {
  int step = 0;
  doorway::front::ForEachStep(execution, [&](const Event& event, bool stale) {
    out << "[" << step++ << "] " << event.thread << ": ";
    print_step(execution, event, stale, out);
  });
  print_ends(execution, out);
  out << "\n";
}

}  // namespace rl::front
