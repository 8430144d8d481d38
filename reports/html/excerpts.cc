#include "reports/html/excerpts.h"

#include <fmt/format.h>

#include <algorithm>

#include "reports/html/escape.h"

namespace doorway::html {
namespace {

constexpr int kContext = 4;  // lines before and after

bool Known(const Site& site) { return site.file != nullptr && *site.file != '\0' && site.line > 0; }

std::string Trimmed(const std::string& text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(" \t") + 1 - first);
}

}  // namespace

Excerpts::Excerpts(const std::vector<TableRow>& rows, SourceFiles& files, std::size_t most_lines) {
  for (const TableRow& row : rows) {
    if (Known(row.site)) Add(row.site, files, most_lines);
  }
}

void Excerpts::Add(const Site& site, SourceFiles& files, std::size_t most_lines) {
  const std::vector<std::string>& content = files.Lines(site.file);
  if (static_cast<std::size_t>(site.line) > content.size()) return;
  const std::size_t index = IndexOf(site.file);
  if (index == files_.size()) files_.push_back({site.file, {}});
  std::map<int, Line>& lines = files_[index].lines;
  const int first = std::max(1, site.line - kContext);
  const int last = std::min(static_cast<int>(content.size()), site.line + kContext);
  if (!lines.contains(site.line) && lines_ + static_cast<std::size_t>(last - first + 1) > most_lines) {
    cut_ = true;
    return;
  }
  for (int line = first; line <= last; ++line) {
    const bool added = lines.try_emplace(line, Line{content[static_cast<std::size_t>(line) - 1], false}).second;
    if (added) ++lines_;
  }
  lines[site.line].spoken_of = true;
}

std::size_t Excerpts::IndexOf(const std::string& name) const {
  const auto at = std::find_if(files_.begin(), files_.end(), [&](const File& file) { return file.name == name; });
  return static_cast<std::size_t>(at - files_.begin());
}

const Excerpts::Line* Excerpts::Find(const Site& site) const {
  if (!Known(site)) return nullptr;
  const std::size_t index = IndexOf(site.file);
  if (index == files_.size()) return nullptr;
  const auto line = files_[index].lines.find(site.line);
  return line == files_[index].lines.end() ? nullptr : &line->second;
}

std::string Excerpts::IdOf(const Site& site) const {
  return Find(site) == nullptr ? "" : fmt::format("f{}-{}", IndexOf(site.file), site.line);
}

std::string Excerpts::LineOf(const Site& site) const {
  const Line* line = Find(site);
  return line == nullptr ? "" : Trimmed(line->text);
}

std::string Excerpts::Html() const {
  std::string html;
  for (std::size_t i = 0; i < files_.size(); ++i) {
    const File& file = files_[i];
    if (file.lines.empty()) continue;
    html += fmt::format("<figure class=\"file\"><figcaption>{}</figcaption>\n<pre>", Escape(file.name));
    int previous = 0;
    for (const auto& [number, line] : file.lines) {
      if (previous != 0 && number != previous + 1) html += "<span class=\"gap\">⋮</span>\n";
      html += fmt::format("<span id=\"f{}-{}\" class=\"line{}\"><span class=\"number\">{}</span>{}</span>\n", i, number,
                          line.spoken_of ? " spoken" : "", number, Escape(line.text));
      previous = number;
    }
    html += "</pre></figure>\n";
  }
  if (cut_) html += fmt::format("<p class=\"cut\">Cut: the page has {} source lines at most.</p>\n", lines_);
  return html;
}

}  // namespace doorway::html
