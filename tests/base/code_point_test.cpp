#include "base/code_point.h"

#include <gtest/gtest.h>

namespace trunkline {
namespace {

std::string Written(const std::vector<char32_t>& points) {
  std::string text;
  for (const char32_t point : points) AppendCodePoint(text, point);
  return text;
}

TEST(CodePoint, IsReadInEveryLength) {
  EXPECT_EQ(ToCodePoints("a\u00e9\u20ac\U0001F600"),
            (std::vector<char32_t>{U'a', U'\u00e9', U'\u20ac', U'\U0001F600'}));
}

TEST(CodePoint, WhatIsReadIsWrittenTheSame) {
  for (const std::string_view text :
       {"", "plain", "\u007f\u0080", "\u07ff\u0800", "\uffff", "\U00010000\U0010ffff"}) {
    EXPECT_EQ(Written(ToCodePoints(text)), text);
  }
}

TEST(CodePoint, AByteThatStartsNoneCountsAsOne) {
  EXPECT_EQ(ToCodePoints("a\xE9z"), (std::vector<char32_t>{U'a', U'\uFFFD', U'z'}));
  EXPECT_EQ(ToCodePoints("\xFF\x80"), (std::vector<char32_t>{U'\uFFFD', U'\uFFFD'}));
}

TEST(CodePoint, ASequenceThatEndsTooEarlyGivesABadByteForEach) {
  EXPECT_EQ(ToCodePoints("\xF0\x9F\x98"), (std::vector<char32_t>{U'\uFFFD', U'\uFFFD', U'\uFFFD'}));
}

TEST(CodePoint, MovesBehindWhatItRead) {
  const std::string_view text = "\u20acx";
  std::size_t at = 0;
  EXPECT_EQ(NextCodePoint(text, at), U'\u20ac');
  EXPECT_EQ(at, 3U);
  EXPECT_EQ(CodePointLength(text, at), 1U);
}

}  // namespace
}  // namespace trunkline
