// Loops of a model: spin and forever. Later iterations are taken to be like the first, so an iteration must leave
// nothing behind.

#include <string>
#include <vector>

#include "harness/behaviour/machine.h"
#include "harness/behaviour/raw_memory.h"

namespace doorway {
// Runs one iteration and makes sure that it left nothing behind in locals of its surroundings or on
// the heap: later iterations are taken to be like the first.
__attribute__((noinline)) bool Program::Machine::RunIteration(bool (*iteration)(void*), void* closure, const char* loop,
                                                              Site site) {
  const char* stack = static_cast<const char*>(__builtin_frame_address(0));
  const auto stack_size = static_cast<std::size_t>(arena_.stack_top(running_) - stack);
  const char* heap = arena_.heap(running_);
  const std::size_t heap_size = in_before() ? 0 : lane().heap_used;
  // The copy is the lane's: this run may be forgotten inside of the iteration.
  std::vector<std::string>& copies = lane().copies;
  {
    Bookkeeping bookkeeping(*this);
    copies.emplace_back(stack_size + heap_size, '\0');
    CopyBytes(copies.back().data(), stack, stack_size);
    CopyBytes(copies.back().data() + stack_size, heap, heap_size);
    if (endless()) {
      lane().loops.push_back({nullptr, static_cast<std::uint16_t>(lane().notes.size()),
                              SnapshotOf().Add(copies.back().data(), copies.back().size()).Take(),
                              lane().iteration.start != Node::kNotSpinning});
    }
  }
  const bool again = iteration(closure);
  PerformDelayed();
  const char* saved = copies.back().data();
  const bool same = SameBytes(saved, stack, stack_size) && SameBytes(saved + stack_size, heap, heap_size);
  {
    Bookkeeping bookkeeping(*this);
    copies.pop_back();
    if (endless() && !again) lane().loops.pop_back();
  }
  if (again && !same) {
    Error(std::string("an iteration of ") + loop +
              " changed a local variable that outlives it; declare it inside the body, or make it a Sync::Var",
          site);
  }
  return again;
}

void Program::Machine::Spin(bool (*iteration)(void*), void* closure, Site site) {
  PerformDelayed();
  Lane& lane = this->lane();
  const Iteration outer = lane.iteration;
  for (;;) {  // once, but for iterations in which an interrupt came
    lane.iteration = outer;
    OfferInterrupts(site);
    const std::uint32_t taken = lane.interrupts_taken;
    // Where a thread stands in endless loops does not depend on how many operations it has done.
    lane.iteration = Iteration{endless() ? std::uint16_t{0} : lane.operations, false, false};
    if (!RunIteration(iteration, closure, "a spin", site)) {
      const bool arbitrary = lane.iteration.arbitrary;
      const bool wrote = lane.iteration.wrote;
      lane.iteration = outer;
      lane.iteration.arbitrary |= arbitrary;
      lane.iteration.wrote |= wrote;
      return;
    }
    if (in_before()) Error("before() spins for a value that nobody will write", site);
    if (lane.iteration.wrote) {
      Error(
          "an iteration of a spin wrote to shared memory and asked for another one: an unsuccessful iteration must "
          "have no side effect; use an await, or end the loop when the write succeeds",
          site);
    }
    if (lane.interrupts_taken == taken) break;
    if (endless()) lane.loops.pop_back();
  }
  Label blocked;
  blocked.op = Op::kBlocked;
  blocked.site = site;
  blocked.verb = "spin";
  Stop(blocked);  // in endless loops, Make() tells where the thread goes on
}

void Program::Machine::Forever(void (*iteration)(void*), void* closure, Site site) {
  if (in_before()) Error("forever in before()", site);
  PerformDelayed();
  if (lane().masked) Error("forever in an interrupt, which must come to its end", site);
  struct Call {
    void (*iteration)(void*);
    void* closure;
  } call{iteration, closure};
  const auto run = [](void* c) {
    static_cast<Call*>(c)->iteration(static_cast<Call*>(c)->closure);
    return true;
  };
  if (endless()) {
    for (;;) {  // once, but for iterations in which an interrupt came
      const std::uint32_t taken = lane().interrupts_taken;
      RunIteration(run, &call, "forever", site);
      if (lane().loops.back().first == nullptr) Error("an iteration of forever without an operation", site);
      if (lane().interrupts_taken == taken) break;
      lane().loops.pop_back();
    }
    Label repeat;
    repeat.op = Op::kRepeat;
    repeat.site = site;
    repeat.verb = "forever";
    Stop(repeat);
  }
  for (int round = 0; round < forever_rounds_; ++round) RunIteration(run, &call, "forever", site);
  Label bounded;
  bounded.op = Op::kBounded;
  bounded.site = site;
  bounded.verb = "forever";
  Stop(bounded);
}

// `first` is the next operation: of each loop whose iteration has just begun it is the first.
void Program::Machine::Began(Lane& lane, const Node* first) {
  for (auto loop = lane.loops.rbegin(); loop != lane.loops.rend() && loop->first == nullptr; ++loop)
    loop->first = first;
}

// The fingerprint of all that the thread will ever know of its past, now that it offers an operation or has ended: the
// operation with the notes before it; unless it has ended, its stack and heap; the loops that it is in.
Snapshot Program::Machine::Standing(const Lane& lane) {
  SnapshotOf of;
  const Label& label = lane.offered;
  const auto add = [&of](auto value) { of.Add(static_cast<std::uint64_t>(value)); };
  add(running_);
  add(label.op);
  add(label.location);
  of.Add(label.site.file).Add(label.verb);
  add(label.site.line);
  of.Add(reinterpret_cast<const void*>(label.transform)).Add(label.operands.data(), sizeof(label.operands));
  for (const NoteRecord& note : lane.notes) {
    of.Add(note.kind.name.data(), note.kind.name.size());
    for (const std::uint64_t part : {static_cast<std::uint64_t>(note.is_tag), static_cast<std::uint64_t>(note.subject),
                                     note.argument, static_cast<std::uint64_t>(note.site.line)}) {
      of.Add(part);
    }
  }
  for (const Loop& loop : lane.loops) {
    of.Add(static_cast<const void*>(loop.first)).Add(loop.entry);
    add(loop.notes_before);
    add(loop.spins);
  }
  if (EndsThread(label.op)) return of.Take();
  // Where nobody declares loops, frames of the machine, which count on, must not tell rounds apart.
  const char* stack = private_ && lane.own_stack != nullptr ? lane.own_stack : lane.fiber.stack_pointer();
  const auto stack_size = static_cast<std::size_t>(arena_.stack_top(running_) - stack);
  memory_.resize(stack_size);
  CopyBytes(memory_.data(), stack, stack_size);
  of.Add(memory_.data(), stack_size).Add(arena_.heap(running_), lane.heap_used);
  if (private_) private_->AddTo(&of);
  add(lane.spawned);
  add(lane.interrupts_taken);
  add(lane.masked);
  add(lane.iteration.start);
  add(lane.iteration.arbitrary);
  add(lane.iteration.wrote);
  return of.Take();
}

}  // namespace doorway
