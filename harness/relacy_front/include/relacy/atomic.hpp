#pragma once

#include "base.hpp"
#include "context.hpp"
#include "harness/front/operations.h"
#include "harness/graph/value.h"
#include "memory_order.hpp"

// rl::atomic<T>, of scalars up to eight bytes: x.load(rl::memory_order_acquire), x($).load(), x($) = 1, ...
//
// It holds no data: it is its address. Memory ordering is what the caller says (RC11), seq_cst where it says nothing.
// A weak compare-exchange fails spuriously once at most in each thread and atomic.

namespace rl {

template <typename T>
struct atomic_add_type {
  typedef T type;
};
template <typename T>
struct atomic_add_type<T*> {
  typedef ptrdiff_t type;
};

template <typename T>
class generic_atomic {
  static_assert(doorway::Scalar<T>,
                "rl::atomic<T> and rl::var<T>: T must be trivially copyable, without padding, and of at most 8 bytes");

 public:
  generic_atomic(generic_atomic const&) = delete;
  generic_atomic& operator=(generic_atomic const&) = delete;

  T load(memory_order mo, debug_info_param info) const {
    if (mo == mo_release || mo == mo_acq_rel) front::unsupported("a load with a release order", info);
    return from(doorway::front::Load(object(), front::to_order(mo), front::to_site(info)));
  }

  void store(T value, memory_order mo, debug_info_param info) {
    if (mo == mo_acquire || mo == mo_consume || mo == mo_acq_rel) {
      front::unsupported("a store with an acquire order", info);
    }
    doorway::front::Store(object(), to(value), front::to_order(mo), front::to_site(info));
  }

  bool compare_exchange_weak(T& cmp, T xchg, memory_order mo, debug_info_param info) {
    return compare_exchange(true, cmp, xchg, mo, front::failure_order(mo), info);
  }
  bool compare_exchange_strong(T& cmp, T xchg, memory_order mo, debug_info_param info) {
    return compare_exchange(false, cmp, xchg, mo, front::failure_order(mo), info);
  }
  bool compare_exchange_weak(T& cmp, T xchg, memory_order mo, debug_info_param info, memory_order failure_mo,
                             debug_info_param) {
    return compare_exchange(true, cmp, xchg, mo, failure_mo, info);
  }
  bool compare_exchange_strong(T& cmp, T xchg, memory_order mo, debug_info_param info, memory_order failure_mo,
                               debug_info_param) {
    return compare_exchange(false, cmp, xchg, mo, failure_mo, info);
  }

  T exchange(T xchg, memory_order mo, debug_info_param info) {
    return update(doorway::front::Rmw::kExchange, to(xchg), mo, info);
  }
  T fetch_add(typename atomic_add_type<T>::type value, memory_order mo, debug_info_param info) {
    return update(doorway::front::Rmw::kAdd, distance(value), mo, info);
  }
  T fetch_sub(typename atomic_add_type<T>::type value, memory_order mo, debug_info_param info) {
    return update(doorway::front::Rmw::kSub, distance(value), mo, info);
  }
  T fetch_and(T value, memory_order mo, debug_info_param info) {
    return update(doorway::front::Rmw::kAnd, to(value), mo, info);
  }
  T fetch_or(T value, memory_order mo, debug_info_param info) {
    return update(doorway::front::Rmw::kOr, to(value), mo, info);
  }
  T fetch_xor(T value, memory_order mo, debug_info_param info) {
    return update(doorway::front::Rmw::kXor, to(value), mo, info);
  }

  bool compare_exchange(bool weak, T& cmp, T xchg, memory_order mo, memory_order failure_mo, debug_info_param info) {
    doorway::Value expected = to(cmp);
    const bool done = doorway::front::CompareExchange(object(), &expected, to(xchg), front::to_order(mo),
                                                      front::to_order(failure_mo), weak, front::to_site(info));
    if (!done) cmp = from(expected);
    return done;
  }

  // Where a futex's waiters are (stdlib/pthread.hpp).
  void const* futex_queue() const { return bytes_ + 8; }

 protected:
  explicit generic_atomic(doorway::Site site) {
    doorway::front::BeginAtomic(object(), false, 0, std::is_signed_v<T>, site);
  }
  generic_atomic(T value, doorway::Site site) {
    doorway::front::BeginAtomic(object(), true, to(value), std::is_signed_v<T>, site);
  }
  ~generic_atomic() { doorway::front::End(object(), doorway::Site{}); }

 private:
  static doorway::Value to(T value) { return doorway::ToValue<T>(value); }
  static T from(doorway::Value bits) { return doorway::FromValue<T>(bits); }
  doorway::front::Object object() const { return {this, sizeof(T)}; }

  static doorway::Value distance(typename atomic_add_type<T>::type value) {
    if constexpr (std::is_pointer_v<T>) {
      using pointee = std::remove_pointer_t<T>;
      if constexpr (std::is_void_v<pointee>) {
        return static_cast<doorway::Value>(value);
      } else {
        return static_cast<doorway::Value>(value) * sizeof(pointee);
      }
    } else {
      static_assert(std::is_integral_v<T> || std::is_enum_v<T>, "fetch_add and fetch_sub need an integer or a pointer");
      return static_cast<doorway::Value>(value);
    }
  }

