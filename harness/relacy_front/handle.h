#pragma once

#include <cstdint>

#include "relacy/dyn_thread.hpp"

// A HANDLE or pthread_t: the address of an object, or a thread's index, and in the lowest bits what it is.

namespace rl::front {

enum class Kind : std::uintptr_t { kNone, kSemaphore, kEvent, kMutex, kThread };

inline constexpr std::uintptr_t kKindBits = 15;

inline win_object* make_handle(Kind kind, std::uintptr_t address) {
  return reinterpret_cast<win_object*>(address | static_cast<std::uintptr_t>(kind));
}
inline Kind kind_of(win_object* handle) {
  return static_cast<Kind>(reinterpret_cast<std::uintptr_t>(handle) & kKindBits);
}
inline void* object_of(win_object* handle) {
  return reinterpret_cast<void*>(reinterpret_cast<std::uintptr_t>(handle) & ~kKindBits);
}

// Starts a thread that runs fn(param).
win_object* start_win32_thread(unsigned long (*fn)(void*), void* param, debug_info_param info);
win_object* start_crt_thread(unsigned (*fn)(void*), void* param, debug_info_param info);

}  // namespace rl::front
