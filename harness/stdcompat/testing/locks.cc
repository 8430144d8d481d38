#include <cassert>
#include <condition_variable>
#include <mutex>
#include <queue>
#include <thread>
#include <vector>

std::mutex mutex;
std::condition_variable not_empty;
std::queue<int> jobs;
bool closed = false;
int sum = 0;

void Work() {
  for (;;) {
    std::unique_lock<std::mutex> lock(mutex);
    not_empty.wait(lock, [] { return closed || !jobs.empty(); });
    if (jobs.empty()) return;
    sum += jobs.front();
    jobs.pop();
  }
}

int main() {
  std::vector<std::thread> workers;
  for (int i = 0; i < 2; ++i) workers.emplace_back(&Work);
  for (int job = 1; job <= 1; ++job) {
    std::lock_guard<std::mutex> lock(mutex);
    jobs.push(job);
    not_empty.notify_one();
  }
  {
    std::lock_guard<std::mutex> lock(mutex);
    closed = true;
  }
  not_empty.notify_all();
  for (std::thread& worker : workers) worker.join();
  assert(sum == 1);
}
