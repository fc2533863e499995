#include "base/shown.h"

#include <gmock/gmock.h>

#include "base/json_read.h"
#include "base/text.h"

namespace trunkline {
namespace {

TEST(Shown, LeavesTextAsItIs) {
  EXPECT_EQ(Shown("Café", 60), "Café");
  EXPECT_EQ(Shown("", 60), "");
}

TEST(Shown, CutsBetweenCharacters) {
  EXPECT_EQ(Shown("Café au lait", 4), "Caf...");
  EXPECT_EQ(Shown("Café au lait", 5), "Café...");
}

TEST(Shown, WritesBytesThatAreNoTextAsNumbers) {
  EXPECT_EQ(Shown("a\xff\xc3", 60), "a\\xff\\xc3");
}

TEST(Shown, KeepsTheMessagesOfTheJsonReaderText) {
  EXPECT_EQ(json::Parse("\xff\xfe{}").error().message(),
            "expected a JSON value but got '\\xff\\xfe', at line 1 column 1");
  EXPECT_TRUE(IsUtf8(json::Parse("[aaaaaaaaaaaé]").error().message()));
}

}  // namespace
}  // namespace trunkline
