#include "models/cli/workspace.h"

#include <cstdlib>
#include <filesystem>

#include "models/cli/paths.h"

namespace doorway {

std::string WorkspaceOf(const std::string& directory) {
  namespace fs = std::filesystem;
  std::error_code error;
  // A normal path of a directory may end in "/", an empty name.
  for (fs::path at = (fs::path(directory) / "").lexically_normal().parent_path(); !at.empty(); at = at.parent_path()) {
    if (fs::exists(at / "models" / "model.bzl", error)) return at.string();
    if (at == at.parent_path()) break;
  }
  return "";
}

std::string UsersWorkspace() {
  const char* from_bazel = std::getenv("BUILD_WORKSPACE_DIRECTORY");
  return WorkspaceOf(from_bazel != nullptr ? from_bazel : FromUser("."));
}

}  // namespace doorway
