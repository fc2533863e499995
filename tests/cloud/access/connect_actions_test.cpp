// Which resources Connect's operations need their actions on.
#include <gmock/gmock.h>

#include "cloud/access/actions.h"

namespace trunkline::cloud::access {
namespace {

std::string ResourceOf(std::string_view operation, const json::Object& input) {
  const json::Object names;
  const Asked asked{.service = "connect",
                    .signing = "connect",
                    .operation = operation,
                    .input = input,
                    .names = names,
                    .caller = {},
                    .account = "111122223333",
                    .region = "eu-central-1",
                    .method = "GET",
                    .path = "/"};
  const auto needed = NeededActions(asked);
  return needed.size() == 1 ? needed.front().resource : std::string();
}

constexpr std::string_view kHere = "arn:aws:connect:eu-central-1:111122223333:";

TEST(ConnectActions, AreOnTheResourceOfAnInstance) {
  EXPECT_EQ(
      ResourceOf("DescribeUserHierarchyGroup", {{"InstanceId", "i"}, {"HierarchyGroupId", "g"}}),
      std::string(kHere) + "instance/i/agent-group/g");
  EXPECT_EQ(ResourceOf("DeleteRule", {{"InstanceId", "i"}, {"RuleId", "r"}}),
            std::string(kHere) + "instance/i/rule/r");
  EXPECT_EQ(ResourceOf("GetTaskTemplate", {{"InstanceId", "i"}, {"TaskTemplateId", "t"}}),
            std::string(kHere) + "instance/i/task-template/t");
  EXPECT_EQ(ResourceOf("UpdateTestCase", {{"InstanceId", "i"}, {"TestCaseId", "t"}}),
            std::string(kHere) + "instance/i/test-case/t");
  EXPECT_EQ(ResourceOf("DescribeView", {{"InstanceId", "i"}, {"ViewId", "v"}}),
            std::string(kHere) + "instance/i/view/v");
  EXPECT_EQ(ResourceOf("CreateRule", {{"InstanceId", "i"}, {"Name", "n"}}),
            std::string(kHere) + "instance/i/rule/*");
}

TEST(ConnectActions, OfANewInstanceAreWhatConnectDoesForTheCaller) {
  const json::Object input{{"InstanceAlias", "acme-dev"}};
  const json::Object names;
  const auto needed = NeededActions({.service = "connect",
                                     .signing = "connect",
                                     .operation = "CreateInstance",
                                     .input = input,
                                     .names = names,
                                     .caller = {},
                                     .account = "111122223333",
                                     .region = "eu-central-1",
                                     .method = "PUT",
                                     .path = "/instance"});

  EXPECT_EQ(needed.size(), 13U);
  EXPECT_EQ(needed.front().action, "connect:CreateInstance");
  EXPECT_EQ(needed.back().action, "logs:CreateLogGroup");
  EXPECT_EQ(needed.back().resource,
            "arn:aws:logs:eu-central-1:111122223333:log-group:/aws/connect/acme-dev");
}

TEST(ConnectActions, AreOnATrafficDistributionGroupByIdOrArn) {
  const std::string arn = std::string(kHere) + "traffic-distribution-group/g";

  EXPECT_EQ(ResourceOf("UpdateTrafficDistribution", {{"Id", "g"}}), arn);
  EXPECT_EQ(ResourceOf("GetTrafficDistribution", {{"Id", arn}}), arn);
  EXPECT_EQ(ResourceOf("AssociateTrafficDistributionGroupUser",
                       {{"TrafficDistributionGroupId", "g"}, {"InstanceId", "i"}}),
            arn);
}

}  // namespace
}  // namespace trunkline::cloud::access
