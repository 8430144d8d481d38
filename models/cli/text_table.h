#pragma once

#include <string>
#include <vector>

// Columns of text for a terminal.

namespace doorway {

class TextTable {
 public:
  // Rows may be of different lengths.
  void Add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }

  // Each column as wide as its widest cell, two blanks between; no line ends in blanks.
  std::string Text() const;

 private:
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace doorway
