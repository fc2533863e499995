#include <gtest/gtest.h>

#include "base/text.h"

namespace trunkline {
namespace {

const std::string kNames[] = {"Sales", "Finance", "Returns"};

TEST(Nearest, FindsANameWithTwoNeighboursSwapped) {
  EXPECT_EQ(Nearest("Slaes", kNames), "Sales");
}

TEST(Nearest, IgnoresCaseAndSmallMistakes) {
  EXPECT_EQ(Nearest("finanse", kNames), "Finance");
  EXPECT_EQ(Nearest("Return", kNames), "Returns");
}

TEST(Nearest, IsNothingWhenNoNameIsLikeIt) {
  EXPECT_EQ(Nearest("Support", kNames), std::nullopt);
  EXPECT_EQ(Nearest("", kNames), std::nullopt);
}

}  // namespace
}  // namespace trunkline
