// All threads of a program together, and code that runs beside them (rerun.h).

#include "harness/behaviour/machine.h"
#include "harness/behaviour/rerun.h"

namespace doorway {

Program::Machine::Cell& Program::Machine::CellOf(LocationId location) {
  Bookkeeping bookkeeping(*this);
  std::vector<Cell>& cells = together_->cells;
  while (cells.size() <= location) {
    const Location& of = locations_[cells.size()];
    cells.push_back({of.initial, of.initialised, false});
  }
  return cells[location];
}

// The end of each other thread is behind the code that runs alone, so it finds the newest values.
runtime::Reply Program::Machine::PerformAlone(const Label& label) {
  if (label.op == Op::kFence) return {};
  if (label.op == Op::kChoose) {
    Error("a choice in after() or invariant(), which run once in each interleaving; choose in a thread", label.site);
  }
  Cell& cell = CellOf(label.location);
  if (cell.destroyed && !label.construct) {
    Fail("uses an object whose life has ended", label.site, runtime::kFoundFreed);
  }
  const auto write = [&](Value value, bool initialised) {
    if (!together_->writes) Error("a write in invariant(), which only looks", label.site);
    cell = {value, initialised, label.destroy};
  };
  if (label.op == Op::kStore) {
    write(label.operands[0], !label.construct || label.operands[1] == 0);
    return {};
  }
  if (!cell.initialised) Fail("reads what has no value yet", label.site, runtime::kFoundUninitialised);
  const Outcome outcome = Apply(label, cell.value);
  const Value read = Truncate(cell.value, label.width);
  if (outcome.action == Action::kBlock) Fail("waits for ever", label.site, runtime::kFoundNoEnd);
  if (outcome.action == Action::kWrite) write(outcome.written, true);
  return {Seen(label, read), false};
}

void Program::Machine::Freed(void* memory) {
  subject_.WillFree(memory);
  if (!has_plain_state() || (!in_before() && together_ == nullptr)) return;
  bool known = false;
  {
    Bookkeeping bookkeeping(*this);
    known = allocated_.erase(memory) > 0;
  }
  if (!known) Fail("frees memory that is not allocated", last_site_, runtime::kFreedTwice);
}

Rerun::Rerun(Program& program) : machine_(*program.machine_) {
  machine_.together_ = new Program::Machine::Together;
  machine_.allocated_ = machine_.allocated_before_;
  machine_.private_->EnterAnew(PrivateMemory::kTogether);
  for (Program::Machine::Lane& lane : machine_.lanes_) lane.standing_at = nullptr;
}

// What RunAlone has allocated lies above what is copied for each view.
Rerun::~Rerun() {
  Program::Machine::Lane& before = machine_.lanes_[Program::Machine::kBeforeLane];
  machine_.private_->ClearAbove(before.heap_used);
  before.heap_used = machine_.private_->shared_bytes();
  delete machine_.together_;
  machine_.together_ = nullptr;
}

bool Rerun::begun(int thread) const { return machine_.together_->begun[static_cast<std::size_t>(thread)]; }

const Label& Rerun::standing(int thread) const { return machine_.lanes_[static_cast<std::size_t>(thread)].offered; }

void Rerun::Begin(int thread) {
  machine_.together_->begun[static_cast<std::size_t>(thread)] = true;
  machine_.running_ = thread;
  Program::Machine::Lane& lane = machine_.lane();
  lane.path.clear();
  machine_.Restart(lane);
  machine_.Resume(lane);
}

void Rerun::Step(int thread, Value read, bool spurious) {
  machine_.running_ = thread;
  Program::Machine::Lane& lane = machine_.lane();
  const Label& label = lane.offered;
  if (label.location != kNoLocation) {
    Program::Machine::Cell& cell = machine_.CellOf(label.location);
    if (label.op == Op::kStore) {
      cell = {Truncate(label.operands[0], label.width), !label.construct || label.operands[1] == 0, label.destroy};
    } else if (label.op == Op::kUpdate && !spurious) {
      const Outcome outcome = Apply(label, read);
      if (outcome.action == Action::kWrite) cell = {outcome.written, true, false};
    }
  }
  lane.answer = {label.op == Op::kChoose ? read : Seen(label, read), spurious};
  machine_.Resume(lane);
}

Rerun::Ended Rerun::RunAlone(const std::function<void()>& code, bool writes) {
  machine_.together_->alone = &code;
  machine_.together_->writes = writes;
  machine_.running_ = Program::Machine::kBeforeLane;
  Program::Machine::Lane& lane = machine_.lane();
  machine_.Restart(lane);
  machine_.Resume(lane);
  const Label& label = lane.offered;
  return {label.op, label.verb, label.operands[0], label.site};
}

void Rerun::SetNewest(LocationId location, Value value) { machine_.CellOf(location).value = value; }

std::size_t Rerun::allocated() const { return machine_.allocated_.size(); }

std::uint64_t Rerun::Fingerprint() const {
  SnapshotOf of;
  machine_.private_->AddTo(&of);
  return of.Take().low;
}

}  // namespace doorway
