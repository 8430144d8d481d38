// std::set and std::list, which main() and a thread change in turns; and alone, against std::vector.
#include <algorithm>
#include <cassert>
#include <list>
#include <map>
#include <mutex>
#include <set>
#include <thread>
#include <unordered_map>
#include <vector>

std::mutex mutex;
std::map<int, int> counts;
std::list<int> order;
std::unordered_map<int, int> hashed;

// Puts numbers in and takes them out, as a generator says; whether the set is what the sorted vector is.
bool SetIsSorted() {
  std::set<int> set;
  std::vector<int> sorted;
  unsigned state = 1;
  for (int i = 0; i < 3000; ++i) {
    state = state * 1664525u + 1013904223u;
    const int number = static_cast<int>(state >> 16) % 97;
    const auto place = std::lower_bound(sorted.begin(), sorted.end(), number);
    const bool known = place != sorted.end() && *place == number;
    if (known) {
      sorted.erase(place);
      if (set.erase(number) != 1) return false;
    } else {
      sorted.insert(place, number);
      if (!set.insert(number).second) return false;
    }
    if (i % 50 == 0 && !std::equal(set.begin(), set.end(), sorted.begin(), sorted.end())) return false;
    if (i % 50 == 0 && !std::equal(set.rbegin(), set.rend(), sorted.rbegin(), sorted.rend())) return false;
  }
  return true;
}

bool ListsAreSorted() {
  std::list<int> a{3, 1, 2}, b{6, 5}, empty;
  a.swap(empty);
  if (!a.empty() || empty.size() != 3) return false;
  a.swap(empty);
  a.splice(a.begin(), b);
  a.reverse();
  a.sort();
  return b.empty() && a == std::list<int>{1, 2, 3, 5, 6};
}

int main() {
  assert(SetIsSorted());
  assert(ListsAreSorted());
  auto add = [](int number) {
    std::lock_guard<std::mutex> lock(mutex);
    ++counts[number];
    order.push_back(number);
    ++hashed[number];
  };
  std::thread other(add, 1);
  add(2);
  other.join();
  assert(counts.size() == 2 && counts[1] == 1 && counts[2] == 1);
  assert(hashed.size() == 2 && hashed[1] == 1);
  assert(order.size() == 2 && order.front() + order.back() == 3);
}
