#pragma once

#include <map>
#include <string>
#include <vector>

#include "reports/source_files.h"
#include "reports/table.h"

// The source lines that a report speaks of, and some lines around them.

namespace doorway::html {

class Excerpts {
 public:
  // Of the places of `rows`, as far as `files` has them. At most `most_lines` lines in all; the places that come later
  // in `rows` then go without.
  Excerpts(const std::vector<TableRow>& rows, SourceFiles& files, std::size_t most_lines);

  // The id of the element that shows the line: "f0-36"; empty if it is not shown.
  std::string IdOf(const Site& site) const;
  // The line itself, without blanks around it; empty if it is not shown.
  std::string LineOf(const Site& site) const;

  // Every excerpt, by file. Empty if there is none.
  std::string Html() const;

 private:
  struct Line {
    std::string text;
    bool spoken_of = false;  // else it is context
  };
  struct File {
    std::string name;
    std::map<int, Line> lines;
  };

  void Add(const Site& site, SourceFiles& files, std::size_t most_lines);
  const Line* Find(const Site& site) const;
  std::size_t IndexOf(const std::string& name) const;  // files_.size() if it is not there

  std::vector<File> files_;  // in the order of their first place
  std::size_t lines_ = 0;
  bool cut_ = false;
};

}  // namespace doorway::html
