#include "reports/html/escape.h"

#include <gtest/gtest.h>

namespace doorway::html {
namespace {

TEST(EscapeTest, Markup) {
  EXPECT_EQ(Escape("</script><img src=x onerror='alert(1)'> & \"q\""),
            "&lt;/script&gt;&lt;img src=x onerror=&#39;alert(1)&#39;&gt; &amp; &quot;q&quot;");
  EXPECT_EQ(Escape("0 → 1 ← T0:2 ⧖"), "0 → 1 ← T0:2 ⧖");
}

TEST(EscapeTest, WhatCannotBeSeenIsShown) {
  EXPECT_EQ(Visible(std::string_view("a\0b\x1b[31m\x7f", 9)), "a�b�[31m�");
  EXPECT_EQ(Visible("\tx\n"), "  x�");
  EXPECT_EQ(Visible("if (a) \xe2\x80\xae{ x }"), "if (a) [U+202E]{ x }");
  EXPECT_EQ(Visible("\xe2\x81\xa6x\xd8\x9c"), "[U+2066]x[U+061C]");
}

TEST(EscapeTest, BytesThatAreNoUtf8) {
  EXPECT_EQ(Visible("a\xff\xfe"), "a��");
  EXPECT_EQ(Visible("\xc0\xbc"), "��");            // an overlong "<"
  EXPECT_EQ(Visible("\xed\xa0\x80"), "���");       // a surrogate
  EXPECT_EQ(Visible("\xe2\x86"), "��");            // cut off
  EXPECT_EQ(Visible("\xf4\x90\x80\x80"), "����");  // beyond Unicode
  EXPECT_EQ(Visible("\xf0\x9f\x9a\xaa"), "\xf0\x9f\x9a\xaa");
}

TEST(EscapeTest, LongTextsAreCut) {
  EXPECT_EQ(Visible("→→→→", 3), "→→→…");
  EXPECT_EQ(Visible("→→→", 3), "→→→");
  EXPECT_EQ(Escape("<<<<", 2), "&lt;&lt;…");  // what is cut is the text, not its markup
}

TEST(EscapeTest, Scripts) {
  EXPECT_EQ(ForScript(R"({"name":"</script><!-- &"})"), "{\"name\":\"\\u003c/script\\u003e\\u003c!-- \\u0026\"}");
}

}  // namespace
}  // namespace doorway::html
