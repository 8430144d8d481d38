#include "harness/linearize/edn.h"

#include <gtest/gtest.h>

#include <string>

namespace doorway::linearize {
namespace {

using Kind = Edn::Kind;

Edn ReadOne(std::string_view text) { return EdnReader(text).Read(); }

std::string ErrorOf(std::string_view text) {
  try {
    ReadOne(text);
  } catch (const EdnError& error) {
    return error.what();
  }
  return "";
}

TEST(EdnTest, Scalars) {
  EXPECT_EQ(ReadOne("nil").kind, Kind::kNil);
  EXPECT_EQ(ReadOne("true").number, 1);
  EXPECT_EQ(ReadOne("false").kind, Kind::kTruth);
  EXPECT_EQ(ReadOne("-42").number, -42);
  EXPECT_EQ(ReadOne("+7N").number, 7);
  EXPECT_EQ(ReadOne(" , :timed-out ").text, "timed-out");
  EXPECT_EQ(ReadOne("\"a \\\"b\\\"\\n\"").text, "a \"b\"\n");
  EXPECT_EQ(ReadOne("1.5").kind, Kind::kSymbol);
  EXPECT_EQ(ReadOne("-").kind, Kind::kSymbol);
  EXPECT_EQ(ReadOne("9223372036854775807").number, 9223372036854775807);
}

TEST(EdnTest, Collections) {
  const Edn map = ReadOne("{:process 0, :value [1 nil], ; a comment\n :error #{:a} :op #inst \"x\" #_ignored :z 1}");
  ASSERT_EQ(map.kind, Kind::kMap);
  EXPECT_EQ(map.Find("process")->number, 0);
  EXPECT_EQ(map.Find("value")->elements.size(), 2u);
  EXPECT_EQ(map.Find("error")->kind, Kind::kSet);
  EXPECT_EQ(map.Find("op")->text, "x");
  EXPECT_EQ(map.Find("z")->number, 1);
  EXPECT_EQ(map.Find("none"), nullptr);
}

TEST(EdnTest, LinesAreCounted) {
  EdnReader reader("1\n\"two\nlines\"\n; three\n4");
  reader.Read();
  reader.Read();
  EXPECT_EQ(reader.line(), 3u);
  EXPECT_EQ(reader.Peek(), '4');
  EXPECT_EQ(reader.line(), 5u);
}

TEST(EdnTest, WhatIsWrong) {
  EXPECT_EQ(ErrorOf("[1 2"), "the text ends within a form");
  EXPECT_EQ(ErrorOf("; nothing"), "the text ends within a form");
  EXPECT_EQ(ErrorOf("]"), "a ] that closes nothing");
  EXPECT_EQ(ErrorOf("[1 }"), "a } that closes nothing");
  EXPECT_EQ(ErrorOf("{:a}"), "a map in which a key has no value");
  EXPECT_EQ(ErrorOf("\"abc"), "a text without an end: a \" is missing");
  EXPECT_EQ(ErrorOf("\"abc\\"), "a text without an end: a \" is missing");
  EXPECT_EQ(ErrorOf("#"), "a # that begins nothing");
  EXPECT_EQ(ErrorOf("#_"), "the text ends within a form");
  EXPECT_EQ(ErrorOf("99999999999999999999"), "99999999999999999999 is too large; numbers have 64 bits");
  EXPECT_EQ(ErrorOf(std::string(100000, '[')), "forms are nested more than 100 deep");
  EXPECT_EQ(ErrorOf(std::string("\0", 1)), "a zero byte");
}

}  // namespace
}  // namespace doorway::linearize
