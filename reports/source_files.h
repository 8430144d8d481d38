#pragma once

#include <map>
#include <string>
#include <vector>

// Source files as they are on disk when a report is written, for excerpts beside what a report says.

namespace doorway {

class SourceFiles {
 public:
  // No files at all: reports show places without their lines.
  SourceFiles() = default;
  // Names are looked up below each of `roots`, in this order.
  explicit SourceFiles(std::vector<std::string> roots) : roots_(std::move(roots)) {}

  // The lines of the file that a Site names; empty if no root has a regular file of that name, of 4 MiB at most. A name
  // that leads out of the roots ("../x", a link) is not followed. Read once.
  const std::vector<std::string>& Lines(const std::string& file);

 private:
  std::vector<std::string> roots_;
  std::map<std::string, std::vector<std::string>> files_;
};

}  // namespace doorway
