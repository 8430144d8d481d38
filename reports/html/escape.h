#pragma once

#include <cstddef>
#include <string>
#include <string_view>

// Text of models, which may be anything, in a page: names of variables, sentences, source lines.

namespace doorway::html {

// Longer texts are cut, and end with "…".
inline constexpr std::size_t kLongestText = 400;  // characters

// `text` as it can be seen: bytes that are no UTF-8 and control characters become U+FFFD, a tab two blanks; what would
// turn the direction of writing, and so make a line look like another one, is spelt "[U+202E]".
std::string Visible(std::string_view text, std::size_t longest = kLongestText);

// Visible text for HTML, in elements and in attributes within double quotes.
std::string Escape(std::string_view text, std::size_t longest = kLongestText);

// JSON for a <script> element: without the characters that could end it. REQUIRES: `json` is JSON.
std::string ForScript(std::string_view json);

}  // namespace doorway::html
