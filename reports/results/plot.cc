#include "reports/results/plot.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "reports/html/escape.h"
#include "reports/text.h"

namespace doorway::results {
namespace {

using html::Escape;

constexpr double kWidth = 360, kHeight = 220, kLeft = 46, kRight = 12, kTop = 12, kBottom = 38;
constexpr std::size_t kMostTicks = 12;

struct Scale {
  double low = 0, high = 1;  // of sizes; of numbers, powers of ten
};

double X(const Scale& scale, double value) {
  return kLeft + (value - scale.low) / (scale.high - scale.low) * (kWidth - kLeft - kRight);
}

double Y(const Scale& scale, double value) {
  const double power = std::clamp(std::log10(std::max(value, 1e-9)), scale.low, scale.high);
  return kHeight - kBottom - (power - scale.low) / (scale.high - scale.low) * (kHeight - kTop - kBottom);
}

// "1", "100", "10k", "1M"; of seconds "0.01".
std::string PowerInWords(int power) {
  if (power < 0) return "0." + std::string(static_cast<std::size_t>(-power - 1), '0') + "1";
  constexpr const char* kUnits[] = {"", "k", "M", "G", "T", "P", "E"};
  const std::string unit = kUnits[std::min(power / 3, 6)];
  return (power < 3 ? std::string(1, '1') + std::string(static_cast<std::size_t>(power), '0')
                    : "1" + std::string(static_cast<std::size_t>(power % 3), '0') + unit);
}

double NumberOf(const GrowthPoint& point, bool time) { return time ? point.seconds : static_cast<double>(point.count); }

std::vector<std::int64_t> SizesOf(const Growth& growth) {
  std::vector<std::int64_t> sizes;
  for (const GrowthLine& line : growth.lines) {
    for (const GrowthPoint& point : line.points) sizes.push_back(point.size);
  }
  std::sort(sizes.begin(), sizes.end());
  sizes.erase(std::unique(sizes.begin(), sizes.end()), sizes.end());
  return sizes;
}

// Whole powers of ten around all numbers: from 1 for counts, at best from a thousandth for seconds.
Scale ScaleOf(const Growth& growth, bool time) {
  const double least = time ? 1e-3 : 1;
  double low = 1e18, high = least;
  for (const GrowthLine& line : growth.lines) {
    for (const GrowthPoint& point : line.points) {
      low = std::min(low, std::max(NumberOf(point, time), least));
      high = std::max(high, NumberOf(point, time));
    }
  }
  const Scale scale{std::floor(std::log10(low)), std::ceil(std::log10(high))};
  return {scale.low, std::max(scale.high, scale.low + 1)};
}

std::string Axes(const Growth& growth, const Scale& sizes, const Scale& numbers, bool time) {
  const double bottom = kHeight - kBottom, right = kWidth - kRight;
  std::string svg;
  const int step = static_cast<int>(std::ceil((numbers.high - numbers.low) / 6));
  for (int power = static_cast<int>(numbers.low); power <= static_cast<int>(numbers.high); power += step) {
    const double y = Y(numbers, std::pow(10, power));
    svg += fmt::format("<path class=\"grid\" d=\"M{:.1f} {:.1f}H{:.1f}\"/>", kLeft, y, right);
    svg += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"end\">{}</text>\n", kLeft - 5, y + 4,
                       PowerInWords(power));
  }
  const std::vector<std::int64_t> ticks = SizesOf(growth);
  const std::size_t every = (ticks.size() + kMostTicks - 1) / kMostTicks;
  for (std::size_t i = 0; i < ticks.size(); i += every) {
    svg += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">{}</text>\n",
                       X(sizes, static_cast<double>(ticks[i])), bottom + 15, ticks[i]);
  }
  svg += fmt::format("<path class=\"axis\" d=\"M{:.1f} {:.1f}V{:.1f}H{:.1f}\"/>\n", kLeft, kTop, bottom, right);
  return svg + fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">{}</text>\n", (kLeft + right) / 2,
                           kHeight - 6,
                           Escape(growth.parameter, 40) + (time            ? "; seconds"
                                                           : growth.states ? "; states"
                                                                           : "; executions"));
}

