#pragma once

// A place in the source, captured by a defaulted argument of every operation:
//
//   void store(T value, std::memory_order order, Site site = Site::Here());
//
// gives the line of the *caller* of store(), in gcc and clang alike, without a macro.

namespace doorway {

struct Site {
  const char* file = "";
  int line = 0;

  static constexpr Site Here(const char* file = __builtin_FILE(), int line = __builtin_LINE()) {
    // Headers found through the include path "." are "./locks/mutex.h" to the compiler.
    if (file[0] == '.' && file[1] == '/') file += 2;
    return Site{file, line};
  }

  friend bool operator==(const Site& a, const Site& b) {
    return a.line == b.line && (a.file == b.file || __builtin_strcmp(a.file, b.file) == 0);
  }
};

}  // namespace doorway
