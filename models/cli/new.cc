#include <fmt/format.h>

#include <filesystem>

#include "models/cli/commands.h"
#include "models/cli/exit_code.h"
#include "models/cli/identifiers.h"
#include "models/cli/interrupt.h"
#include "models/cli/made.h"
#include "models/cli/paths.h"
#include "models/cli/selection.h"
#include "models/cli/workspace.h"
#include "reports/files.h"

// `doorway new`: writes the package of a new lock or protocol, which compiles and runs at once.

namespace doorway {
namespace {

namespace fs = std::filesystem;

// Where the user is.
std::string Here() { return (fs::path(FromUser(".")) / "").lexically_normal().parent_path().string(); }

void CheckKind(const std::string& kind) {
  if (kind == "lock" || kind == "protocol") return;
  const std::string near = DidYouMean(kind, {"lock", "protocol"});
  throw UsageError(fmt::format("new makes no {}{}", kind, near.empty() ? "; write lock or protocol" : near));
}

void CheckName(const std::string& kind, const std::string& name) {
  if (IsGoodName(name)) return;
  throw UsageError(fmt::format(
      "{} is no name for files, a package and a namespace: small letters, digits and _, no word of C++; did "
      "you mean {}?",
      name, GoodNameLike(name, kind)));
}

// Where the package will be.
struct Place {
  std::string directory;  // of the package
  std::string workspace;  // the checkout's root; empty: the directory is in none
  std::string package;    // "models/my_lock"
};

// Errors: UsageError.
Place PlaceFor(const NewOptions& options) {
  Place place;
  if (options.into.empty()) {
    place.workspace = UsersWorkspace();
    if (place.workspace.empty()) {
      throw UsageError(
          fmt::format("{} is in no checkout of Doorway; go into one, or say where to write: --into=DIR", Here()));
    }
    place.package = "models/" + options.name;
    place.directory = place.workspace + "/" + place.package;
  } else {
    place.directory = FromUser(options.into);
    while (place.directory.size() > 1 && place.directory.ends_with('/')) place.directory.pop_back();
    place.workspace = WorkspaceOf(place.directory);
    place.package = "models/" + options.name;
    if (!place.workspace.empty()) {
      place.package = fs::path(place.directory).lexically_relative(place.workspace).string();
      if (!place.package.starts_with("models/")) {
        throw UsageError(fmt::format("--into={}: models of the checkout {} are below {}/models", options.into,
                                     place.workspace, place.workspace));
      }
    }
  }
  if (fs::exists(place.directory)) {
    throw UsageError(
        fmt::format("{} exists, and nothing is overwritten; choose another name, remove it, or say where "
                    "to write: --into=DIR",
                    place.directory));
  }
  return place;
}

Made MakeLike(const NewOptions& options, const Naming& naming, const Place& place) {
  const Model& like = ModelNamed(options.like);
  const std::string workspace = place.workspace.empty() ? UsersWorkspace() : place.workspace;
  if (workspace.empty()) {
    throw UsageError(fmt::format("--like={}: its source is in a checkout of Doorway, and {} is in none; go into one",
                                 options.like, Here()));
  }
  return options.kind == "lock" ? MadeFromLock(like, naming, workspace) : MadeFromFamily(like, naming, workspace);
}

void Write(const Made& made, const std::string& directory) {
  CheckMakeable(directory);
  for (const MadeFile& file : made.files) {
    const fs::path path = fs::path(directory) / file.path;
    MakeDirectories(path.parent_path().string());
    WriteFile(path.string(), file.text);
    fmt::print("{} {}\n", &file == &made.files.front() ? "wrote" : "     ", path.string());
  }
}

void PrintNext(const Made& made, const Place& place) {
  if (place.workspace.empty()) {
    fmt::print("\nThis is in no checkout: move it to {} of one. Then, there:\n", place.package);
  } else {
    fmt::print("\nNext, in {}:\n", place.workspace);
  }
  fmt::print("  ./bazelw run //{}:doorway -- check {}\n", place.package, made.model);
  if (!made.broken.empty()) {
    fmt::print("  ./bazelw run //{}:doorway -- check {}  # must fail, and shows how\n", place.package, made.broken);
  }
  fmt::print("  ./bazelw test //{}/...\n", place.package);
}

}  // namespace

ExitCode New(const NewOptions& options) {
  CheckKind(options.kind);
  CheckName(options.kind, options.name);
  WatchInterrupts();
  const Place place = PlaceFor(options);
  const Naming naming{options.name, place.package};
  const Made made = options.like.empty() ? MadeFromStarter(options.kind, naming) : MakeLike(options, naming, place);
  if (Interrupted()) {  // counts would be missing
    fmt::print(stderr, "doorway: interrupted before anything was written\n");
    return ExitCode::kUnknown;
  }
  Write(made, place.directory);
  PrintNext(made, place);
  return ExitCode::kOk;
}

}  // namespace doorway
