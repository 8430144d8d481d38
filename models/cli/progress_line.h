#pragma once

#include <cstdint>
#include <string>

#include "harness/explore/explore.h"
#include "harness/explore/explore_states.h"

// One line on a terminal, redrawn as a run goes on and removed at its end. Nothing at all where stderr is no terminal.

namespace doorway {

class ProgressLine {
 public:
  explicit ProgressLine(std::string what);
  ~ProgressLine();  // removes the line
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  bool visible() const { return on_terminal_; }
  void Show(const Progress& progress);
  void Show(const StateProgress& progress);
  void ShowRuns(std::uint64_t runs, double seconds);  // on real threads

  // "group/strict_fair rc11: 12345 executions, 67 blocked, 9800/s, 1:02", and "of about 2.0e+06 (+-12%), 3:20 to go".
  static std::string Text(const std::string& what, const Progress& progress);
  // "group/strict_fair state sc: 12345 states, depth 67, 890 to explore, 12000 states/s, 34.5 MiB, 1:02".
  static std::string Text(const std::string& what, const StateProgress& progress);

  // "1:02", of minutes and seconds; "5 h" where that would be long.
  static std::string Duration(double seconds);
  // "2.0e+06 (+-12%)".
  static std::string About(const Estimate& estimate);

 private:
  void Draw(const std::string& text);

  const std::string what_;
  const bool on_terminal_;
  bool shown_ = false;
};

}  // namespace doorway
