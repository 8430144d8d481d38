#include "harness/behaviour/program.h"

#include <absl/container/flat_hash_set.h>

#include <utility>

#include "harness/behaviour/machine.h"

namespace doorway {

Program::Program(Subject& subject, int forever_rounds, bool expand_updates, Mutations mutations)
    : machine_(new Machine(subject, forever_rounds, expand_updates, std::move(mutations))) {}
Program::~Program() = default;

int Program::threads() const { return machine_->threads(); }
bool Program::is_daemon(int thread) const {
  return thread < machine_->subject().threads() && machine_->subject().is_daemon(thread);
}
bool Program::NeverSpawned(int thread, const Node* node) {
  return machine_->is_spawned(thread) && node == machine_->Root(thread);
}
const Node* Program::Root(int thread) { return machine_->Root(thread); }
const Node* Program::Learn(const Node* node, int thread, Value seen, bool spurious) {
  return machine_->Learn(node, thread, seen, spurious);
}
void Program::ForEachOperation(int thread, const std::function<void(const Label&)>& visit) {
  std::vector<const Node*> open = {Root(thread)};
  absl::flat_hash_set<const Node*> seen = {open.front()};
  while (!open.empty()) {
    const Node* const node = open.back();
    open.pop_back();
    if (!EndsThread(node->label.op)) visit(node->label);
    for (const Node::Edge& edge : node->children) {
      if (seen.insert(edge.child).second) open.push_back(edge.child);
    }
  }
}
const std::vector<Location>& Program::locations() const { return machine_->locations(); }
std::uint64_t Program::native_runs() const { return machine_->native_runs(); }
void Program::Forked() { machine_->Forked(); }

}  // namespace doorway
