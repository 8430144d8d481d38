// Loops that nobody has declared (subject.h, has_plain_state): a thread that stands at the very operation at which it
// stood before, with the same stack and the same memory, does again what it did then. If it has written nothing
// meanwhile, it waits for another value, as if in an iteration of a spin that did not succeed. If it has, it may go on
// so a few rounds, and is then cut short.

#include "harness/behaviour/machine.h"

namespace doorway {
namespace {

// `seen`: as the code was told. Where a view hides whether the operation wrote, it may have.
bool Wrote(const Label& label, Value seen, bool spurious) {
  if (label.op == Op::kStore) return true;
  if (label.op != Op::kUpdate || spurious) return false;
  if (label.view == nullptr) return Apply(label, seen).action == Action::kWrite;
  return !label.view_tells_write || seen == 0;
}

}  // namespace

// The lane's run stands where `parent`, having read `read`, leads to.
void Program::Machine::FindRepeat(Lane& lane, const Node* parent, Value read, bool spurious) {
  if (EndsThread(lane.offered.op) || lane.iteration.start != Node::kNotSpinning) return;
  const Snapshot here = Standing(lane);
  bool wrote = false;
  bool arbitrary = false;
  int rounds = 0;
  for (const Node* node = parent; node != nullptr; node = node->parent) {
    wrote = wrote || Wrote(node->label, read, spurious);
    arbitrary = arbitrary || spurious || node->label.op == Op::kChoose;
    read = node->from_parent.read;
    spurious = node->from_parent.spurious;
    const auto stood = standings_.find(node);
    if (stood == standings_.end() || stood->second != here) continue;
    if (wrote && ++rounds < forever_rounds_) continue;
    Label end;
    end.op = wrote ? Op::kBounded : Op::kBlocked;
    end.site = lane.offered.site;
    end.verb = "loop";
    lane.offered = end;
    lane.iteration = Iteration{node->depth, arbitrary, false};
    return;
  }
}

}  // namespace doorway
