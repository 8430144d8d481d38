// Threads that wait for others: after() for all, a spawned one for its start, a join for an end. All by flags, which
// are locations like any other, so the explorers know nothing of it.

#include "harness/behaviour/machine.h"

namespace doorway {
namespace {

Outcome WaitForNonZero(Value read, const Operands&) { return {read != 0 ? Action::kRead : Action::kBlock, 0}; }

Label AwaitFlag(const char* verb, Site site) {
  Label label;
  label.op = Op::kLoad;
  label.order = label.failure_order = Order::kAcquire;
  label.width = 1;
  label.transform = &WaitForNonZero;
  label.verb = verb;
  label.site = site;
  return label;
}

}  // namespace

void Program::Machine::RegisterFlags() {
  const auto flag = [this](const void* address, const char* name, int thread) {
    runtime::Object object;
    object.address = address;
    object.width = 1;
    object.name = name;
    object.index = thread;
    Register(object);
  };
  for (int thread = 0; thread < thread_count_; ++thread) {
    if (is_spawned(thread)) flag(spawned_flag(thread), "spawned", thread);
    if (announces_end(thread)) flag(ended_flag(thread), "ended", thread);
  }
}

void Program::Machine::RunAfter() {
  for (int thread = 0; thread < subject_.threads(); ++thread) {
    if (!subject_.is_daemon(thread)) Join(thread, Site{});
  }
  subject_.After();
}

void Program::Machine::RunSpawned() {
  const runtime::Reply what = Perform(AwaitFlag("start", Site{}), spawned_flag(running_));
  const Closure closure = closures_[what.read - 1];
  closure.code(closure.operands);
}

int Program::Machine::Spawn(void (*code)(const Operands&), const Operands& operands, Site site) {
  PerformDelayed();
  Lane& lane = this->lane();
  if (in_before() || running_ >= subject_.threads()) Error("only thread() may spawn threads", site);
  if (lane.spawned == subject_.spawns()) {
    Error("a thread spawns more than " + std::to_string(subject_.spawns()) +
              " threads: say how many it may, `static constexpr int kSpawns` in the model",
          site);
  }
  const int thread = first_spawned_ + running_ * subject_.spawns() + lane.spawned++;
  Label start;
  start.op = Op::kStore;
  start.order = start.failure_order = Order::kRelease;
  start.width = 1;
  start.verb = "spawn";
  start.site = site;
  std::size_t id = 0;
  {
    Bookkeeping bookkeeping(*this);
    while (id < closures_.size() && (closures_[id].code != code || closures_[id].operands != operands)) ++id;
    if (id == closures_.size()) closures_.push_back({code, operands});
  }
  if (id >= 255) Error("more than 255 different things to run are spawned", site);
  start.operands = {id + 1};
  Perform(start, spawned_flag(thread));
  return thread;
}

void Program::Machine::Join(int thread, Site site) {
  if (thread < 0 || thread >= thread_count_ || !announces_end(thread))
    Error("join of a thread that was not spawned", site);
  PerformDelayed();
  Perform(AwaitFlag("join", site), ended_flag(thread));
}

}  // namespace doorway
