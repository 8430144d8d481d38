#include "reports/source_files.h"

#include <algorithm>
#include <cstdint>
#include <filesystem>

#include "reports/files.h"

namespace doorway {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kMostBytes = std::uintmax_t{4} << 20;

// Where `file` is below `root`; empty if it is not there.
fs::path Below(const fs::path& root, const std::string& file) {
  std::error_code error;
  const fs::path base = fs::canonical(root, error);
  if (error) return {};
  const fs::path path = fs::canonical(base / file, error);  // an absolute name stays as it is
  if (error || !fs::is_regular_file(path, error) || fs::file_size(path, error) > kMostBytes || error) return {};
  const bool below = std::mismatch(base.begin(), base.end(), path.begin(), path.end()).first == base.end();
  return below ? path : fs::path();
}

std::vector<std::string> Split(const std::string& content) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < content.size();) {
    const std::size_t end = std::min(content.find('\n', at), content.size());
    lines.push_back(content.substr(at, end - at));
    if (!lines.back().empty() && lines.back().back() == '\r') lines.back().pop_back();
    at = end + 1;
  }
  return lines;
}

}  // namespace

const std::vector<std::string>& SourceFiles::Lines(const std::string& file) {
  const auto [found, added] = files_.try_emplace(file);
  if (!added || file.empty()) return found->second;
  for (const std::string& root : roots_) {
    const fs::path path = Below(root, file);
    if (path.empty()) continue;
    try {
      found->second = Split(ReadFile(path.string()));
      break;
    } catch (const FileError&) {
      // Unreadable: as if it were not there.
    }
  }
  return found->second;
}

}  // namespace doorway
