#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "harness/graph/value.h"

// What has been found out about waits: whether a thread in a local state waits, and whether its wait would end, depends
// on what a few locations hold. Each local state has a decision tree, which asks one location after another. Cost of an
// answer: a look at each location asked.

namespace doorway {

// Whether a thread waits, in an await or a spin, and, if it alone went on, its wait would end.
enum class Wait : std::uint8_t { kNone, kFails, kSucceeds, kOpen /* depends on a choice */ };

class KnownWaits {
 public:
  // A location that was asked, and the cell that it held (places.h). What is asked next depends on nothing else.
  using Asked = std::vector<std::pair<LocationId, std::uint32_t>>;

  explicit KnownWaits(std::size_t threads) : roots_(threads) {}

  // `members`: how many nodes the local state stands for. What was known of fewer is forgotten.
  template <class CellOf>
  std::optional<Wait> Find(std::size_t thread, std::size_t local, std::size_t members, CellOf cell_of) {
    std::vector<Root>& roots = roots_[thread];
    if (local >= roots.size() || roots[local].members != members) return std::nullopt;
    std::uint32_t at = roots[local].first;
    while (questions_[at].asks) {
      const Question& question = questions_[at];
      const std::uint32_t cell = cell_of(question.location);
      if (cell >= question.next.size() || question.next[cell] == kUnknown) return std::nullopt;
      at = question.next[cell];
    }
    return questions_[at].answer;
  }

  void Add(std::size_t thread, std::size_t local, std::size_t members, const Asked& asked, Wait answer) {
    std::vector<Root>& roots = roots_[thread];
    if (local >= roots.size()) roots.resize(local + 1);
    if (roots[local].members != members) roots[local] = {members, New()};
    std::uint32_t at = roots[local].first;
    for (const auto& [location, cell] : asked) {
      questions_[at].asks = true;
      questions_[at].location = location;
      if (cell >= questions_[at].next.size()) questions_[at].next.resize(cell + 1, kUnknown);
      if (questions_[at].next[cell] == kUnknown) {
        const std::uint32_t next = New();
        questions_[at].next[cell] = next;
      }
      at = questions_[at].next[cell];
    }
    questions_[at].answer = answer;
  }

 private:
  static constexpr std::uint32_t kUnknown = 0;  // in Question::next; nobody asks question 0

  struct Question {
    bool asks = false;  // else it is an answer
    Wait answer = Wait::kNone;
    LocationId location = kNoLocation;
    std::vector<std::uint32_t> next{};  // question, by cell
  };
  struct Root {
    std::size_t members = 0;
    std::uint32_t first = kUnknown;
  };

  std::uint32_t New() {
    questions_.emplace_back();
    return static_cast<std::uint32_t>(questions_.size() - 1);
  }

  std::vector<std::vector<Root>> roots_;  // by thread and local state
  std::vector<Question> questions_{1};
};

}  // namespace doorway
