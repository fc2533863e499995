#include "base/gzip.h"

#include <gtest/gtest.h>

#include "base/subprocess.h"

namespace trunkline {
namespace {

std::string Unpacked(const std::string& bytes) {
  const ProcessSpec spec{
      .arguments = {"gzip", "-dc"}, .environment = {}, .folder = {}, .input = bytes};
  const auto ran = RunProcess(spec, std::chrono::seconds(20));
  return ran && ran->exit_code == 0 ? ran->out : "gzip does not take it";
}

TEST(Gzip, IsReadByGzip) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "line " + std::to_string(i) + "\n";

  EXPECT_EQ(Unpacked(Gzip(text)), text);
  EXPECT_LT(Gzip(text).size(), text.size() / 2);
}

TEST(Gzip, TakesNothingToo) {
  EXPECT_EQ(Unpacked(Gzip("")), "");
}

}  // namespace
}  // namespace trunkline
