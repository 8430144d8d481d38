#pragma once

#include "base.hpp"

// new, delete, malloc and free, as a test's code means them: each thread has a heap of its own, at the same addresses in
// every run. What is still allocated after after() and the test's destructor is a memory leak. Freed memory is not used
// again in the same execution.

namespace rl {

void* rl_malloc(size_t size, debug_info_param info);
void* rl_calloc(size_t size, size_t count, debug_info_param info);
void* rl_realloc(void* p, size_t size, debug_info_param info);
void rl_free(void* p, debug_info_param info);

// `new T` is `new_proxy($) % new T`, `delete p` is `delete_proxy($), delete p`.
struct new_proxy {
  explicit new_proxy(debug_info_param) {}
  template <typename T>
  T* operator%(T* p) const {
    return p;
  }
};
struct delete_proxy {
  explicit delete_proxy(debug_info_param) {}
};

}  // namespace rl

#define RL_NEW_PROXY ::rl::new_proxy($) % new
#define RL_DELETE_PROXY ::rl::delete_proxy($), delete