std::string Line(const GrowthLine& line, std::size_t index, const Scale& sizes, const Scale& numbers, bool time) {
  std::string path, marks;
  for (const GrowthPoint& point : line.points) {
    const double x = X(sizes, static_cast<double>(point.size)), y = Y(numbers, NumberOf(point, time));
    path += fmt::format("{}{:.1f} {:.1f}", path.empty() ? "M" : "L", x, y);
    const std::string number = time ? fmt::format("{:.2f} s", point.seconds) : Grouped(point.count);
    marks += fmt::format("<circle{} cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"3.5\"><title>{}: {}{}</title></circle>\n",
                         point.whole ? "" : " class=\"part\"", x, y, point.size, number,
                         point.whole ? "" : ", not to its end");
  }
  return fmt::format("<g class=\"l{}\"><path d=\"{}\"/>\n{}</g>\n", index, path, marks);
}

std::string Drawing(const Growth& growth, bool time) {
  const std::vector<std::int64_t> all = SizesOf(growth);
  const Scale sizes{static_cast<double>(all.front()),
                    std::max(static_cast<double>(all.back()), static_cast<double>(all.front()) + 1)};
  const Scale numbers = ScaleOf(growth, time);
  std::string svg =
      fmt::format("<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{} of {} against {}\">\n", kWidth, kHeight,
                  time            ? "seconds"
                  : growth.states ? "states"
                                  : "executions",
                  Escape(growth.model), Escape(growth.parameter));
  svg += Axes(growth, sizes, numbers, time);
  for (std::size_t i = 0; i < growth.lines.size(); ++i) svg += Line(growth.lines[i], i, sizes, numbers, time);
  return svg + "</svg>\n";
}

// The lines with the most points, in their order.
Growth WithoutSome(const Growth& growth) {
  std::vector<std::size_t> sizes;
  for (const GrowthLine& line : growth.lines) sizes.push_back(line.points.size());
  std::sort(sizes.rbegin(), sizes.rend());
  const std::size_t fewest = sizes[kMostLines - 1];
  Growth drawn = growth;
  drawn.lines.clear();
  for (const std::size_t at_least : {fewest + 1, fewest}) {
    for (const GrowthLine& line : growth.lines) {
      const bool now = at_least > fewest ? line.points.size() >= at_least : line.points.size() == at_least;
      if (now && drawn.lines.size() < kMostLines) drawn.lines.push_back(line);
    }
  }
  return drawn;
}

}  // namespace

std::string GrowthFigure(const Growth& growth) {
  const Growth drawn = growth.lines.size() > kMostLines ? WithoutSome(growth) : growth;
  std::string caption = fmt::format("<code>{}</code> <span>{}{}{}</span>", Escape(growth.model), Escape(growth.engine),
                                    growth.others.empty() ? "" : "; ", Escape(growth.others));
  std::string lines;
  for (std::size_t i = 0; i < drawn.lines.size(); ++i) {
    if (drawn.lines[i].label.empty()) continue;
    lines += fmt::format(
        "<li><svg class=\"sample\" viewBox=\"0 0 34 8\" aria-hidden=\"true\"><g class=\"l{}\">"
        "<path d=\"M1 4H33\"/></g></svg> {}</li>",
        i, Escape(drawn.lines[i].label));
  }
  if (!lines.empty()) lines = "<ul class=\"lines\">" + lines + "</ul>\n";
  if (drawn.lines.size() < growth.lines.size()) {
    lines +=
        fmt::format("<p class=\"cut\">{} more lines are not drawn.</p>\n", growth.lines.size() - drawn.lines.size());
  }
  return "<figure class=\"growth\"><figcaption>" + caption + "</figcaption>\n<div class=\"drawings\">\n" +
         Drawing(drawn, false) + Drawing(drawn, true) + "</div>\n" + lines + "</figure>\n";
}

}  // namespace doorway::results