  T update(doorway::front::Rmw rmw, doorway::Value operand, memory_order mo, debug_info_param info) {
    return from(doorway::front::Update(object(), rmw, operand, front::to_order(mo), front::to_site(info)));
  }

  static constexpr size_t bytes = std::is_same_v<T, int> ? 16 : 8;  // futexes are atomic<int>
  alignas(8) unsigned char bytes_[bytes];                          // never touched
};

template <typename T>
class atomic;

template <typename T>
class atomic_proxy_const {
 public:
  atomic_proxy_const(atomic<T> const& var, debug_info_param info) : var_(const_cast<atomic<T>&>(var)), info_(info) {}
  T load(memory_order mo = mo_seq_cst) const { return var_.load(mo, info_); }
  operator T() const { return load(); }
  T operator->() const { return load(); }

 protected:
  atomic<T>& var_;
  debug_info info_;
};

// x($): an operation on x takes its place in the source from it.
template <typename T>
class atomic_proxy : public atomic_proxy_const<T> {
 public:
  typedef typename atomic_add_type<T>::type add_type;

  atomic_proxy(atomic<T>& var, debug_info_param info) : atomic_proxy_const<T>(var, info) {}

  void store(T value, memory_order mo = mo_seq_cst) { this->var_.store(value, mo, this->info_); }
  bool compare_exchange_weak(T& cmp, T xchg, memory_order mo = mo_seq_cst) {
    return this->var_.compare_exchange_weak(cmp, xchg, mo, this->info_);
  }
  bool compare_exchange_weak(T& cmp, T xchg, memory_order mo, memory_order failure_mo) {
    return this->var_.compare_exchange(true, cmp, xchg, mo, failure_mo, this->info_);
  }
  bool compare_exchange_strong(T& cmp, T xchg, memory_order mo = mo_seq_cst) {
    return this->var_.compare_exchange_strong(cmp, xchg, mo, this->info_);
  }
  bool compare_exchange_strong(T& cmp, T xchg, memory_order mo, memory_order failure_mo) {
    return this->var_.compare_exchange(false, cmp, xchg, mo, failure_mo, this->info_);
  }
  T exchange(T xchg, memory_order mo = mo_seq_cst) { return this->var_.exchange(xchg, mo, this->info_); }
  T fetch_add(add_type value, memory_order mo = mo_seq_cst) { return this->var_.fetch_add(value, mo, this->info_); }
  T fetch_sub(add_type value, memory_order mo = mo_seq_cst) { return this->var_.fetch_sub(value, mo, this->info_); }
  T fetch_and(T value, memory_order mo = mo_seq_cst) { return this->var_.fetch_and(value, mo, this->info_); }
  T fetch_or(T value, memory_order mo = mo_seq_cst) { return this->var_.fetch_or(value, mo, this->info_); }
  T fetch_xor(T value, memory_order mo = mo_seq_cst) { return this->var_.fetch_xor(value, mo, this->info_); }

  T operator=(T value) {
    store(value);
    return value;
  }
  T operator++(int) { return fetch_add(1); }
  T operator--(int) { return fetch_sub(1); }
  T operator++() { return fetch_add(1) + 1; }
  T operator--() { return fetch_sub(1) - 1; }
  T operator+=(add_type value) { return fetch_add(value) + value; }
  T operator-=(add_type value) { return fetch_sub(value) - value; }
  T operator&=(T value) { return fetch_and(value) & value; }
  T operator|=(T value) { return fetch_or(value) | value; }
  T operator^=(T value) { return fetch_xor(value) ^ value; }
};

template <typename T>
class atomic : public generic_atomic<T> {
 public:
  // Without a value: reading it before a store is test_result_unitialized_access.
  atomic(doorway::Site site = doorway::Site::Here()) : generic_atomic<T>(site) {}
  atomic(T value, doorway::Site site = doorway::Site::Here()) : generic_atomic<T>(value, site) {}

  atomic_proxy_const<T> operator()(debug_info_param info) const { return atomic_proxy_const<T>(*this, info); }
  atomic_proxy<T> operator()(debug_info_param info) { return atomic_proxy<T>(*this, info); }

  bool is_lock_free() const { return true; }

  template <typename U = T>
  U debug_value() const {
    static_assert(sizeof(U) == 0, "Doorway's Relacy front: rl::atomic::debug_value() is not supported; load in after()");
  }
};

typedef atomic<bool> atomic_bool;
typedef atomic<void*> atomic_address;
typedef atomic<char> atomic_char;
typedef atomic<signed char> atomic_schar;
typedef atomic<unsigned char> atomic_uchar;
typedef atomic<short> atomic_short;
typedef atomic<unsigned short> atomic_ushort;
typedef atomic<int> atomic_int;
typedef atomic<unsigned int> atomic_uint;
typedef atomic<long> atomic_long;
typedef atomic<unsigned long> atomic_ulong;
typedef atomic<long long> atomic_llong;
typedef atomic<unsigned long long> atomic_ullong;
typedef atomic<wchar_t> atomic_wchar_t;
typedef atomic<intptr_t> atomic_intptr_t;
typedef atomic<uintptr_t> atomic_uintptr_t;
typedef atomic<size_t> atomic_size_t;
typedef atomic<ptrdiff_t> atomic_ptrdiff_t;

}  // namespace rl
