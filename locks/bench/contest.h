#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <thread>
#include <vector>

// Threads that go through a lock as often as they can, for a while: how often in all, how even the shares are, and how
// long one of them took at most.

namespace doorway::bench {

struct Outcome {
  double seconds = 0;
  std::vector<std::uint64_t> rounds;  // by thread
  double longest_wait = 0;            // seconds; of every 16th round, in and out

  double total() const {
    double sum = 0;
    for (const std::uint64_t share : rounds) sum += static_cast<double>(share);
    return sum;
  }
  // Jain, Chiu and Hawe, "A quantitative measure of fairness and discrimination", 1984: 1 if all shares are equal, 1/n
  // if one thread has everything.
  double fairness() const {
    double squares = 0;
    for (const std::uint64_t share : rounds) squares += static_cast<double>(share) * static_cast<double>(share);
    return squares > 0 ? total() * total() / (static_cast<double>(rounds.size()) * squares) : 0;
  }
};

// `round(thread, n)` is thread's n-th time through the lock.
template <class Round>
Outcome Contest(int threads, std::chrono::milliseconds length, Round round) {
  using Clock = std::chrono::steady_clock;
  Outcome outcome;
  outcome.rounds.resize(static_cast<std::size_t>(threads));
  std::vector<double> longest(static_cast<std::size_t>(threads), 0);
  std::atomic<int> ready{0};
  std::atomic<bool> over{false};
  std::vector<std::thread> workers;
  for (int me = 0; me < threads; ++me) {
    workers.emplace_back([&, me] {
      ready.fetch_add(1);
      while (ready.load() < threads) {
      }
      std::uint64_t n = 0;
      double most = 0;
      for (; !over.load(std::memory_order_relaxed); ++n) {
        if (n % 16 != 0) {
          round(me, n);
          continue;
        }
        const Clock::time_point start = Clock::now();
        round(me, n);
        const double took = std::chrono::duration<double>(Clock::now() - start).count();
        if (took > most) most = took;
      }
      outcome.rounds[static_cast<std::size_t>(me)] = n;
      longest[static_cast<std::size_t>(me)] = most;
    });
  }
  while (ready.load() < threads) std::this_thread::yield();
  const Clock::time_point start = Clock::now();
  std::this_thread::sleep_for(length);
  over.store(true, std::memory_order_relaxed);
  for (std::thread& worker : workers) worker.join();
  outcome.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  for (const double most : longest) outcome.longest_wait = most > outcome.longest_wait ? most : outcome.longest_wait;
  return outcome;
}

}  // namespace doorway::bench
