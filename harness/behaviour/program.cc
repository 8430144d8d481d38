#include "harness/behaviour/program.h"

#include "harness/behaviour/machine.h"

namespace doorway {

Program::Program(Subject& subject, int forever_rounds, bool expand_updates)
    : machine_(new Machine(subject, forever_rounds, expand_updates)) {}
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
const std::vector<Location>& Program::locations() const { return machine_->locations(); }
std::uint64_t Program::native_runs() const { return machine_->native_runs(); }
void Program::Forked() { machine_->Forked(); }

}  // namespace doorway
