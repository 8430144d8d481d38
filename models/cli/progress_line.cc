#include "models/cli/progress_line.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <utility>

namespace doorway {
namespace {

double Rate(std::uint64_t count, double seconds) { return seconds > 0 ? static_cast<double>(count) / seconds : 0; }

std::string Elapsed(double seconds) {
  const auto whole = static_cast<long>(seconds);
  return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

}  // namespace

ProgressLine::ProgressLine(std::string what) : what_(std::move(what)), on_terminal_(isatty(STDERR_FILENO) == 1) {}

ProgressLine::~ProgressLine() {
  if (shown_) fmt::print(stderr, "\r\033[K");
}

void ProgressLine::Show(const Progress& progress) {
  if (on_terminal_) Draw(Text(what_, progress));
}

void ProgressLine::Show(const StateProgress& progress) {
  if (on_terminal_) Draw(Text(what_, progress));
}

void ProgressLine::Draw(const std::string& text) {
  shown_ = true;
  fmt::print(stderr, "\r{}\033[K", text);
  std::fflush(stderr);
}

std::string ProgressLine::Text(const std::string& what, const Progress& progress) {
  const std::uint64_t all = progress.executions + progress.blocked;
  return fmt::format("{}: {} executions, {} blocked, {:.0f}/s, {}", what, progress.executions, progress.blocked,
                     Rate(all, progress.seconds), Elapsed(progress.seconds));
}

std::string ProgressLine::Text(const std::string& what, const StateProgress& progress) {
  return fmt::format("{}: {} states, depth {}, {} to explore, {:.0f} states/s, {:.1f} MiB, {}", what, progress.states,
                     progress.depth, progress.frontier, Rate(progress.states, progress.seconds),
                     static_cast<double>(progress.bytes) / (1 << 20), Elapsed(progress.seconds));
}

}  // namespace doorway
