#include "reports/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace doorway {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void Fail(const std::string& what, const std::string& path, const std::string& why) {
  throw FileError(fmt::format("cannot {} {}: {}", what, path, why));
}

fs::path ParentOf(const fs::path& path) { return path.has_parent_path() ? path.parent_path() : fs::path("."); }

bool WriteAll(int file, const std::string& content) {
  std::size_t done = 0;
  while (done < content.size()) {
    const ssize_t wrote = write(file, content.data() + done, content.size() - done);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return false;
    done += static_cast<std::size_t>(wrote);
  }
  return true;
}

void WriteTo(int file, const std::string& path, const std::string& content) {
  const bool wrote = WriteAll(file, content);
  const int error = errno;
  const bool closed = close(file) == 0;
  if (!wrote) Fail("write", path, std::strerror(error));
  if (!closed) Fail("write", path, std::strerror(errno));
}

// Where `path` leads, if it is a link.
fs::path Resolved(const std::string& path) {
  std::error_code error;
  const fs::path target = fs::is_symlink(path, error) ? fs::canonical(path, error) : fs::path(path);
  return error ? fs::path(path) : target;
}

// Not to be replaced by a file: a device or a pipe, and what /dev/stdout leads to.
bool IsStream(const std::string& path) {
  std::error_code ignored;
  if (path.starts_with("/dev/") || path.starts_with("/proc/")) return fs::exists(path, ignored);
  return fs::exists(path, ignored) && !fs::is_regular_file(path, ignored) && !fs::is_directory(path, ignored);
}

// Readable as any file that the user makes: mkstemp's are the owner's alone.
void GiveUsualMode(int file) {
  const mode_t mask = umask(0);
  umask(mask);
  fchmod(file, 0666 & ~mask);
}

}  // namespace

void WriteFile(const std::string& path, const std::string& content) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) Fail("write", path, "it is a directory; name a file in it");
  if (IsStream(path)) {
    const int file = open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
    if (file < 0) Fail("write", path, std::strerror(errno));
    WriteTo(file, path, content);
    return;
  }
  const fs::path target = Resolved(path);
  std::string temporary = (ParentOf(target) / ("." + target.filename().string() + ".XXXXXX")).string();
  const int file = mkstemp(temporary.data());
  if (file < 0) Fail("write", path, std::strerror(errno));
  GiveUsualMode(file);
  try {
    WriteTo(file, path, content);
    if (rename(temporary.c_str(), target.c_str()) != 0) Fail("write", path, std::strerror(errno));
  } catch (const FileError&) {
    unlink(temporary.c_str());
    throw;
  }
}

void MakeDirectories(const std::string& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) Fail("make directory", path, error.message());
  if (!fs::is_directory(path)) Fail("make directory", path, "a file is in its place");
}

void CheckWritable(const std::string& path) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) Fail("write", path, "it is a directory; name a file in it");
  if (IsStream(path)) {
    if (access(path.c_str(), W_OK) != 0) Fail("write", path, std::strerror(errno));
    return;
  }
  const fs::path parent = ParentOf(Resolved(path));
  if (!fs::is_directory(parent, ignored)) Fail("write", path, "there is no directory " + parent.string());
  if (access(parent.c_str(), W_OK | X_OK) != 0) Fail("write", path, std::strerror(errno));
}

void CheckMakeable(const std::string& directory) {
  std::error_code ignored;
  fs::path existing = directory;
  while (!fs::exists(existing, ignored) && existing != ParentOf(existing)) existing = ParentOf(existing);
  if (!fs::is_directory(existing, ignored)) {
    Fail("write into", directory, existing.string() + " is not a directory");
  }
  if (access(existing.c_str(), W_OK | X_OK) != 0) Fail("write into", directory, std::strerror(errno));
}

std::string ReadFile(const std::string& path) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) Fail("read", path, "it is a directory; name a file in it");
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) Fail("read", path, std::strerror(errno));
  std::string content;
  char buffer[1 << 16];
  for (;;) {
    const ssize_t got = read(file, buffer, sizeof(buffer));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      const int error = errno;
      close(file);
      Fail("read", path, std::strerror(error));
    }
    if (got == 0) break;
    content.append(buffer, static_cast<std::size_t>(got));
  }
  close(file);
  return content;
}

}  // namespace doorway
