#include "models/cli/identifiers.h"

#include <algorithm>
#include <iterator>

namespace doorway {
namespace {

// Keywords of C++20 that are good names otherwise, and names of namespaces and functions that the code made refers to.
constexpr const char* kTaken[] = {
    "alignas",   "alignof",  "and",      "asm",       "auto",      "bitand",   "bitor",    "bool",      "break",
    "case",      "catch",    "char",     "class",     "compl",     "concept",  "const",    "consteval", "constexpr",
    "constinit", "continue", "decltype", "default",   "delete",    "do",       "double",   "else",      "enum",
    "explicit",  "export",   "extern",   "false",     "float",     "for",      "friend",   "goto",      "if",
    "inline",    "int",      "long",     "mutable",   "namespace", "new",      "noexcept", "not",       "nullptr",
    "operator",  "or",       "private",  "protected", "public",    "register", "requires", "return",    "short",
    "signed",    "sizeof",   "static",   "struct",    "switch",    "template", "this",     "throw",     "true",
    "try",       "typedef",  "typeid",   "typename",  "union",     "unsigned", "using",    "virtual",   "void",
    "volatile",  "while",    "xor",      "std",       "doorway",   "lock",     "notes",    "with",      "unseen",
    "internal"};

bool Lower(char c) { return c >= 'a' && c <= 'z'; }
bool Upper(char c) { return c >= 'A' && c <= 'Z'; }
bool Digit(char c) { return c >= '0' && c <= '9'; }
bool InIdentifier(char c) { return Lower(c) || Upper(c) || Digit(c) || c == '_'; }

}  // namespace

bool IsGoodName(const std::string& name) {
  if (name.empty() || !Lower(name.front()) || name.back() == '_' || name.find("__") != std::string::npos) return false;
  const bool word = std::all_of(name.begin(), name.end(), [](char c) { return Lower(c) || Digit(c) || c == '_'; });
  return word && std::find(std::begin(kTaken), std::end(kTaken), name) == std::end(kTaken);
}

std::string GoodNameLike(const std::string& name, const std::string& kind) {
  std::string good;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    const bool word_begins = Upper(c) && i > 0 && (Lower(name[i - 1]) || Digit(name[i - 1]));
    const bool gap = word_begins || !InIdentifier(c) || c == '_';
    if (gap && !good.empty() && good.back() != '_') good += '_';
    if (Upper(c)) good += static_cast<char>(c - 'A' + 'a');
    if (Lower(c) || Digit(c)) good += c;
  }
  while (!good.empty() && good.back() == '_') good.pop_back();
  if (good.empty()) return "my_" + kind;
  if (Digit(good.front())) good.insert(0, kind + "_");
  return IsGoodName(good) ? good : "my_" + good;
}

std::string ClassNameOf(const std::string& name) {
  std::string result;
  bool begins = true;
  for (const char c : name) {
    if (c != '_') result += begins && Lower(c) ? static_cast<char>(c - 'a' + 'A') : c;
    begins = c == '_';
  }
  return result;
}

std::string WithIdentifier(const std::string& text, const std::string& from, const std::string& to) {
  std::string result;
  std::size_t done = 0;
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + from.size())) {
    const std::size_t end = at + from.size();
    if ((at > 0 && InIdentifier(text[at - 1])) || (end < text.size() && InIdentifier(text[end]))) continue;
    result += text.substr(done, at - done) + to;
    done = end;
  }
  return result + text.substr(done);
}

std::string WithText(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

}  // namespace doorway
