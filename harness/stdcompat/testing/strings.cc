// Strings that threads hand over: their characters are memory as any other.
#include <cassert>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <thread>

std::mutex mutex;
std::condition_variable sent;
std::deque<std::string> letters;
std::map<std::string, int> known;

int main() {
  std::thread receiver([] {
    std::unique_lock<std::mutex> lock(mutex);
    sent.wait(lock, [] { return !letters.empty(); });
    const std::string letter = letters.front();
    letters.pop_front();
    assert(letter == "a letter that does not fit into the string object");
    known[letter] = 1;
  });
  {
    std::lock_guard<std::mutex> lock(mutex);
    std::string letter = "a letter";
    letter += " that does not fit into the string object";
    letters.push_back(letter);
  }
  sent.notify_one();
  receiver.join();
  assert(known.size() == 1);
}
