#include "base/seal.h"

#include <gtest/gtest.h>

namespace trunkline {
namespace {

class SealTest : public testing::Test {
 protected:
  SeededRandom random_{7};
  std::string key_ = NewSealKey(random_);
};

TEST_F(SealTest, OpensWhatItSealed) {
  const std::string sealed = Seal(random_, key_, "hunter2", "parameter");

  EXPECT_EQ(Unseal(key_, sealed, "parameter"), "hunter2");
}

TEST_F(SealTest, HidesTheText) {
  const std::string sealed = Seal(random_, key_, "hunter2", "parameter");

  EXPECT_EQ(sealed.find("hunter2"), std::string::npos);
}

TEST_F(SealTest, SealsTheSameTextDifferentlyEachTime) {
  EXPECT_NE(Seal(random_, key_, "hunter2", "a"), Seal(random_, key_, "hunter2", "a"));
}

TEST_F(SealTest, SealsAnEmptyText) {
  EXPECT_EQ(Unseal(key_, Seal(random_, key_, "", "a"), "a"), "");
}

TEST_F(SealTest, DoesNotOpenForAnotherName) {
  const std::string sealed = Seal(random_, key_, "hunter2", "parameter");

  EXPECT_EQ(Unseal(key_, sealed, "other"), std::nullopt);
}

TEST_F(SealTest, DoesNotOpenWithAnotherKey) {
  const std::string sealed = Seal(random_, key_, "hunter2", "parameter");

  EXPECT_EQ(Unseal(NewSealKey(random_), sealed, "parameter"), std::nullopt);
}

TEST_F(SealTest, DoesNotOpenWhatWasChangedOrCut) {
  std::string sealed = Seal(random_, key_, "hunter2", "parameter");

  EXPECT_EQ(Unseal(key_, sealed.substr(0, 20), "parameter"), std::nullopt);
  sealed[14] = static_cast<char>(sealed[14] ^ 1);
  EXPECT_EQ(Unseal(key_, sealed, "parameter"), std::nullopt);
}

}  // namespace
}  // namespace trunkline
