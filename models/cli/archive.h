#pragma once

#include <string>
#include <vector>

// Zip files, such as those in which Bazel keeps what a test leaves behind. Read by the `unzip` program.

namespace doorway {

bool IsZip(const std::string& content);

// Names of the files in the zip at `path`. Errors: FileError.
std::vector<std::string> ZipEntries(const std::string& path);

// The content of one of them. Errors: FileError.
std::string ReadZipEntry(const std::string& path, const std::string& entry);

}  // namespace doorway
