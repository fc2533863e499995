#include <gmock/gmock.h>

#include "aws/codec.h"
#include "tests/aws/all_models.h"

namespace trunkline::aws {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Constraints : public testing::Test {
 protected:
  std::vector<std::string> Check(const std::string& service, const std::string& operation,
                                 const json::Object& input) {
    return CheckConstraints(*AllModels().Find(service)->FindOperation(operation)->input, input);
  }
};

TEST_F(Constraints, AreSilentAboutAGoodInput) {
  EXPECT_THAT(Check("iam", "GetRole", {{"RoleName", "deployer"}}), IsEmpty());
}

TEST_F(Constraints, NameWhatIsMissing) {
  EXPECT_THAT(
      Check("iam", "GetRole", {}),
      ElementsAre(
          "Value null at 'roleName' failed to satisfy constraint: Member must not be null"));
}

TEST_F(Constraints, SayTheLengthThatIsAllowed) {
  EXPECT_THAT(Check("iam", "GetRole", {{"RoleName", std::string(65, 'x')}}),
              ElementsAre("Value '" + std::string(65, 'x') +
                          "' at 'roleName' failed to satisfy constraint: Member must have length "
                          "less than or equal to 64"));
  EXPECT_THAT(Check("iam", "GetRole", {{"RoleName", ""}}),
              ElementsAre("Value '' at 'roleName' failed to satisfy constraint: "
                          "Member must have length greater than or equal to 1"));
}

TEST_F(Constraints, ShowStructuresAsTheServicesOwnClassesDo) {
  const json::Object first{{"stateMachineVersionArn", "a"}, {"weight", 50}};
  const json::Object second{{"stateMachineVersionArn", "b"}, {"weight", 50}};
  const json::Array routes{first, second, first};

  EXPECT_THAT(
      Check("stepfunctions", "CreateStateMachineAlias",
            {{"name", "n"}, {"routingConfiguration", routes}}),
      ElementsAre("Value '[RoutingConfigurationListItem(stateMachineVersionArn=a, weight=50), "
                  "RoutingConfigurationListItem(stateMachineVersionArn=b, weight=50), "
                  "RoutingConfigurationListItem(stateMachineVersionArn=a, weight=50)]' at "
                  "'routingConfiguration' failed to satisfy constraint: Member must have length "
                  "less than or equal to 2"));
}

TEST_F(Constraints, CountUtf16UnitsAsJavaDoes) {
  // 32 characters of two units each.
  std::string name;
  for (int i = 0; i < 33; ++i) name += "\xF0\x9F\x98\x80";

  const auto found = Check("iam", "GetRole", {{"RoleName", name}});

  ASSERT_EQ(found.size(), 1U);
  EXPECT_THAT(found[0], testing::EndsWith("Member must have length less than or equal to 64"));
}

TEST_F(Constraints, ShowThePatternAndTheEnum) {
  EXPECT_THAT(Check("iam", "GetRole", {{"RoleName", "a b"}}),
              ElementsAre("Value 'a b' at 'roleName' failed to satisfy constraint: "
                          "Member must satisfy regular expression pattern: [\\w+=,.@-]+"));
  EXPECT_THAT(Check("lambda", "GetFunction", {{"FunctionName", "f"}, {"Qualifier", "$LATEST"}}),
              IsEmpty());
  EXPECT_THAT(
      Check("ssm", "PutParameter", {{"Name", "n"}, {"Value", "v"}, {"Type", "Text"}}),
      ElementsAre("Value 'Text' at 'type' failed to satisfy constraint: "
                  "Member must satisfy enum value set: [String, StringList, SecureString]"));
}

TEST_F(Constraints, SayTheRangeOfANumber) {
  EXPECT_THAT(Check("connect", "ListQueues", {{"InstanceId", "i"}, {"MaxResults", 0}}),
              ElementsAre("Value '0' at 'maxResults' failed to satisfy constraint: "
                          "Member must have value greater than or equal to 1"));
}

TEST_F(Constraints, NameThePlaceInsideLists) {
  const json::Object tag{{"Key", ""}, {"Value", "v"}};

  EXPECT_THAT(Check("iam", "TagRole", {{"RoleName", "r"}, {"Tags", json::Array{tag}}}),
              ElementsAre("Value '' at 'tags.1.member.key' failed to satisfy constraint: "
                          "Member must have length greater than or equal to 1"));
}

TEST_F(Constraints, SayAllConstraintsOfAnItemAtOnce) {
  const auto found =
      Check("iam", "UntagRole", {{"RoleName", "r"}, {"TagKeys", json::Array{"", "ok"}}});

  ASSERT_EQ(found.size(), 1U);
  EXPECT_THAT(found[0], testing::StartsWith(
                            "Value '[, ok]' at 'tagKeys' failed to satisfy constraint: "
                            "Member must satisfy constraint: [Member must have length less than or "
                            "equal to 128, Member must have length greater than or equal to 1, "
                            "Member must satisfy regular expression pattern: "));
}

TEST_F(Constraints, NameATypeThatIsWrong) {
  EXPECT_THAT(Check("iam", "TagRole", {{"RoleName", 30}, {"Tags", "none"}}),
              ElementsAre("Value '30' at 'roleName' failed to satisfy constraint: "
                          "Member must be a string",
                          "Value 'none' at 'tags' failed to satisfy constraint: "
                          "Member must be a list"));
}

TEST_F(Constraints, AreNotSaidWithoutEnd) {
  json::Array tags;
  for (int i = 0; i < 5000; ++i) tags.emplace_back(json::Object{{"Key", "k"}});

  const auto found = Check("iam", "TagRole", {{"RoleName", "r"}, {"Tags", std::move(tags)}});

  EXPECT_LE(found.size(), 102U);
  EXPECT_LE(found[0].size(), 4300U);
}

TEST_F(Constraints, HideWhatIsSensitive) {
  const auto found = Check("connect", "CreateUser",
                           {{"Username", "u"},
                            {"Password", "short"},
                            {"InstanceId", "i"},
                            {"RoutingProfileId", "r"},
                            {"SecurityProfileIds", json::Array{"s"}}});

  ASSERT_EQ(found.size(), 1U);
  EXPECT_THAT(found[0],
              testing::StartsWith("Value at 'password' failed to satisfy constraint: Member must"));
}

}  // namespace
}  // namespace trunkline::aws
