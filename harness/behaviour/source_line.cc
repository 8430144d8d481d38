#include "harness/behaviour/source_line.h"

#include <dlfcn.h>
#include <limits.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>

namespace doorway {

std::string SourceLine(const void* instruction) {
  Dl_info where{};
  if (instruction == nullptr || dladdr(instruction, &where) == 0 || where.dli_fname == nullptr) return "";
  Dl_info self{};
  if (dladdr(reinterpret_cast<const void*>(&SourceLine), &self) == 0 || self.dli_fbase != where.dli_fbase) {
    return "";  // in a library
  }
  const auto offset = reinterpret_cast<std::uintptr_t>(instruction) - reinterpret_cast<std::uintptr_t>(where.dli_fbase);
  char path[PATH_MAX];
  if (realpath("/proc/self/exe", path) == nullptr) return "";
  char command[PATH_MAX + 64];
  std::snprintf(command, sizeof(command), "addr2line -e '%s' 0x%zx 2>/dev/null", path, offset);
  FILE* pipe = popen(command, "r");
  if (pipe == nullptr) return "";
  char line[512] = "";
  const bool read = std::fgets(line, sizeof(line), pipe) != nullptr;
  pclose(pipe);
  if (!read || line[0] == '?') return "";
  std::string text(line);
  text.erase(text.find_last_not_of("\n") + 1);
  if (const auto note = text.find(" (discriminator"); note != std::string::npos) text.erase(note);
  if (const auto bazel = text.find("/proc/self/cwd/"); bazel == 0) text.erase(0, 15);
  return text;
}

}  // namespace doorway
