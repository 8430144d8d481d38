#pragma once

#include "base.hpp"
#include "context.hpp"

// rl::thread_local_var<T>, TLS_T(T): each thread's own value, zero at first. No operation of the checker: nobody else
// sees it.

namespace rl {

namespace front {
intptr_t& thread_local_value(void const* variable);
}  // namespace front

template <typename T>
class thread_local_var;

template <typename T>
class thread_local_proxy {
 public:
  thread_local_proxy(thread_local_var<T>& var, debug_info_param info) : var_(var), info_(info) {}
  thread_local_proxy(thread_local_proxy const&) = default;
  operator T() const { return var_.get(info_); }
  T operator->() const { return var_.get(info_); }
  thread_local_proxy operator=(T value) {
    var_.set(value, info_);
    return *this;
  }

 private:
  thread_local_var<T>& var_;
  debug_info info_;
};

template <typename T>
class thread_local_var : nocopy<> {
  static_assert(sizeof(T) <= sizeof(intptr_t), "rl::thread_local_var<T>: T must be a pointer, or an integer as wide at most");

 public:
  thread_local_proxy<T> operator()(debug_info_param info) { return thread_local_proxy<T>(*this, info); }
  void set(T value, debug_info_param) { front::thread_local_value(this) = (intptr_t)value; }
  T get(debug_info_param) { return (T)front::thread_local_value(this); }

 private:
  char address_ = 0;  // that there is one
};

unsigned long rl_TlsAlloc(debug_info_param info);
void rl_TlsFree(unsigned long slot, debug_info_param info);
void* rl_TlsGetValue(unsigned long slot, debug_info_param info);
int rl_TlsSetValue(unsigned long slot, void* value, debug_info_param info);

#define TlsAlloc() ::rl::rl_TlsAlloc($)
#define TlsFree(slot) ::rl::rl_TlsFree((slot), $)
#define TlsGetValue(slot) ::rl::rl_TlsGetValue((slot), $)
#define TlsSetValue(slot, value) ::rl::rl_TlsSetValue((slot), (value), $)

}  // namespace rl
