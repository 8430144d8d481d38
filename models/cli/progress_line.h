#pragma once

#include <string>

#include "harness/explore/explore.h"

// One line on a terminal, redrawn as a run goes on and removed at its end. Nothing at all where stderr is no terminal.

namespace doorway {

class ProgressLine {
 public:
  explicit ProgressLine(std::string what);
  ~ProgressLine();  // removes the line
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void Show(const Progress& progress);

  // "group/strict_fair rc11: 12345 executions, 67 blocked, 9800/s, 1:02".
  static std::string Text(const std::string& what, const Progress& progress);

 private:
  const std::string what_;
  const bool on_terminal_;
  bool shown_ = false;
};

}  // namespace doorway
