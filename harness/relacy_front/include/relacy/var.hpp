#pragma once

#include "atomic.hpp"
#include "base.hpp"
#include "harness/front/operations.h"
#include "harness/graph/value.h"

// rl::var<T>: plain data that threads share. Two accesses, one a write, that happens-before does not order are a data
// race. VAR_T(int) x; VAR(x) = 1; x($) += 1;

namespace rl {

template <typename T>
class var;

template <typename T>
class var_proxy_const {
 public:
  var_proxy_const(var<T> const& v, debug_info_param info) : var_(const_cast<var<T>&>(v)), info_(info) {}
  var_proxy_const(var_proxy_const const&) = default;
  T load() const { return var_.load(info_); }
  operator T() const { return load(); }
  T operator->() const { return load(); }

 protected:
  var<T>& var_;
  debug_info info_;
};

template <typename T>
class var_proxy : public var_proxy_const<T> {
 public:
  typedef typename atomic_add_type<T>::type add_type;

  var_proxy(var<T>& v, debug_info_param info) : var_proxy_const<T>(v, info) {}
  var_proxy(var_proxy const&) = default;

  void store(T value) { this->var_.store(value, this->info_); }

  template <typename Y>
  T operator=(var_proxy_const<Y> const& v) {
    return set(static_cast<T>(v.load()));
  }
  T operator=(var_proxy<T> const& v) { return set(v.load()); }
  T operator=(T value) { return set(value); }

  T operator++(int) {
    T const old = this->load();
    T now = old;
    set(++now);
    return old;
  }
  T operator--(int) {
    T const old = this->load();
    T now = old;
    set(--now);
    return old;
  }
  T operator++() {
    T now = this->load();
    return set(++now);
  }
  T operator--() {
    T now = this->load();
    return set(--now);
  }
  T operator+=(add_type value) { return set(static_cast<T>(this->load() + value)); }
  T operator-=(add_type value) { return set(static_cast<T>(this->load() - value)); }
  T operator&=(T value) { return set(static_cast<T>(this->load() & value)); }
  T operator|=(T value) { return set(static_cast<T>(this->load() | value)); }
  T operator^=(T value) { return set(static_cast<T>(this->load() ^ value)); }

 private:
  T set(T value) {
    store(value);
    return value;
  }
};

template <typename T>
class var {
  static_assert(doorway::Scalar<T>,
                "rl::var<T>: T must be trivially copyable, without padding, and of at most 8 bytes; make a struct of vars");

 public:
  // Without a value: reading it before a write is test_result_unitialized_access.
  var(doorway::Site site = doorway::Site::Here()) {
    doorway::front::BeginPlain(object(), false, 0, std::is_signed_v<T>, site);
  }
  var(T value, doorway::Site site = doorway::Site::Here()) { begin(value, site); }
  var(var const& other) { begin(other.load(RL_INFO), doorway::Site::Here()); }
  ~var() { doorway::front::End(object(), doorway::Site{}); }

  var_proxy_const<T> operator()(debug_info_param info) const { return var_proxy_const<T>(*this, info); }
  var_proxy<T> operator()(debug_info_param info) { return var_proxy<T>(*this, info); }

 private:
  friend class var_proxy<T>;
  friend class var_proxy_const<T>;
  var& operator=(var const&) = delete;

  doorway::front::Object object() const { return {this, sizeof(T)}; }
  void begin(T value, doorway::Site site) {
    doorway::front::BeginPlain(object(), true, doorway::ToValue<T>(value), std::is_signed_v<T>, site);
  }
  T load(debug_info_param info) const {
    return doorway::FromValue<T>(doorway::front::ReadPlain(object(), front::to_site(info)));
  }
  void store(T value, debug_info_param info) {
    doorway::front::WritePlain(object(), doorway::ToValue<T>(value), front::to_site(info));
  }

  alignas(8) unsigned char bytes_[8];  // never touched
};

}  // namespace rl
