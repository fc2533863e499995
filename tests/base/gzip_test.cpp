#include "base/gzip.h"

#include <gmock/gmock.h>

namespace trunkline {
namespace {

using ::testing::HasSubstr;

TEST(Gzip, GivesBackWhatWasPacked) {
  const std::string text(300'000, 'x');

  EXPECT_LT(Gzip(text).size(), 1000U);
  EXPECT_EQ(*Gunzip(Gzip(text), text.size()), text);
  EXPECT_EQ(*Gunzip(Gzip(""), 0), "");
}

TEST(Gzip, RefusesMoreThanTheLimit) {
  EXPECT_THAT(Gunzip(Gzip(std::string(1001, 'x')), 1000).error().message(),
              HasSubstr("more than 1000 bytes"));
}

TEST(Gzip, RefusesOtherBytesAndWhatIsCutShort) {
  const std::string packed = Gzip("some text");

  EXPECT_FALSE(Gunzip("plain text", 100).ok());
  EXPECT_FALSE(Gunzip("", 100).ok());
  EXPECT_FALSE(Gunzip(packed.substr(0, packed.size() - 3), 100).ok());
}

}  // namespace
}  // namespace trunkline
