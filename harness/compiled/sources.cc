#include "harness/compiled/sources.h"

#include <dlfcn.h>
#include <limits.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <set>

namespace doorway::compiled {
namespace {

std::string OwnPath() {
  char path[PATH_MAX];
  return realpath("/proc/self/exe", path) == nullptr ? std::string() : path;
}

// Where the program is loaded.
std::uintptr_t Base() {
  Dl_info self{};
  if (dladdr(reinterpret_cast<const void*>(&OwnPath), &self) == 0) return 0;
  return reinterpret_cast<std::uintptr_t>(self.dli_fbase);
}

bool IsInProgram(const void* address) {
  Dl_info where{};
  return dladdr(address, &where) != 0 && reinterpret_cast<std::uintptr_t>(where.dli_fbase) == Base();
}

// addr2line, which is asked an address a line and answers as many lines as there are calls inlined there.
class LineReader {
 public:
  LineReader() {
    int questions[2];
    int answers[2];
    if (pipe(questions) != 0 || pipe(answers) != 0) return;
    const std::string path = OwnPath();
    const pid_t child = vfork();
    if (child == 0) {
      dup2(questions[0], 0);
      dup2(answers[1], 1);
      close(questions[1]);
      close(answers[0]);
      execlp("addr2line", "addr2line", "-a", "-i", "-e", path.c_str(), static_cast<char*>(nullptr));
      _exit(127);
    }
    close(questions[0]);
    close(answers[1]);
    if (child < 0) return;
    to_ = fdopen(questions[1], "w");
    from_ = fdopen(answers[0], "r");
  }
  LineReader(const LineReader&) = delete;
  LineReader& operator=(const LineReader&) = delete;

  // Calls take(file, line) for each, innermost first.
  template <class Take>
  void Ask(std::uintptr_t address, const Take& take) {
    if (to_ == nullptr || from_ == nullptr) return;
    // The second question marks the end of the answers to the first.
    if (std::fprintf(to_, "0x%zx\n0x0\n", static_cast<std::size_t>(address)) < 0 || std::fflush(to_) != 0) return;
    char text[PATH_MAX + 64];
    int addresses = 0;
    while (std::fgets(text, sizeof(text), from_) != nullptr) {
      if (std::strncmp(text, "0x", 2) == 0) {
        ++addresses;
        continue;
      }
      if (addresses == 2) return;
      char* const colon = std::strrchr(text, ':');
      if (colon == nullptr || text[0] == '?') continue;
      *colon = '\0';
      take(std::string(text), std::atoi(colon + 1));
    }
  }

 private:
  std::FILE* to_ = nullptr;
  std::FILE* from_ = nullptr;
};

bool IsLibrary(const std::string& file) {
  return file.rfind("/usr/include/", 0) == 0 || file.rfind("/usr/lib/", 0) == 0 ||
         file.find("harness/kernel/include/") != std::string::npos ||
         file.find("harness/stdcompat/cdschecker/") != std::string::npos;
}

const char* Keep(std::string text) {
  static std::set<std::string> texts;
  return texts.insert(std::move(text)).first->c_str();
}

CodePlace Find(const void* instruction) {
  static LineReader reader;
  CodePlace found;
  found.is_library = true;
  if (!IsInProgram(instruction)) return found;
  reader.Ask(reinterpret_cast<std::uintptr_t>(instruction) - Base(), [&](std::string file, int line) {
    if (const std::size_t bazel = file.find("/proc/self/cwd/"); bazel == 0)
      file.erase(0, std::strlen("/proc/self/cwd/"));
    const bool is_library = IsLibrary(file);
    if (!found.is_library || (is_library && found.site.line != 0)) return;
    found = {{Keep(std::move(file)), line}, is_library};
  });
  return found;
}

struct Variable {
  std::uintptr_t size = 0;
  std::string name;
};

std::map<std::uintptr_t, Variable> ReadVariables() {
  std::map<std::uintptr_t, Variable> variables;
  const std::string command = "nm -CS --defined-only '" + OwnPath() + "' 2>/dev/null";
  std::FILE* const pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return variables;
  char text[4096];
  while (std::fgets(text, sizeof(text), pipe) != nullptr) {
    unsigned long long address = 0;
    unsigned long long size = 0;
    char kind = 0;
    int name = 0;
    if (std::sscanf(text, "%llx %llx %c %n", &address, &size, &kind, &name) < 3 || name == 0) continue;
    if (std::strchr("bBdDrRuvV", kind) == nullptr) continue;
    text[std::strcspn(text, "\n")] = '\0';
    variables[address] = {size, text + name};
  }
  pclose(pipe);
  return variables;
}

}  // namespace

const CodePlace& PlaceOf(const void* return_address) {
  static std::map<const void*, CodePlace> known;
  const auto found = known.find(return_address);
  if (found != known.end()) return found->second;
  const auto call = reinterpret_cast<std::uintptr_t>(return_address) - 1;
  return known.emplace(return_address, Find(reinterpret_cast<const void*>(call))).first->second;
}

std::string VariableAt(const void* address) {
  static const std::map<std::uintptr_t, Variable> variables = ReadVariables();
  const std::uintptr_t at = reinterpret_cast<std::uintptr_t>(address) - Base();
  auto next = variables.upper_bound(at);
  if (next == variables.begin()) return "";
  const auto& [begin, variable] = *std::prev(next);
  if (at >= begin + variable.size) return "";
  return at == begin ? variable.name : variable.name + "+" + std::to_string(at - begin);
}

}  // namespace doorway::compiled
