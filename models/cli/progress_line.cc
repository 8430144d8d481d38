#include "models/cli/progress_line.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <utility>

namespace doorway {
namespace {

double Rate(std::uint64_t count, double seconds) { return seconds > 0 ? static_cast<double>(count) / seconds : 0; }

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

void ProgressLine::ShowRuns(std::uint64_t runs, double seconds) {
  if (!on_terminal_) return;
  Draw(fmt::format("{}: {} runs, {:.0f}/s, {}", what_, runs, Rate(runs, seconds), Duration(seconds)));
}

void ProgressLine::Draw(const std::string& text) {
  shown_ = true;
  fmt::print(stderr, "\r{}\033[K", text);
  std::fflush(stderr);
}

std::string ProgressLine::Text(const std::string& what, const Progress& progress) {
  const std::uint64_t all = progress.executions + progress.blocked;
  const double rate = Rate(all, progress.seconds);
  std::string text = fmt::format("{}: {} executions, {} blocked, {:.0f}/s, {}", what, progress.executions,
                                 progress.blocked, rate, Duration(progress.seconds));
  // A guess that has been overtaken is of no use.
  const double left = progress.estimate.executions() - static_cast<double>(all);
  if (progress.estimate.walks() == 0 || left <= 0 || rate <= 0) return text;
  return text + fmt::format(", of about {}, {} to go", About(progress.estimate), Duration(left / rate));
}

std::string ProgressLine::Duration(double seconds) {
  constexpr double kHour = 3600, kYear = 8766 * kHour;
  if (seconds >= 2 * kYear) return fmt::format("{:.2g} years", seconds / kYear);
  if (seconds >= 48 * kHour) return fmt::format("{:.0f} days", seconds / (24 * kHour));
  if (seconds >= 2 * kHour) return fmt::format("{:.0f} h", seconds / kHour);
  const auto whole = static_cast<long>(seconds);
  return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

std::string ProgressLine::About(const Estimate& estimate) {
  const double executions = estimate.executions();
  const std::string number =
      executions < 10'000 ? fmt::format("{:.0f}", executions) : fmt::format("{:.1e}", executions);
  const double spread = executions > 0 ? 100 * estimate.standard_error() / executions : 0;
  return fmt::format("{} (+-{:.0f}%)", number, spread);
}

std::string ProgressLine::Text(const std::string& what, const StateProgress& progress) {
  return fmt::format("{}: {} states, depth {}, {} to explore, {:.0f} states/s, {:.1f} MiB, {}", what, progress.states,
                     progress.depth, progress.frontier, Rate(progress.states, progress.seconds),
                     static_cast<double>(progress.bytes) / (1 << 20), Duration(progress.seconds));
}

}  // namespace doorway
