#include "models/cli/results_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "models/cli/archive.h"
#include "models/cli/result_links.h"
#include "reports/files.h"
#include "reports/results/read.h"

namespace doorway {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kMostBytes = std::uintmax_t{64} << 20;  // of a file; a run has a few thousand
constexpr char kZip[] = "outputs.zip";

// What follows the path in "cannot read PATH: why".
std::string WhyOf(const FileError& error, const std::string& path) {
  const std::string what = error.what();
  const std::size_t at = what.find(path + ": ");
  return at == std::string::npos ? what : "cannot be read: " + what.substr(at + path.size() + 2);
}

class FolderReader {
 public:
  explicit FolderReader(std::string folder) : folder_(std::move(folder)) {}

  results::Results Read() {
    Walk();
    std::sort(files_.begin(), files_.end());
    for (const std::string& file : files_) {
      if (fs::path(file).filename() == kZip) {
        ReadZip(file);
      } else if (file.ends_with(".json")) {
        ReadJson(file);
      } else {
        known_.push_back({file});
      }
    }
    return reader_.Finish();
  }

  // Files that a report may speak of: JSON and pages.
  const std::vector<results::Place>& known() const { return known_; }

 private:
  // All files, by their paths from the folder.
  void Walk() {
    std::vector<std::string> to_do = {""};
    while (!to_do.empty()) {
      const std::string directory = to_do.back();
      to_do.pop_back();
      std::error_code error;
      fs::directory_iterator entry(Full(directory), error);
      for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
        const std::string path = (fs::path(directory) / entry->path().filename()).string();
        std::error_code ignored;
        if (entry->is_directory(ignored) && !entry->is_symlink(ignored)) {
          to_do.push_back(path);
        } else if (path.ends_with(".json") || path.ends_with(".html") || entry->path().filename() == kZip) {
          files_.push_back(path);
        }
      }
      if (error) reader_.Skip({directory.empty() ? "." : directory}, "cannot be read: " + error.message(), true);
    }
  }

  void ReadJson(const std::string& file) {
    std::error_code error;
    const results::Place place{file};
    if (!fs::is_regular_file(Full(file), error)) return reader_.Skip(place, "is no file", false);
    const std::uintmax_t bytes = fs::file_size(Full(file), error);
    if (!error && bytes > kMostBytes) {
      return reader_.Skip(place, fmt::format("has more than {} MiB", kMostBytes >> 20), BeginsAsOurs(file));
    }
    try {
      reader_.Add(place, ReadFile(Full(file)));
      known_.push_back(place);
    } catch (const FileError& failure) {
      reader_.Skip(place, WhyOf(failure, Full(file)), true);
    }
  }

  void ReadZip(const std::string& zip) {
    try {
      for (const std::string& entry : ZipEntries(Full(zip))) {
        if (!entry.ends_with(".json") && !entry.ends_with(".html")) continue;
        known_.push_back({zip, entry});
        if (entry.ends_with(".json")) reader_.Add({zip, entry}, ReadZipEntry(Full(zip), entry));
      }
    } catch (const FileError& failure) {
      reader_.Skip({zip}, WhyOf(failure, Full(zip)), true);
    }
  }

  bool BeginsAsOurs(const std::string& file) const {
    std::string head(4096, '\0');
    std::ifstream(Full(file)).read(head.data(), static_cast<std::streamsize>(head.size()));
    return head.find("\"doorway.") != std::string::npos;
  }

  std::string Full(const std::string& path) const { return (fs::path(folder_) / path).string(); }

  const std::string folder_;
  std::vector<std::string> files_;
  std::vector<results::Place> known_;
  results::Reader reader_;
};

}  // namespace

results::Results ReadResultsFolder(const std::string& folder, const std::string& page_folder) {
  FolderReader reader(folder);
  results::Results results = reader.Read();
  LinkFindings(reader.known(), folder, page_folder, &results);
  return results;
}

}  // namespace doorway
