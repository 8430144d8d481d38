// Threads that threads start.

#include "harness/behaviour/runtime.h"
#include "harness/front/running_thread.h"
#include "harness/relacy_front/handle.h"
#include "relacy/context.hpp"
#include "relacy/dyn_thread.hpp"

namespace rl::front {

namespace {

template <typename fn_t>
void run(const doorway::Operands& operands) {
  const doorway::front::ThreadScope scope;
  reinterpret_cast<fn_t>(operands[0])(reinterpret_cast<void*>(operands[1]));
}

template <typename fn_t>
win_object* start(fn_t fn, void* arg, debug_info_param info) {
  const doorway::Operands operands{reinterpret_cast<doorway::Value>(fn), reinterpret_cast<doorway::Value>(arg)};
  const int thread = doorway::runtime::Spawn(&run<fn_t>, operands, to_site(info));
  return make_handle(Kind::kThread, static_cast<std::uintptr_t>(thread + 1) << 4);
}

}  // namespace

win_object* start_thread(void* (*fn)(void*), void* arg, debug_info_param info) { return start(fn, arg, info); }
win_object* start_win32_thread(unsigned long (*fn)(void*), void* param, debug_info_param info) {
  return start(fn, param, info);
}
win_object* start_crt_thread(unsigned (*fn)(void*), void* param, debug_info_param info) {
  return start(fn, param, info);
}

void join_thread(win_object* thread, debug_info_param info) {
  if (kind_of(thread) != Kind::kThread) unsupported("a join of what is no thread's handle", info);
  doorway::runtime::Join(static_cast<int>(reinterpret_cast<std::uintptr_t>(thread) >> 4) - 1, to_site(info));
}

}  // namespace rl::front
