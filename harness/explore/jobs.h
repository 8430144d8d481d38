#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/explore/progress.h"
#include "harness/explore/tally.h"

// Forked processes that work on numbered parts, each taking the next one that nobody has taken. They end with this
// process, and with each other when the work is done. Processes, not threads: a model's objects have fixed addresses.

namespace doorway {

class Jobs {
 public:
  // What a process is given to look at and to tell.
  struct Watch {
    const std::atomic<bool>* stop = nullptr;
    std::function<void(const Progress&)> on_progress;    // of all that this process has done
    std::function<void(const PartResult&)> on_position;  // of a part that is not done yet
  };
  // Called in a forked process, once for each of its parts, in ascending order. A part that is not done, or stops, is
  // its last.
  using Work = std::function<PartResult(std::uint32_t part, const Watch& watch)>;

  struct Results {
    std::vector<std::optional<PartResult>> parts;  // none: nobody came to it, or its process died
    std::vector<std::string> bounds;               // what was in the way, besides what parts say
  };

  // `interrupted`, polled, asks all to stop; may be null. `on_progress` is called a few times a second; may be empty.
  Jobs(int processes, const std::atomic<bool>* interrupted, std::function<void(const Progress&)> on_progress)
      : processes_(processes), interrupted_(interrupted), on_progress_(std::move(on_progress)) {}

  // Goes on from `before`: parts that are done are left as they are. `on_results`, if any, is called every so many
  // seconds. After a part that stops, later ones are given up. Errors: std::runtime_error if the system makes no
  // process.
  using OnResults = std::function<void(const std::vector<std::optional<PartResult>>& parts)>;
  Results Run(std::vector<std::optional<PartResult>> before, const Work& work, double seconds = 0,
              const OnResults& on_results = {}) const;

 private:
  int processes_;
  const std::atomic<bool>* interrupted_;
  std::function<void(const Progress&)> on_progress_;
};

}  // namespace doorway
