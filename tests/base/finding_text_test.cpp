#include "base/finding_text.h"

#include <gmock/gmock.h>

#include "base/text.h"

namespace trunkline {
namespace {

Finding At(std::string line, std::uint32_t column, std::uint32_t length) {
  return {.severity = Severity::kError,
          .code = "TL-X001",
          .message = "no",
          .hint = "yes",
          .place = {.file = "f", .line = 7, .column = column, .length = length},
          .source_line = {std::move(line)}};
}

TEST(FindingText, UnderlinesWhatIsMeantAsItStandsOnATerminal) {
  EXPECT_EQ(ToText(At(R"({"Café": "naïve"})", 11, 8)),
            "f:7:11: error: no [TL-X001]\n"
            "   7 | {\"Café\": \"naïve\"}\n"
            "     |          ^~~~~~~ yes\n");
}

TEST(FindingText, CutsLongLinesBetweenCharacters) {
  std::string line;
  for (int i = 0; i < 200; ++i) line += "é";

  EXPECT_TRUE(IsUtf8(ToText(At(line, 200, 2))));
  EXPECT_TRUE(IsUtf8(ToText(At("x" + line, 201, 400))));
}

TEST(FindingText, ShowsNoBytesThatATerminalCouldTakeForSomethingElse) {
  EXPECT_EQ(ToText(At("a\xe9\x1b[2J b", 2, 1)),
            "f:7:2: error: no [TL-X001]\n"
            "   7 | a? [2J b\n"
            "     |  ^ yes\n");
}

TEST(FindingText, PointsBehindTheLineWhereSomethingIsMissing) {
  EXPECT_EQ(ToText(At("[1", 3, 1)),
            "f:7:3: error: no [TL-X001]\n"
            "   7 | [1\n"
            "     |   ^ yes\n");
}

}  // namespace
}  // namespace trunkline
