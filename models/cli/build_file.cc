#include "models/cli/build_file.h"

#include <fnmatch.h>

#include <filesystem>
#include <optional>
#include <sstream>

#include "reports/files.h"

namespace doorway {
namespace {

namespace fs = std::filesystem;

bool IsComment(const std::string& line) { return line.starts_with("#"); }

bool GoesOn(const std::string& line) {
  return line.empty() || line[0] == ' ' || line[0] == ')' || line[0] == ']' || line[0] == '}';
}

// What is assigned to `attribute`, up to the next attribute: `glob(["*.h"]),`. Empty if nothing is.
std::string ValueOf(const std::string& statement, const std::string& attribute) {
  std::istringstream lines(statement);
  std::string value;
  bool found = false;
  for (std::string line; std::getline(lines, line);) {
    const bool begins =
        line.starts_with("    ") && line.size() > 4 && line[4] != ' ' && line[4] != ']' && line[4] != ')';
    if (begins) found = line.starts_with("    " + attribute + " = ");
    if (found) value += line + "\n";
  }
  return value;
}

std::vector<std::string> Strings(const std::string& text) {
  std::vector<std::string> strings;
  for (std::size_t at = text.find('"'); at != std::string::npos; at = text.find('"', at + 1)) {
    const std::size_t end = text.find('"', at + 1);
    if (end == std::string::npos) break;
    strings.push_back(text.substr(at + 1, end - at - 1));
    at = end;
  }
  return strings;
}

bool Matches(const std::string& patterns, const std::string& file) {
  for (const std::string& pattern : Strings(patterns)) {
    if (fnmatch(pattern.c_str(), file.c_str(), FNM_PATHNAME) == 0) return true;
  }
  return false;
}

// Whether the expression, lists and globs, has the file.
bool Has(std::string expression, const std::string& file) {
  std::string excluded;
  for (std::size_t at; (at = expression.find("exclude = [")) != std::string::npos;) {
    const std::size_t end = expression.find(']', at);
    excluded += expression.substr(at, end - at);
    expression.erase(at, end - at);
  }
  return Matches(expression, file) && !Matches(excluded, file);
}

// Whether the statement makes a library of the name of its header for each of a list: name = claim, hdrs = [claim +
// ".h"].
bool IsOneOfMany(const std::string& statement) {
  return Strings(ValueOf(statement, "name")).empty() &&
         Strings(ValueOf(statement, "hdrs")) == std::vector<std::string>{".h"};
}

}  // namespace

std::vector<std::string> StatementsOf(const std::string& build) {
  std::vector<std::string> statements;
  std::istringstream lines(build);
  bool in_comment = false;
  for (std::string line; std::getline(lines, line);) {
    const bool begins = !GoesOn(line) && !in_comment;
    if (begins || statements.empty()) statements.emplace_back();
    statements.back() += line + "\n";
    in_comment = IsComment(line);
  }
  return statements;
}

std::string LibraryOf(const std::string& workspace, const std::string& header) {
  fs::path package = fs::path(header).parent_path();
  while (!package.empty() && !fs::exists(fs::path(workspace) / package / "BUILD")) package = package.parent_path();
  if (package.empty()) return "";
  const std::string file = fs::path(header).lexically_relative(package).string();
  const std::string build = ReadFile((fs::path(workspace) / package / "BUILD").string());
  const std::string stem = fs::path(file).stem().string();
  for (const std::string& statement : StatementsOf(build)) {
    if (statement.find("cc_library(") == std::string::npos) continue;
    if (IsOneOfMany(statement) && build.find('"' + stem + '"') != std::string::npos) {
      return BuildLabel(package.string(), stem);
    }
    if (!Has(ValueOf(statement, "hdrs"), file)) continue;
    const std::vector<std::string> name = Strings(ValueOf(statement, "name"));
    if (!name.empty()) return BuildLabel(package.string(), name.front());
  }
  return "";
}

std::string BuildLabel(const std::string& package, const std::string& name) {
  const std::string last = fs::path(package).filename().string();
  return "//" + package + (last == name ? "" : ":" + name);
}

}  // namespace doorway
