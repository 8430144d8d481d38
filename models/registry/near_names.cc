#include "models/registry/near_names.h"

#include <algorithm>
#include <cctype>
#include <utility>

namespace doorway {
namespace {

// Case and the choice between '-' and '_' are no differences.
std::string Folded(std::string_view name) {
  std::string folded;
  for (char c : name) {
    folded += c == '-' ? '_' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return folded;
}

std::string_view LastPart(std::string_view name) { return name.substr(name.rfind('/') + 1); }

bool HasPart(std::string_view name, std::string_view part) {
  const std::string in = "/" + std::string(name) + "/";
  return in.find("/" + std::string(part) + "/") != std::string::npos;
}

constexpr std::size_t kFar = 1000;

// Smaller is nearer; kFar and above: not near.
std::size_t Remoteness(std::string_view name, std::string_view known) {
  if (name.empty()) return kFar;
  const std::size_t allowed = 1 + name.size() / 4;
  std::size_t best = kFar;
  const std::size_t whole = EditDistance(name, known);
  if (whole <= allowed) best = whole;
  if (HasPart(known, name) || known.starts_with(name)) best = std::min<std::size_t>(best, 2);
  // The family was forgotten or mistaken, and the design mistyped.
  const std::size_t last = EditDistance(LastPart(name), LastPart(known));
  if (last <= LastPart(name).size() / 4) best = std::min(best, last + 3);
  return best;
}

}  // namespace

std::size_t EditDistance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) above[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, above);
    std::swap(above, row);
  }
  return above[b.size()];
}

std::vector<std::string> NearNames(std::string_view name, const std::vector<std::string>& known, std::size_t most) {
  const std::string folded = Folded(name);
  std::vector<std::pair<std::size_t, std::string>> near;
  for (const std::string& candidate : known) {
    const std::size_t remoteness = Remoteness(folded, Folded(candidate));
    if (remoteness < kFar) near.emplace_back(remoteness, candidate);
  }
  std::sort(near.begin(), near.end());
  if (near.size() > most) near.resize(most);
  std::vector<std::string> names;
  for (auto& [remoteness, candidate] : near) names.push_back(std::move(candidate));
  return names;
}

}  // namespace doorway
