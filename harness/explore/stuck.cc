#include "harness/explore/stuck.h"

#include <string_view>

#include "harness/explore/awaits.h"
#include "harness/explore/look_ahead.h"

namespace doorway {

const Node kWaiting = [] {
  Node node;
  node.label.op = Op::kBlocked;
  return node;
}();

bool IsStuck(const WorkGraph& g, Program& program, ThreadId t) {
  const WorkGraph::Thread& thread = g.threads[t];
  const bool added = thread.node == &kWaiting;  // the read that waits is in the graph
  const Node* node = added ? g[thread.last].node : thread.node;
  const auto waits_for = [&](EventId w) {
    const Label& label = node->label;
    return label.transform != nullptr && Apply(label, Truncate(g[w].written, label.width)).action == Action::kBlock;
  };
  // Of a loop that nobody has declared, only the end of the iteration tells where it began.
  const Node* iteration = node;
  if (!added && Reads(node->label.op) && node->may_repeat) {
    const Value newest = g[g.places[node->label.location].mo_last].written;
    if (!waits_for(g.places[node->label.location].mo_last)) {
      iteration = program.Child(node, t, Truncate(newest, node->label.width), false);
      if (iteration->label.op != Op::kBlocked) return false;
    }
  }
  std::uint16_t start = iteration->iteration_start;
  if (added || (Reads(node->label.op) && waits_for(g.places[node->label.location].mo_last))) {
    start = static_cast<std::uint16_t>(added ? thread.count - 1
                                             : thread.count);  // in an await: nothing before is read again
  } else if (iteration->iteration_arbitrary) {
    return false;
  }
  for (EventId e = thread.last; e != kNoEvent && g[e].index >= start; e = g[e].po_prev) {
    if (g[e].Is(WorkEvent::kRead) && g[g[e].reads_from].mo_next != kNoEvent) return false;
  }
  if (!Reads(thread.node->label.op)) return true;
  // It waits in place: for something newer than the newest write, if it may have seen that one.
  const EventId newest = g.places[node->label.location].mo_last;
  if (!Blocks(program, node, t, Truncate(g[newest].written, node->label.width))) return false;
  for (const Tag& tag : g.tags) {
    if (tag.thread != t || tag.event != kNoEvent || tag.source == newest) continue;
    if (g[newest].Is(WorkEvent::kInit) || newest < tag.at || !OnChain(g, tag, newest)) return false;
  }
  return true;
}

std::string DescribeStuck(const Execution& execution) {
  std::string sentence;
  for (std::size_t t = 0; t < execution.threads.size(); ++t) {
    const ThreadState& thread = execution.threads[t];
    if (thread.end != ThreadEnd::kStuck || thread.daemon) continue;
    const Label& pending = *thread.pending;
    if (std::string_view(pending.verb) == "join" && pending.site.line == 0)
      continue;  // after() waits for those who wait
    if (!sentence.empty()) sentence += "; ";
    sentence += "thread " + std::to_string(t) + " waits for ever, in " + pending.verb;
    if (pending.location != kNoLocation) sentence += " of '" + (*execution.locations)[pending.location].name + "'";
    if (pending.site.line != 0)
      sentence += " at " + std::string(pending.site.file) + ":" + std::to_string(pending.site.line);
  }
  return sentence;
}

}  // namespace doorway
