// The C library's functions on bytes and strings whose calls in a compiled program come here (redirect.h): they read
// and write memory as the program's own code does.

#include <cstddef>
#include <cstring>

#include "harness/compiled/calls.h"

namespace doorway::compiled {
namespace {

// The length of a string, which is read byte by byte: where it ends is known only then.
std::size_t ReadsString(const char* text, const void* caller, std::size_t most = ~std::size_t{0}) {
  std::size_t length = 0;
  for (; length < most; ++length) {
    Reads(text + length, 1, caller);
    if (text[length] == '\0') break;
  }
  return length;
}

}  // namespace
}  // namespace doorway::compiled

using doorway::compiled::Reads;
using doorway::compiled::ReadsString;
using doorway::compiled::Writes;

extern "C" {

void* doorway_malloc(std::size_t size);  // libc.cc

void* doorway_memcpy(void* to, const void* from, std::size_t size) {
  Reads(from, size, DOORWAY_CALLER);
  Writes(to, size, DOORWAY_CALLER);
  return std::memcpy(to, from, size);
}
void* doorway_memmove(void* to, const void* from, std::size_t size) {
  Reads(from, size, DOORWAY_CALLER);
  Writes(to, size, DOORWAY_CALLER);
  return std::memmove(to, from, size);
}
void* doorway_memset(void* to, int byte, std::size_t size) {
  Writes(to, size, DOORWAY_CALLER);
  return std::memset(to, byte, size);
}
int doorway_memcmp(const void* a, const void* b, std::size_t size) {
  Reads(a, size, DOORWAY_CALLER);
  Reads(b, size, DOORWAY_CALLER);
  return std::memcmp(a, b, size);
}
int doorway_bcmp(const void* a, const void* b, std::size_t size) {
  Reads(a, size, DOORWAY_CALLER);
  Reads(b, size, DOORWAY_CALLER);
  return std::memcmp(a, b, size);
}
void* doorway_memchr(void* from, int byte, std::size_t size) {
  Reads(from, size, DOORWAY_CALLER);
  return std::memchr(from, byte, size);
}

std::size_t doorway_strlen(const char* text) { return ReadsString(text, DOORWAY_CALLER); }
int doorway_strcmp(const char* a, const char* b) {
  ReadsString(a, DOORWAY_CALLER);
  ReadsString(b, DOORWAY_CALLER);
  return std::strcmp(a, b);
}
int doorway_strncmp(const char* a, const char* b, std::size_t most) {
  ReadsString(a, DOORWAY_CALLER, most);
  ReadsString(b, DOORWAY_CALLER, most);
  return std::strncmp(a, b, most);
}
char* doorway_strcpy(char* to, const char* from) {
  Writes(to, ReadsString(from, DOORWAY_CALLER) + 1, DOORWAY_CALLER);
  return std::strcpy(to, from);
}
char* doorway_strncpy(char* to, const char* from, std::size_t most) {
  ReadsString(from, DOORWAY_CALLER, most);
  Writes(to, most, DOORWAY_CALLER);
  return std::strncpy(to, from, most);
}
char* doorway_strcat(char* to, const char* from) {
  const std::size_t length = ReadsString(to, DOORWAY_CALLER);
  Writes(to + length, ReadsString(from, DOORWAY_CALLER) + 1, DOORWAY_CALLER);
  return std::strcat(to, from);
}
char* doorway_strchr(char* text, int byte) {
  ReadsString(text, DOORWAY_CALLER);
  return std::strchr(text, byte);
}
char* doorway_strdup(const char* text) {
  const std::size_t size = ReadsString(text, DOORWAY_CALLER) + 1;
  char* const copy = static_cast<char*>(doorway_malloc(size));
  return copy == nullptr ? nullptr : static_cast<char*>(doorway_memcpy(copy, text, size));
}

}  // extern "C"
