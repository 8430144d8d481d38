// What there is not, and what a test may not do: an error that names it, and never a result.
#include <relacy/relacy.hpp>

// `said`: what the output must name.
template <typename test_t>
bool is_refused(char const* said) {
  std::ostringstream out;
  rl::test_params params;
  params.output_stream = &out;
  bool const passed = rl::simulate<test_t>(params);
  bool const refused = !passed && params.test_result == rl::test_result_inconsistent_test_suite &&
                       out.str().find("ERROR: ") != std::string::npos && out.str().find(said) != std::string::npos;
  if (!refused) std::cout << "NOT REFUSED: " << said << "\n" << out.str() << std::endl;
  return refused;
}

// A plain member says which operation comes next. (Though it expects this very result: an error is no result.)
struct depends_on_plain_data : rl::test_suite<depends_on_plain_data, 2, rl::test_result_inconsistent_test_suite> {
  rl::atomic<int> x;
  int plain;
  depends_on_plain_data() : x(0), plain(0) {}
  void thread(unsigned index) {
    if (index == 0) {
      plain = 1;
      x($) = 1;
    } else if (x($) == 1) {
      if (plain == 1) x($) = 2;
    }
  }
};

// What would be stored is a plain member.
struct stores_plain_data : rl::test_suite<stores_plain_data, 2> {
  rl::atomic<int> x, y;
  int plain;
  stores_plain_data() : x(0), y(0), plain(0) {}
  void thread(unsigned index) {
    if (index == 0) {
      plain = 1;
      x($) = 1;
    } else if (x($) == 1) {
      y($) = plain;
    }
  }
};

struct asserts_plain_data : rl::test_suite<asserts_plain_data, 2> {
  rl::atomic<int> x;
  int plain;
  asserts_plain_data() : x(0), plain(0) {}
  void thread(unsigned index) {
    if (index == 0) {
      plain = 1;
      x($) = 1;
    } else if (x($) == 1) {
      RL_ASSERT(plain == 1);
    }
  }
};

struct pulses : rl::test_suite<pulses, 1> {
  void thread(unsigned) { PulseEvent(CreateEvent(0, 0, 0, 0)); }
};

struct waits_for_all : rl::test_suite<waits_for_all, 1> {
  HANDLE events[2];
  void before() {
    events[0] = CreateEvent(0, 1, 1, 0);
    events[1] = CreateEvent(0, 1, 1, 0);
  }
  void thread(unsigned) { WaitForMultipleObjects(2, events, 1, INFINITE); }
};

struct flushes : rl::test_suite<flushes, 1> {
  void thread(unsigned) { FlushProcessWriteBuffers(); }
};

struct chooses_after : rl::test_suite<chooses_after, 1> {
  void thread(unsigned) {}
  void after() { rl::rand(2); }
};

struct invariant_writes : rl::test_suite<invariant_writes, 1> {
  rl::atomic<int> x;
  invariant_writes() : x(0) {}
  void invariant() { x($) = 1; }
  void thread(unsigned) {}
};

void* nothing(void*) { return 0; }
void* starts_another(void*) {
  rl::dyn_thread other;
  other.start(&nothing, 0);
  other.join();
  return 0;
}
struct thread_of_a_thread : rl::test_suite<thread_of_a_thread, 1> {
  static rl::thread_id_t const dynamic_thread_count = 2;
  void thread(unsigned) {
    rl::dyn_thread other;
    other.start(&starts_another, 0);
    other.join();
  }
};

bool initial_state_is_refused() {
  std::ostringstream out;
  rl::test_params params;
  params.output_stream = &out;
  params.initial_state = "1 2 3";
  return !rl::simulate<flushes>(params) && out.str().find("initial_state") != std::string::npos;
}

int main() {
  bool refused = is_refused<depends_on_plain_data>("harness/relacy_front/testing/unsupported.cc:27");
  refused = is_refused<stores_plain_data>("it depends on plain data that another thread writes") && refused;
  refused = is_refused<asserts_plain_data>("it depends on plain data that another thread writes") && refused;
  refused = is_refused<pulses>("PulseEvent") && refused;
  refused = is_refused<waits_for_all>("WaitForMultipleObjects") && refused;
  refused = is_refused<flushes>("FlushProcessWriteBuffers") && refused;
  refused = is_refused<chooses_after>("a choice in after()") && refused;
  refused = is_refused<invariant_writes>("a write in invariant()") && refused;
  refused = is_refused<thread_of_a_thread>("spawns a thread: only the first ones may") && refused;
  refused = initial_state_is_refused() && refused;
  return refused ? 0 : 1;
}
