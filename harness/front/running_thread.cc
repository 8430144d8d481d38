#include "harness/front/running_thread.h"

#include <algorithm>

#include "harness/behaviour/runtime.h"

namespace doorway::front {
namespace {

constexpr std::size_t kMaxStacks = 32;
std::array<RunningThread*, kMaxStacks> states{};  // by index of the running thread

RunningThread*& Current() { return states[static_cast<std::size_t>(runtime::Self())]; }

}  // namespace

RunningThread& Here() { return *Current(); }

ThreadScope::ThreadScope() { Current() = &state_; }
ThreadScope::~ThreadScope() = default;

bool RunningThread::MayFail(const void* object) const {
  return has_failed.back() == nullptr && std::find(has_failed.begin(), has_failed.end(), object) == has_failed.end();
}

void RunningThread::Failed(const void* object) {
  *std::find(has_failed.begin(), has_failed.end(), nullptr) = object;  // MayFail has made sure that there is room
}

std::intptr_t& RunningThread::Local(const void* variable) {
  for (Slot& slot : locals) {
    if (slot.variable != nullptr && slot.variable != variable) continue;
    slot.variable = variable;
    return slot.value;
  }
  runtime::Fail("more than 16 thread-local variables", 0, Site{});
}

}  // namespace doorway::front
