#pragma once

#include <stdexcept>
#include <string>

// Files that appear whole or not at all.

namespace doorway {

// One line: the path, what is wrong with it, what to do.
class FileError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Replaces `path` by `content`: written to a temporary file beside it, which is then renamed, so no
// reader ever sees a part. A device, a pipe, /dev/stdout is written to instead.
// Errors: FileError; nothing is left behind.
void WriteFile(const std::string& path, const std::string& content);

// Makes the directory and its parents. Errors: FileError.
void MakeDirectories(const std::string& path);

// Errors: FileError, if it can be told now, without touching anything, that WriteFile(path) would fail.
void CheckWritable(const std::string& path);

// The same for a directory that is yet to be made.
void CheckMakeable(const std::string& directory);

// The whole of a file. Errors: FileError.
std::string ReadFile(const std::string& path);

}  // namespace doorway
