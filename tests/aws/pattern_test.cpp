#include "aws/pattern.h"

#include <gmock/gmock.h>

namespace trunkline::aws {
namespace {

bool Matches(std::string_view expression, std::string_view text) {
  return Pattern::Compile(expression).value().Matches(text);
}

struct Example {
  const char* expression;
  const char* text;
  bool matches;
};

class Patterns : public testing::TestWithParam<Example> {};

TEST_P(Patterns, MatchWholeTexts) {
  EXPECT_EQ(Matches(GetParam().expression, GetParam().text), GetParam().matches)
      << GetParam().expression << " on '" << GetParam().text << "'";
}

INSTANTIATE_TEST_SUITE_P(
    All, Patterns,
    testing::Values(
        Example{"abc", "abc", true}, Example{"abc", "abcd", false}, Example{"^a$", "a", true},
        Example{"a|bc", "bc", true}, Example{"a|bc", "ac", false},
        Example{"(a|b)*c", "ababc", true}, Example{"a+", "", false}, Example{"a?b", "b", true},
        Example{"a{2,3}", "a", false}, Example{"a{2,3}", "aaa", true},
        Example{"a{2,3}", "aaaa", false}, Example{"a{2,}", "aaaaa", true},
        Example{"a{2}", "aa", true}, Example{"(ab){2}", "abab", true},
        Example{"[a-c]+", "abcabc", true}, Example{"[^a-c]+", "abc", false},
        Example{"[a-zA-Z0-9-_]+", "a-B_9", true}, Example{"[a-zA-Z+-=._:/]+", "a,b", true},
        Example{"[\\w+=,.@-]+", "a b", false}, Example{"[\\d]{3}", "12a", false},
        Example{"[^\\s]+", "a b", false}, Example{".*\\S.*", "   ", false},
        Example{".*\\S.*", " x ", true}, Example{".*", "a\nb", false},
        Example{"[\\W\\S_]*", "a\nb", true}, Example{"[-a]+", "-a", true},
        Example{"[]a]+", "]a", true}, Example{"\\$LATEST|[0-9]+", "$LATEST", true},
        Example{"(?!aws:)[a-z:]+", "aws:x", false}, Example{"(?!aws:)[a-z:]+", "was:x", true},
        Example{"(?=.*[a-z])(?=.*\\d).{3,}", "ab1", true},
        Example{"(?=.*[a-z])(?=.*\\d).{3,}", "abc", false}, Example{"[a-z.]*(?<!\\.)", "a.b", true},
        Example{"[a-z.]*(?<!\\.)", "ab.", false},
        Example{"^(\\bTSTALIASID\\b|[0-9]+)$", "TSTALIASID", true},
        Example{"([0-9a-z][_-]?)+", "a_b-c", true}, Example{"([0-9a-z][_-]?)+", "a__b", false},
        Example{"[\\p{L}\\p{Z}\\p{N}_]+",
                "\xC3\x9C"
                "ber 9",
                true},
        Example{"[\\p{L}]+", "\xE2\x82\xAC", false}, Example{"^\\P{C}*$", "tab\t", false},
        Example{"^\\P{C}*$", "text", true}, Example{"[\\u0020-\\u00FF]+", "\xC3\xA9", true},
        Example{"[\\u0020-\\u00FF]+", "\xC4\x80", false},
        Example{"a.c",
                "a\xF0\x9F\x98\x80"
                "c",
                true},
        Example{"arn:[^:]+:(s3|s3express):.*", "arn:aws:s3:::b", true},
        Example{"a*?b", "aab", true}, Example{"()|(arn:.*)", "", true}));

TEST(Pattern, TakesLinearTimeWhereBacktrackingTakesForever) {
  EXPECT_FALSE(Matches("(a*)*b", std::string(20000, 'a')));
  EXPECT_FALSE(Matches("(a|a)*b", std::string(20000, 'a')));
}

TEST(Pattern, SaysWhatItDoesNotUnderstand) {
  EXPECT_EQ(Pattern::Compile("(a)\\1").error().message(),
            "the expression has an escape, which is not understood");
  EXPECT_EQ(Pattern::Compile("(?i)a").error().message(),
            "the expression has a group with flags, which is not understood");
  EXPECT_FALSE(Pattern::Compile("(a"));
  EXPECT_FALSE(Pattern::Compile("a)"));
  EXPECT_FALSE(Pattern::Compile("[a"));
  EXPECT_FALSE(Pattern::Compile("(a{1000}){1000}"));
}

}  // namespace
}  // namespace trunkline::aws
