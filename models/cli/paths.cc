#include "models/cli/paths.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>

namespace doorway {
namespace {

std::string Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

// The label of a program that Bazel built: a package of models has its own, "//models/my_lock:doorway".
std::string TargetOf(const std::string& program) {
  constexpr std::string_view kBin = "/bin/";
  const std::size_t out = program.find("bazel-out/");
  const std::size_t bin = out == std::string::npos ? out : program.find(kBin, out);
  const std::filesystem::path path = bin == std::string::npos ? program : program.substr(bin + kBin.size());
  const std::string package = path.parent_path().string();
  if (!package.starts_with("models/") || package == "models/cli") return "//:doorway";
  return fmt::format("//{}:{}", package, path.filename().string());
}

}  // namespace

std::string FromUser(const std::string& path) {
  const std::string directory = Environment("BUILD_WORKING_DIRECTORY");
  if (path.empty()) return path;
  if (directory.empty()) return std::filesystem::absolute(path).lexically_normal().string();
  return (std::filesystem::path(directory) / path).lexically_normal().string();
}

std::string HowToCall(const std::string& program) {
  const bool bazel = !Environment("BUILD_WORKING_DIRECTORY").empty() || !Environment("TEST_TARGET").empty();
  return bazel ? fmt::format("./bazelw run {} --", TargetOf(program)) : program;
}

std::string DefaultOutputDirectory() {
  const std::string cache = Environment("XDG_CACHE_HOME");
  if (!cache.empty()) return cache + "/doorway";
  const std::string home = Environment("HOME");
  return home.empty() ? "" : home + "/.cache/doorway";
}

std::string TestOutputsZip() {
  std::string target = Environment("TEST_TARGET");
  if (!target.starts_with("//")) return "";
  target = target.substr(2);
  std::replace(target.begin(), target.end(), ':', '/');
  return fmt::format("bazel-testlogs/{}/test.outputs/outputs.zip", target);
}

bool KeepsReports() { return !Environment("DOORWAY_REPORTS").empty(); }

std::string TestOutputsDirectory() { return Environment("TEST_UNDECLARED_OUTPUTS_DIR"); }

std::vector<std::string> SourceRoots() {
  namespace fs = std::filesystem;
  const std::string workspace = Environment("BUILD_WORKSPACE_DIRECTORY");
  if (!workspace.empty()) return {workspace};
  std::error_code error;
  const fs::path here = fs::current_path(error);
  if (error) return {};
  for (fs::path directory = here; directory != directory.parent_path(); directory = directory.parent_path()) {
    if (fs::exists(directory / "WORKSPACE", error)) return {directory.string(), here.string()};
  }
  return {here.string()};
}

std::string FileStem(std::string_view model, std::string_view memory, std::string_view claim) {
  std::string stem = fmt::format("{}.{}.{}", model, memory, claim);
  for (char& c : stem) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '_' && c != '-') c = '.';
  }
  return stem;
}

}  // namespace doorway
