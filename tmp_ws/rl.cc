#include <relacy/relacy.hpp>
struct T : rl::test_suite<T, 2> {
  rl::atomic<int> x; 
  void before() { x($) = 0; }
  void thread(unsigned) { x($).fetch_add(1, rl::mo_relaxed); }
  void after() { RL_ASSERT(x($).load(rl::mo_relaxed) == 2); }
};
int main() { return rl::simulate<T>() ? 0 : 1; }
