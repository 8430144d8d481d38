// Threads that wait for others: after() for all, a spawned one for its start, a join for an end. All by flags, which
// are locations like any other, so the explorers know nothing of it.

#include <algorithm>
#include <cstring>
#include <utility>

#include "harness/behaviour/machine.h"
#include "harness/behaviour/raw_memory.h"

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
  const Closure& closure = closures_[what.read - 1];
  const auto code = closure.code;
  const Operands operands = closure.operands;
  if (closure.inherits != nullptr && together_ == nullptr) private_->Become(*closure.inherits);
  code(operands);
}

int Program::Machine::Spawn(void (*code)(const Operands&), const Operands& operands, Site site) {
  PerformDelayed();
  Lane& lane = this->lane();
  if (in_before() || running_ >= subject_.threads())
    Error("a spawned thread, before() or after() spawns a thread: only the first ones may", site);
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
    Closure closure{code, operands, nullptr};
    if (subject_.spawned_inherit()) {
      private_->HeapHolds(running_, lane.heap_used);
      closure.inherits = std::make_shared<PrivateMemory::Image>(private_->Take());
      if (at_first_spawn_ == nullptr) {
        at_first_spawn_ = closure.inherits;
        const char* const frame = static_cast<const char*>(__builtin_frame_address(0));
        stack_at_first_spawn_.resize(static_cast<std::size_t>(arena_.stack_top(running_) - frame));
        CopyBytes(stack_at_first_spawn_.data(), frame, stack_at_first_spawn_.size());
      }
    }
    id = Keep(std::move(closure));
  }
  if (id >= 255) Error("more than 255 different things to run are spawned", site);
  start.operands = {id + 1};
  Perform(start, spawned_flag(thread));
  return thread;
}

bool Program::Machine::AtFirstSpawn(const char* address, std::size_t size, char* bytes) const {
  if (at_first_spawn_ == nullptr) return false;
  const char* const top = arena_.stack_top(0);
  const char* const frame = top - stack_at_first_spawn_.size();
  if (address >= frame && address + size <= top) {
    std::memcpy(bytes, stack_at_first_spawn_.data() + (address - frame), size);
    return true;
  }
  return private_->Find(*at_first_spawn_, address, size, bytes);
}

// Its index; the same for one that was kept before.
std::size_t Program::Machine::Keep(Closure closure) {
  const auto same = [&](const Closure& kept) {
    if (kept.code != closure.code || kept.operands != closure.operands) return false;
    return kept.inherits == closure.inherits || private_->Same(*kept.inherits, *closure.inherits);
  };
  const auto known = std::find_if(closures_.begin(), closures_.end(), same);
  const auto id = static_cast<std::size_t>(known - closures_.begin());
  if (known == closures_.end()) closures_.push_back(std::move(closure));
  return id;
}

void Program::Machine::Join(int thread, Site site) {
  if (thread < 0 || thread >= thread_count_ || !announces_end(thread))
    Error("join of a thread that was not spawned", site);
  PerformDelayed();
  Perform(AwaitFlag("join", site), ended_flag(thread));
}

}  // namespace doorway
