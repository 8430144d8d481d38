#pragma once

// What is everywhere in a test written for Relacy: the standard headers that such tests take for granted (they must come
// before the macros of relacy.hpp), `$`, a place in the source, and names of types.

#include <limits.h>
#include <memory.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/times.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <exception>
#include <fstream>
#include <functional>
#include <iomanip>
#include <iostream>
#include <iterator>
#include <limits>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <new>
#include <optional>
#include <queue>
#include <set>
#include <sstream>
#include <stack>
#include <stdexcept>
#include <string>
#include <thread>
#include <tuple>
#include <type_traits>
#include <typeinfo>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <variant>
#include <vector>

#include "harness/graph/site.h"

#define RL_TEST

#if defined(RL_JAVA_MODE) || defined(RL_CLI_MODE) || defined(RL_GC)
#error "Doorway's Relacy front: RL_JAVA_MODE, RL_CLI_MODE and RL_GC are not supported (C++, POSIX and Win32 only)"
#endif

namespace rl {

using std::size_t;
using std::uint64_t;

typedef int thread_id_t;
typedef uint64_t iteration_t;
typedef std::string string;
typedef std::ostringstream ostringstream;
typedef std::istringstream istringstream;

template <typename T = void>
class nocopy {
 protected:
  nocopy() {}

 private:
  nocopy(nocopy const&);
  nocopy& operator=(nocopy const&);
};

#define RL_NOCOPY(CLASS) \
 private:                \
  CLASS(CLASS const&);   \
  CLASS& operator=(CLASS const&);

// A place in the source, which each operation takes: what `$` stands for.
struct debug_info {
  char const* func_;
  char const* file_;
  unsigned line_;

  debug_info(char const* func = "", char const* file = "", unsigned line = 0) : func_(func), file_(file), line_(line) {}
};
typedef debug_info const& debug_info_param;

namespace front {
inline doorway::Site to_site(debug_info_param info) {
  char const* file = info.file_;
  if (file[0] == '.' && file[1] == '/') file += 2;
  return doorway::Site{file, static_cast<int>(info.line_)};
}
}  // namespace front

}  // namespace rl

#define RL_INFO ::rl::debug_info(__FUNCTION__, __FILE__, __LINE__)
#define $ RL_INFO

#define RL_INLINE inline
#define RL_NOINLINE
#define RL_STDCALL
#define RL_STRINGIZE_I(text) #text
#define RL_STRINGIZE(text) RL_STRINGIZE_I(text)
#define RL_VERIFY(x) (void)0
