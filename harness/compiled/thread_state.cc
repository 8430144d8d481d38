#include "harness/compiled/thread_state.h"

#include <algorithm>

#include "harness/behaviour/runtime.h"
#include "harness/compiled/sources.h"

namespace doorway::compiled {
namespace {

constexpr std::size_t kMaxStacks = 32;
std::array<ThreadState*, kMaxStacks> states{};  // by index of the running thread

}  // namespace

ThreadState* Running() {
  if (!runtime::InModelCode()) return nullptr;
  ThreadState* const state = states[static_cast<std::size_t>(runtime::Self())];
  return state == nullptr || state->busy ? nullptr : state;
}

ThreadStateScope::ThreadStateScope() { states[static_cast<std::size_t>(runtime::Self())] = &state_; }

ThreadStateScope::~ThreadStateScope() { ForgetState(runtime::Self()); }

void ForgetState(int thread) { states[static_cast<std::size_t>(thread)] = nullptr; }

void ForgetStates() { states.fill(nullptr); }

Site SiteOf(const ThreadState& thread, const void* return_address) {
  const runtime::AsideFromModel aside;
  const CodePlace* place = &PlaceOf(return_address);
  for (std::size_t i = std::min(thread.depth, ThreadState::kCalls); i > 0 && place->is_library; --i) {
    place = &PlaceOf(thread.calls[i - 1]);
  }
  return place->is_library ? PlaceOf(return_address).site : place->site;
}

}  // namespace doorway::compiled
