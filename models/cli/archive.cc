#include "models/cli/archive.h"

#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "reports/files.h"

extern char** environ;

namespace doorway {
namespace {

std::string ReadAll(int file) {
  std::string content;
  char buffer[1 << 16];
  for (;;) {
    const ssize_t got = read(file, buffer, sizeof(buffer));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return content;
    content.append(buffer, static_cast<std::size_t>(got));
  }
}

// Standard output of `unzip arguments...`; no shell is involved.
std::string Unzip(std::vector<std::string> arguments, const std::string& path) {
  int ends[2];
  if (pipe(ends) != 0) throw FileError(fmt::format("cannot read {}: {}", path, std::strerror(errno)));
  arguments.insert(arguments.begin(), "unzip");
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_addclose(&actions, ends[0]);
  posix_spawn_file_actions_addclose(&actions, ends[1]);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", 1, 0);
  pid_t child = 0;
  const int error = posix_spawnp(&child, "unzip", &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  if (error != 0) {
    close(ends[0]);
    throw FileError(
        fmt::format("cannot read {}: unzip is not installed; install it (apt-get install unzip), or unpack "
                    "the zip and replay the JSON in it",
                    path));
  }
  std::string output = ReadAll(ends[0]);
  close(ends[0]);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    throw FileError(fmt::format("cannot read {}: it is a damaged zip; run the test again", path));
  }
  return output;
}

// unzip takes its arguments after the archive as patterns.
std::string Literally(const std::string& entry) {
  std::string literal;
  for (char c : entry) {
    if (c == '*' || c == '?' || c == '[' || c == '\\') literal += '\\';
    literal += c;
  }
  return literal;
}

}  // namespace

bool IsZip(const std::string& content) {
  return content.starts_with("PK\003\004") || content.starts_with("PK\005\006");
}

std::vector<std::string> ZipEntries(const std::string& path) {
  std::vector<std::string> entries;
  const std::string listing = Unzip({"-Z1", path}, path);
  for (std::size_t at = 0; at < listing.size();) {
    const std::size_t end = std::min(listing.find('\n', at), listing.size());
    if (end > at) entries.push_back(listing.substr(at, end - at));
    at = end + 1;
  }
  return entries;
}

std::string ReadZipEntry(const std::string& path, const std::string& entry) {
  return Unzip({"-p", path, Literally(entry)}, path);
}

}  // namespace doorway
