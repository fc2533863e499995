#include "sim/parameters.h"

#include <gtest/gtest.h>

#include "base/json_read.h"
#include "base/json_write.h"
#include "sim/state.h"

namespace trunkline::sim {
namespace {

class ParametersTest : public testing::Test {
 protected:
  // Of a contact with the attributes {"tier": "gold", "name": ""}.
  Parameters Of(std::string_view text) {
    written_ = json::Parse(text).value().AsObject();
    return {contact_, written_, missing_};
  }

  ContactState contact_{std::make_shared<const World>(),
                        {.contact_id = "c", .attributes = {{"tier", "gold"}, {"name", ""}}}};
  json::Object written_;
  std::vector<std::string> missing_;
};

TEST_F(ParametersTest, WithoutReferencesAreTheDocumentsOwn) {
  const Parameters parameters = Of(R"({"Text":"Hello","Bot":{"Arn":"a"},"Empty":""})");
  EXPECT_EQ(parameters.Find("Text"), &written_.At("Text"));
  EXPECT_EQ(parameters.Find("Bot"), &written_.At("Bot"));
  EXPECT_EQ(parameters.Find("Bot.Arn")->AsString(), "a");
  EXPECT_EQ(parameters.Find("Empty"), nullptr);
  EXPECT_TRUE(parameters.Has("Empty"));
  EXPECT_EQ(parameters.Find("Text.More"), nullptr);
}

TEST_F(ParametersTest, HaveTheValuesOfReferences) {
  const Parameters parameters = Of(
      R"({"One":"$.Attributes.tier","In":{"Text":"a $.Attributes.tier card"},"All":"$.Attributes"})");
  EXPECT_EQ(parameters.Find("One")->AsString(), "gold");
  EXPECT_EQ(parameters.Find("In.Text")->AsString(), "a gold card");
  EXPECT_EQ(parameters.Find("In")->AsObject().GetString("Text"), "a gold card");
  EXPECT_EQ(parameters.Find("All.tier")->AsString(), "gold");
  EXPECT_TRUE(missing_.empty());
}

TEST_F(ParametersTest, KeepTheValuesOfWhenTheActionBegan) {
  const Parameters parameters = Of(R"({"One":"$.Attributes.tier"})");
  contact_.attributes.Set("tier", "silver");
  EXPECT_EQ(parameters.Find("One")->AsString(), "gold");
}

TEST_F(ParametersTest, NameReferencesWithoutAValueOnce) {
  const Parameters parameters =
      Of(R"({"A":"$.Attributes.no","B":["x $.Attributes.no","$.Attributes.name"]})");
  EXPECT_EQ(missing_, (std::vector<std::string>{"$.Attributes.no", "$.Attributes.name"}));
  EXPECT_EQ(parameters.Find("A"), nullptr);
  ASSERT_NE(parameters.Get("A"), nullptr);
  EXPECT_TRUE(parameters.Get("A")->IsNull());
  EXPECT_EQ(parameters.Get("C"), nullptr);
}

TEST_F(ParametersTest, ReplaceReferencesInKeysToo) {
  const Parameters parameters =
      Of(R"({"Attributes":{"$.Attributes.tier":"yes"},"T":"$.Attributes.tier"})");
  EXPECT_EQ(parameters.Find("Attributes.gold")->AsString(), "yes");
  EXPECT_EQ(parameters.Find("T")->AsString(), "gold");
}

TEST_F(ParametersTest, AreWholeWithTheirValuesInTheirOrder) {
  const std::string text = R"({"B":[{"C":"$.Attributes.tier"},1],"A":"x"})";
  EXPECT_EQ(json::Write(json::Value(Of(text).Whole())), R"({"B":[{"C":"gold"},1],"A":"x"})");
  EXPECT_TRUE(Parameters().Whole().empty());
}

}  // namespace
}  // namespace trunkline::sim
