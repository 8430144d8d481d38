#include "reports/html/escape.h"

#include <fmt/format.h>

#include <cstdint>

namespace doorway::html {
namespace {

constexpr char kReplacement[] = "\xef\xbf\xbd";  // U+FFFD

struct Character {
  std::uint32_t code = 0;
  std::size_t bytes = 1;
  bool valid = false;
};

// The character that begins at `at`. An overlong form, a surrogate, a cut sequence: one invalid byte.
Character CharacterAt(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const std::uint8_t first = byte(at);
  if (first < 0x80) return {first, 1, true};
  const std::size_t bytes = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || at + bytes > text.size()) return {};
  std::uint32_t code = first & (0xffu >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(at + i) & 0xc0) != 0x80) return {};
    code = code << 6 | (byte(at + i) & 0x3f);
  }
  constexpr std::uint32_t kLeast[] = {0, 0, 0x80, 0x800, 0x10000};
  if (code < kLeast[bytes] || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return {};
  return {code, bytes, true};
}

bool IsControl(std::uint32_t code) { return code < 0x20 || (code >= 0x7f && code < 0xa0); }

bool TurnsDirection(std::uint32_t code) {
  return code == 0x61c || code == 0x200e || code == 0x200f || (code >= 0x202a && code <= 0x202e) ||
         (code >= 0x2066 && code <= 0x2069);
}

}  // namespace

std::string Visible(std::string_view text, std::size_t longest) {
  std::string visible;
  std::size_t characters = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (characters++ == longest) return visible + "…";
    const Character character = CharacterAt(text, at);
    if (character.code == '\t') {
      visible += "  ";
    } else if (!character.valid || IsControl(character.code)) {
      visible += kReplacement;
    } else if (TurnsDirection(character.code)) {
      visible += fmt::format("[U+{:04X}]", character.code);
    } else {
      visible += text.substr(at, character.bytes);
    }
    at += character.bytes;
  }
  return visible;
}

std::string Escape(std::string_view text, std::size_t longest) {
  std::string escaped;
  for (const char c : Visible(text, longest)) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

std::string ForScript(std::string_view json) {
  std::string safe;
  for (const char c : json) {
    if (c == '<' || c == '>' || c == '&') {  // in JSON they stand within strings only
      safe += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
    } else {
      safe += c;
    }
  }
  return safe;
}

}  // namespace doorway::html
