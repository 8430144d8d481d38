#include "models/cli/ranges.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>
#include <utility>

#include "models/cli/exit_code.h"

namespace doorway {
namespace {

constexpr std::size_t kMostConfigurations = 10'000;

int Number(const std::string& flag, const std::string& text, const std::string& piece) {
  int number = 0;
  const auto [end, error] = std::from_chars(piece.data(), piece.data() + piece.size(), number);
  if (piece.empty() || error != std::errc() || end != piece.data() + piece.size() || number < 0) {
    throw UsageError(fmt::format("{}={}: write a range, 1..4, or values, 1,2,4", flag, text));
  }
  return number;
}

std::vector<std::string> Split(const std::string& text, const std::string& separator) {
  std::vector<std::string> pieces;
  std::size_t at = 0;
  for (std::size_t end; (end = text.find(separator, at)) != std::string::npos; at = end + separator.size()) {
    pieces.push_back(text.substr(at, end - at));
  }
  pieces.push_back(text.substr(at));
  return pieces;
}

using Values = std::vector<int>;  // one of each range

std::vector<Values> ProductOf(const std::vector<std::vector<int>>& axes) {
  std::vector<Values> product = {{}};
  for (const std::vector<int>& axis : axes) {
    if (product.size() * axis.size() > kMostConfigurations) {
      throw UsageError(fmt::format("there are more than {} configurations; give smaller ranges", kMostConfigurations));
    }
    std::vector<Values> longer;
    for (const Values& values : product) {
      for (const int value : axis) {
        longer.push_back(values);
        longer.back().push_back(value);
      }
    }
    product = std::move(longer);
  }
  const auto sum = [](const Values& values) {
    long total = 0;
    for (const int value : values) total += value;
    return total;
  };
  std::stable_sort(product.begin(), product.end(), [&](const Values& a, const Values& b) { return sum(a) < sum(b); });
  return product;
}

}  // namespace

std::vector<int> ValuesOf(const std::string& flag, const std::string& text) {
  std::set<int> values;
  for (const std::string& piece : Split(text, ",")) {
    const std::vector<std::string> ends = Split(piece, "..");
    if (ends.size() > 2) throw UsageError(fmt::format("{}={}: write a range, 1..4, or values, 1,2,4", flag, text));
    const int from = Number(flag, text, ends.front()), to = Number(flag, text, ends.back());
    if (from > to) {
      throw UsageError(fmt::format("{}={}: write the smaller number first: {}..{}", flag, text, to, from));
    }
    if (to - from >= static_cast<int>(kMostConfigurations)) {
      throw UsageError(
          fmt::format("{}={} has more than {} values; give a smaller range", flag, text, kMostConfigurations));
    }
    for (int value = from; value <= to; ++value) values.insert(value);
  }
  return {values.begin(), values.end()};
}

std::vector<Configuration> ConfigurationsOf(const Model& model, const GivenParameters& ranges) {
  if (ranges.empty()) {
    throw UsageError(model.parameters.empty()
                         ? fmt::format("{} has no parameters to sweep over; check it", model.name)
                         : fmt::format("sweep takes a range of a parameter, --{}={}..{}; {} has {}",
                                       model.parameters.front().name, model.parameters.front().min,
                                       model.parameters.front().max, model.name, ParametersInWords(model)));
  }
  std::vector<std::vector<int>> axes;
  for (const auto& [name, text] : ranges) axes.push_back(ValuesOf("--" + name, text));
  for (std::size_t i = 0; i < ranges.size(); ++i) {  // an end out of range is an error before anything runs
    ConfigurationOf(model, {{ranges[i].first, fmt::format("{}", axes[i].front())}});
    ConfigurationOf(model, {{ranges[i].first, fmt::format("{}", axes[i].back())}});
  }
  std::vector<Configuration> configurations;
  for (const Values& values : ProductOf(axes)) {
    GivenParameters given;
    for (std::size_t i = 0; i < values.size(); ++i) given.emplace_back(ranges[i].first, fmt::format("{}", values[i]));
    configurations.push_back(ConfigurationOf(model, given));
  }
  return configurations;
}

}  // namespace doorway
