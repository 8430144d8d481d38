#include "models/cli/progress_line.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <utility>

namespace doorway {

ProgressLine::ProgressLine(std::string what) : what_(std::move(what)), on_terminal_(isatty(STDERR_FILENO) == 1) {}

ProgressLine::~ProgressLine() {
  if (shown_) fmt::print(stderr, "\r\033[K");
}

void ProgressLine::Show(const Progress& progress) {
  if (!on_terminal_) return;
  shown_ = true;
  fmt::print(stderr, "\r{}\033[K", Text(what_, progress));
  std::fflush(stderr);
}

std::string ProgressLine::Text(const std::string& what, const Progress& progress) {
  const auto seconds = static_cast<long>(progress.seconds);
  const double all = static_cast<double>(progress.executions + progress.blocked);
  const double rate = progress.seconds > 0 ? all / progress.seconds : 0;
  return fmt::format("{}: {} executions, {} blocked, {:.0f}/s, {}:{:02}", what, progress.executions, progress.blocked,
                     rate, seconds / 60, seconds % 60);
}

}  // namespace doorway
