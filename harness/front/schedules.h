#pragma once

#include <absl/container/flat_hash_map.h>

#include <cstdint>
#include <utility>
#include <vector>

#include "harness/front/interleavings.h"

// Which interleavings of an execution are run. Each schedule is asked, step by step, whose turn it is, and told when
// the run has come to its end; it says whether another one is wanted.

namespace doorway::front {

class Schedule {
 public:
  virtual ~Schedule() = default;
  // One of the threads `enabled`, not empty, at `cut`.
  virtual int Choose(const Interleavings::Cut& cut, std::uint32_t enabled) = 0;
  virtual bool Another() = 0;
};

// Two: the thread of the lowest number goes as far as it can, or the one of the highest.
class Extremes final : public Schedule {
 public:
  int Choose(const Interleavings::Cut& cut, std::uint32_t enabled) override;
  bool Another() override { return !std::exchange(highest_, true); }

 private:
  bool highest_ = false;
};

// As few as needed, nearly, to come to every cut of the execution, by each of its last steps.
class EveryCut final : public Schedule {
 public:
  int Choose(const Interleavings::Cut& cut, std::uint32_t enabled) override;
  bool Another() override;

 private:
  absl::flat_hash_map<Interleavings::Cut, std::uint32_t> wanted_;  // steps after which there is something new
  std::vector<std::pair<Interleavings::Cut, int>> steps_;          // of this run
};

// All.
class EveryOrder final : public Schedule {
 public:
  int Choose(const Interleavings::Cut& cut, std::uint32_t enabled) override;
  bool Another() override;

 private:
  struct Turn {
    std::uint32_t left;  // alternatives that are still to be tried
    int thread;
  };
  std::vector<Turn> turns_;
  std::size_t at_ = 0;
};

}  // namespace doorway::front
