#pragma once

#include "base.hpp"
#include "harness/front/foreign_test.h"
#include "test_params.hpp"
#include "test_suite.hpp"

// rl::simulate<T>(params): explores every execution of the test T under RC11, and says whether the result is the
// expected one. Writes the result to params, and with the history of what it found to params.output_stream.

namespace rl {

namespace front {

template <typename test_t>
class suite final : public doorway::front::ForeignTest {
 public:
  int threads() const override { return test_t::params::static_thread_count; }
  int dynamic_threads() const override { return test_t::params::dynamic_thread_count; }
  std::size_t size() const override { return sizeof(test_t); }
  void Construct(void* memory) override {
    test_ = ::new (memory) test_t();
    test_->before();
  }
  void Thread(int thread) override { test_->thread(static_cast<unsigned>(thread)); }
  bool has_invariant() const override {
    // An inherited member function has the type of the class that has it.
    return !std::is_same_v<decltype(&test_t::invariant), decltype(&base_of<test_t>::invariant)>;
  }
  void Invariant() override { test_->invariant(); }
  void After() override {
    test_->after();
    test_->~test_t();
  }

 private:
  template <typename derived_t>
  struct base {
    typedef test_suite<derived_t, derived_t::params::static_thread_count, derived_t::params::expected_result> type;
  };
  template <typename derived_t>
  using base_of = typename base<derived_t>::type;

  test_t* test_ = nullptr;
};

bool simulate(doorway::front::ForeignTest& test, char const* name, test_result_e expected, test_params& params);

}  // namespace front

template <typename test_t>
bool simulate(test_params& params) {
  front::suite<test_t> test;
  return front::simulate(test, typeid(test_t).name(), test_t::params::expected_result, params);
}

template <typename test_t>
bool simulate() {
  test_params params;
  return simulate<test_t>(params);
}

// A function as a test: one thread, which starts up to thread_count more.
template <void (*func)(), size_t thread_count>
struct simulate_thunk : test_suite<simulate_thunk<func, thread_count>, 1> {
  static size_t const dynamic_thread_count = thread_count;
  void thread(unsigned) { func(); }
};

template <void (*func)(), size_t thread_count>
bool execute(test_params& params) {
  return simulate<simulate_thunk<func, thread_count> >(params);
}

template <void (*func)(), size_t thread_count>
bool execute() {
  return simulate<simulate_thunk<func, thread_count> >();
}

typedef bool (*simulate_f)(test_params&);

}  // namespace rl
