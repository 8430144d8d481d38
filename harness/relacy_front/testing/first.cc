#include <relacy/relacy.hpp>
struct t : rl::test_suite<t,2> { rl::atomic<int> x; rl::var<int> d; void before(){ x.store(0, rl::memory_order_relaxed); d($)=0;} void thread(unsigned i){ if (i==0){ d($)=1; x.store(1, rl::memory_order_release);} else if (x.load(rl::memory_order_acquire)) { RL_ASSERT(d($)==1);} } };
int main(){ rl::test_params p; bool r = rl::simulate<t>(p); p.search_type = rl::fair_full_search_scheduler_type; r = rl::simulate<t>(p) && r; return r ? 0:1; }
