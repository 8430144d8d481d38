// Loops of a model: spin and forever. Later iterations are taken to be like the first, so an iteration must leave
// nothing behind.

#include <string>
#include <vector>

#include "harness/behaviour/machine.h"

namespace doorway {
namespace {

// A copy that may cross the sanitizer's red zones: whole stack frames are compared.
#if defined(__GNUC__) || defined(__clang__)
__attribute__((no_sanitize("address")))
#endif
void CopyBytes(char* to, const volatile char* from, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) to[i] = from[i];
}

#if defined(__GNUC__) || defined(__clang__)
__attribute__((no_sanitize("address")))
#endif
bool SameBytes(const char* a, const volatile char* b, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) {
    if (a[i] != b[i]) return false;
  }
  return true;
}

}  // namespace

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
  }
  const bool again = iteration(closure);
  const char* saved = copies.back().data();
  const bool same = SameBytes(saved, stack, stack_size) && SameBytes(saved + stack_size, heap, heap_size);
  {
    Bookkeeping bookkeeping(*this);
    copies.pop_back();
  }
  if (again && !same) {
    Error(std::string("an iteration of ") + loop +
              " changed a local variable that outlives it; declare it inside the body, or make it a Sync::Var",
          site);
  }
  return again;
}

void Program::Machine::Spin(bool (*iteration)(void*), void* closure, Site site) {
  Lane& lane = this->lane();
  const Iteration outer = lane.iteration;
  std::uint32_t taken = 0;
  do {  // once, but for iterations in which an interrupt came
    lane.iteration = outer;
    OfferInterrupts(site);
    taken = lane.interrupts_taken;
    lane.iteration = Iteration{lane.operations, false, false};
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
  } while (lane.interrupts_taken != taken);
  Label blocked;
  blocked.op = Op::kBlocked;
  blocked.site = site;
  blocked.verb = "spin";
  Stop(blocked);
}

void Program::Machine::Forever(void (*iteration)(void*), void* closure, Site site) {
  if (in_before()) Error("forever in before()", site);
  if (lane().masked) Error("forever in an interrupt, which must come to its end", site);
  struct Call {
    void (*iteration)(void*);
    void* closure;
  } call{iteration, closure};
  for (int round = 0; round < forever_rounds_; ++round) {
    RunIteration(
        [](void* c) {
          static_cast<Call*>(c)->iteration(static_cast<Call*>(c)->closure);
          return true;
        },
        &call, "forever", site);
  }
  Label bounded;
  bounded.op = Op::kBounded;
  bounded.site = site;
  bounded.verb = "forever";
  Stop(bounded);
}

}  // namespace doorway
