#include "models/cli/result_links.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <map>
#include <set>

namespace doorway {
namespace {

namespace fs = std::filesystem;
using results::Place;

std::vector<std::string> PartsOf(const std::string& path) {
  std::vector<std::string> parts;
  for (const fs::path& part : fs::path(path)) parts.push_back(part.string());
  return parts;
}

// How many of their last parts are the same.
std::size_t CommonEnd(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return static_cast<std::size_t>(std::mismatch(a.rbegin(), a.rend(), b.rbegin(), b.rend()).first - a.rbegin());
}

std::size_t CommonBeginning(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
}

class Linker {
 public:
  Linker(const std::vector<Place>& known, std::string folder, std::string page_folder)
      : folder_(std::move(folder)), page_folder_(std::move(page_folder)) {
    for (const Place& place : known) by_name_[NameOf(place)].push_back(place);
  }

  void Link(const Place& report, results::Found* finding) {
    finding->json_place = Find(finding->json, ".json", report);
    finding->html_place = Find(finding->html, ".html", report);
    if (finding->json_place.has_value()) spoken_of_.insert(*finding->json_place);
    SetLink(finding);
  }

  // Of a counterexample: its page is beside it.
  void LinkLoose(const Place& place, results::Found* finding) {
    const bool zipped = !place.entry.empty();
    const std::string page = fs::path(zipped ? place.entry : place.path).replace_extension("html").string();
    for (const Place& known : by_name_[fs::path(page).filename().string()]) {
      if (known == (zipped ? Place{place.path, page} : Place{page})) finding->html_place = known;
    }
    SetLink(finding);
  }

  bool SpokenOf(const Place& place) const { return spoken_of_.contains(place); }

 private:
  static std::string NameOf(const Place& place) {
    return fs::path(place.entry.empty() ? place.path : place.entry).filename().string();
  }

  // As the report says, if that is still there; a report in a zip is of a sandbox that is gone.
  std::optional<Place> Find(const std::string& said, const char* kind, const Place& report) {
    if (said.empty() || !said.ends_with(kind)) return std::nullopt;
    std::error_code ignored;
    if (report.entry.empty() && fs::path(said).is_absolute() && fs::is_regular_file(said, ignored)) {
      return Place{fs::path(said).lexically_normal().lexically_relative(folder_).string()};
    }
    return PlaceOf(said, report, by_name_[fs::path(said).filename().string()]);
  }

  void SetLink(results::Found* finding) const {
    const std::optional<Place>& place = finding->html_place.has_value() ? finding->html_place : finding->json_place;
    if (place.has_value()) finding->link = UrlOf((fs::path(folder_) / place->path).string(), page_folder_);
  }

  const std::string folder_, page_folder_;
  std::map<std::string, std::vector<Place>> by_name_;
  std::set<Place> spoken_of_;
};

}  // namespace

std::optional<Place> PlaceOf(const std::string& said, const Place& of, const std::vector<Place>& known) {
  const std::vector<std::string> said_parts = PartsOf(said), of_parts = PartsOf(of.path);
  std::optional<Place> best;
  std::pair<std::size_t, std::size_t> best_likeness;
  for (const Place& place : known) {
    const bool zipped = !of.entry.empty();
    if (zipped ? place.path != of.path : !place.entry.empty()) continue;
    const std::vector<std::string> parts = PartsOf(zipped ? place.entry : place.path);
    const std::pair likeness(CommonEnd(parts, said_parts), CommonBeginning(parts, of_parts));
    if (likeness.first == 0 || (best.has_value() && likeness <= best_likeness)) continue;
    best = place;
    best_likeness = likeness;
  }
  return best;
}

std::string UrlOf(const std::string& path, const std::string& page_folder) {
  const fs::path to = fs::path(path).lexically_normal(), from = fs::path(page_folder).lexically_normal();
  std::string url;
  for (const char c : to.lexically_relative(from).string()) {
    const bool plain =
        std::isalnum(static_cast<unsigned char>(c)) != 0 || std::string_view("/._-~").find(c) != std::string_view::npos;
    url += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return url;
}

void LinkFindings(const std::vector<Place>& known, const std::string& folder, const std::string& page_folder,
                  results::Results* results) {
  Linker linker(known, folder, page_folder);
  for (results::RunResult& run : results->runs) {
    for (results::Found& finding : run.findings) linker.Link(run.place, &finding);
  }
  std::erase_if(results->loose, [&](const results::Loose& loose) { return linker.SpokenOf(loose.place); });
  for (results::Loose& loose : results->loose) linker.LinkLoose(loose.place, &loose.finding);
}

}  // namespace doorway
