#pragma once

#include <cmath>
#include <cstdint>

// How many executions there are in all, guessed from random walks through the tree of choices: a walk counts each leaf
// it sees as many times as there were ways to go on at the choices before it (Knuth, "Estimating the efficiency of
// backtrack programs", 1975). Right on average; the more uneven the tree, the wider the spread.

namespace doorway {

class Estimate {
 public:
  void Add(double guess) {  // of one walk; Welford's running variance
    ++walks_;
    const double off = guess - mean_;
    mean_ += off / static_cast<double>(walks_);
    squares_ += off * (guess - mean_);
  }
  std::uint64_t walks() const { return walks_; }
  double executions() const { return mean_; }  // complete and blocked ones
  // Of executions(), by the walks' spread; 0 if there are too few to tell.
  double standard_error() const {
    if (walks_ < 2) return 0;
    const auto n = static_cast<double>(walks_);
    return std::sqrt(squares_ / (n * (n - 1)));
  }

 private:
  std::uint64_t walks_ = 0;
  double mean_ = 0;
  double squares_ = 0;
};

}  // namespace doorway
