#include "base/json_size.h"

#include <gtest/gtest.h>

#include "base/json_write.h"

namespace trunkline::json {
namespace {

TEST(QuotedSize, IsTheLengthOfTheQuotedText) {
  std::string all;
  for (int c = 0; c < 256; ++c) all += static_cast<char>(c);
  for (const std::string& text : {std::string(), std::string("plain"), std::string("\"\\\n"), all})
    EXPECT_EQ(QuotedSize(text), Quote(text).size()) << text;
}

}  // namespace
}  // namespace trunkline::json
