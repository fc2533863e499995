// Replicas and traffic distribution groups.
#include <gmock/gmock.h>

#include "base/json_read.h"
#include "tests/cloud/connect/connect_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class ConnectReplicas : public ConnectTest {
 protected:
  ConnectReplicas() {
    id_ = std::string(Do("connect", "CreateInstance",
                         {{"IdentityManagementType", "SAML"},
                          {"InstanceAlias", "global"},
                          {"InboundCallsEnabled", true},
                          {"OutboundCallsEnabled", true}})
                          .GetString("Id"));
    Advance(Milliseconds(100));
  }
  Answered AskOf(std::string_view operation, json::Object input = {}) {
    if (!input.Has("InstanceId")) input.Set("InstanceId", id_);
    return Ask("connect", operation, input);
  }
  json::Object DoOf(std::string_view operation, json::Object input = {}) {
    const Answered answer = AskOf(operation, std::move(input));
    EXPECT_THAT(answer, Succeeds());
    return answer.output;
  }
  Answered AskReplicate(std::string_view region, std::string_view alias = "global-london") {
    return AskOf("ReplicateInstance", {{"ReplicaRegion", region}, {"ReplicaAlias", alias}});
  }
  void Replicate() {
    EXPECT_THAT(AskReplicate("eu-west-2"), Succeeds());
    Advance(Milliseconds(100));
  }
  std::vector<std::string> Statuses() {
    return Names(DoOf("DescribeInstance")
                     .GetObject("ReplicationConfiguration")
                     .GetArray("ReplicationStatusSummaryList"),
                 "ReplicationStatus");
  }
  // ---- groups
  json::Array Groups() {
    return Do("connect", "ListTrafficDistributionGroups")
        .GetArray("TrafficDistributionGroupSummaryList");
  }
  std::string MakeGroup(std::string_view name) {
    std::string arn(DoOf("CreateTrafficDistributionGroup", {{"Name", name}}).GetString("Arn"));
    Advance(Milliseconds(100));
    return arn;
  }
  Answered AskShares(std::string_view id, int here, int there) {
    const json::Object config{
        {"Distributions",
         json::Array{json::Object{{"Region", "eu-central-1"}, {"Percentage", here}},
                     json::Object{{"Region", "eu-west-2"}, {"Percentage", there}}}}};
    return Ask("connect", "UpdateTrafficDistribution", {{"Id", id}, {"TelephonyConfig", config}});
  }
  const std::string& id() const { return id_; }

 private:
  std::string id_;
};

TEST_F(ConnectReplicas, AreTheSameInstanceInAnotherRegion) {
  DoOf("CreateContactFlow",
       {{"Name", "Main"}, {"Type", "CONTACT_FLOW"}, {"Content", SayingFlow("hi")}});
  EXPECT_THAT(AskReplicate("eu-west-2"), Succeeds());
  EXPECT_THAT(Statuses(),
              ElementsAre("INSTANCE_REPLICATION_IN_PROGRESS", "INSTANCE_REPLICATION_IN_PROGRESS"));
  Restart();
  Advance(Milliseconds(100));
  EXPECT_THAT(Statuses(),
              ElementsAre("INSTANCE_REPLICATION_COMPLETE", "INSTANCE_REPLICATION_COMPLETE"));

  UseRegion("eu-west-2");

  const json::Object described = DoOf("DescribeInstance");
  const json::Object replica = described.GetObject("Instance");
  EXPECT_EQ(replica.GetString("InstanceAlias"), "global-london");
  EXPECT_EQ(replica.GetString("InstanceStatus"), "ACTIVE");
  EXPECT_EQ(replica.GetString("Arn"), "arn:aws:connect:eu-west-2:111122223333:instance/" + id());
  EXPECT_EQ(described.GetObject("ReplicationConfiguration").GetString("SourceRegion"),
            "eu-central-1");
  const json::Array flows = DoOf("ListContactFlows").GetArray("ContactFlowSummaryList");
  EXPECT_THAT(Names(flows), Contains("Main"));
  EXPECT_THAT(Names(flows, "Arn"), Not(Contains(HasSubstr("eu-central-1"))));
  EXPECT_THAT(Names(DoOf("ListQueues").GetArray("QueueSummaryList")), Contains("BasicQueue"));
}

TEST_F(ConnectReplicas, AreMadeOfSamlInstancesInRegionsThatArePaired) {
  EXPECT_THAT(AskReplicate("us-east-1"), Fails(400, "InvalidRequestException",
                                               HasSubstr("cannot be replicated to us-east-1")));
  EXPECT_THAT(AskReplicate("eu-west-2", "acme"),
              Fails(400, "InvalidRequestException", HasSubstr("alias 'acme' is taken")));
  EXPECT_THAT(
      AskOf("ReplicateInstance",
            {{"InstanceId", instance()}, {"ReplicaRegion", "eu-west-2"}, {"ReplicaAlias", "x"}}),
      Fails(400, "InvalidRequestException", HasSubstr("SAML")));
  Replicate();
  EXPECT_THAT(AskReplicate("eu-west-2", "again"),
              Fails(409, "ResourceConflictException", HasSubstr("replicated already")));
}

TEST_F(ConnectReplicas, GoBeforeTheirSource) {
  Replicate();
  EXPECT_THAT(AskOf("DeleteInstance"), Fails(400, "InvalidRequestException",
                                             HasSubstr("has a replica in Region eu-west-2")));
  UseRegion("eu-west-2");
  DoOf("DeleteInstance");
  UseRegion("eu-central-1");

  EXPECT_FALSE(DoOf("DescribeInstance").Has("ReplicationConfiguration"));
  EXPECT_THAT(Groups(), IsEmpty());
  EXPECT_THAT(AskOf("DeleteInstance"), Succeeds());
}

TEST_F(ConnectReplicas, GoOnCountingTheVersionsOfTheirSource) {
  const std::string flow(
      DoOf("CreateContactFlow",
           {{"Name", "Main"}, {"Type", "CAMPAIGN"}, {"Content", SayingFlow("hi")}})
          .GetString("ContactFlowId"));
  DoOf("CreateContactFlowVersion", {{"ContactFlowId", flow}});
  Replicate();
  UseRegion("eu-west-2");

  const json::Object version = DoOf("CreateContactFlowVersion", {{"ContactFlowId", flow}});

  EXPECT_EQ(version.GetInt("Version"), 2);
}

TEST_F(ConnectReplicas, HaveADefaultGroupThatStays) {
  Replicate();

  const json::Object group = Groups().at(0).AsObject();
  const std::string id(group.GetString("Id"));
  const json::Object shares = Do("connect", "GetTrafficDistribution", {{"Id", id}});

  EXPECT_TRUE(group.GetBool("IsDefault"));
  EXPECT_TRUE(shares.Has("SignInConfig"));
  EXPECT_EQ(shares.GetObject("TelephonyConfig").GetArray("Distributions").size(), 2U);
  EXPECT_THAT(
      Ask("connect", "DeleteTrafficDistributionGroup", {{"TrafficDistributionGroupId", id}}),
      Fails(400, "InvalidRequestException", HasSubstr("cannot be deleted")));
}

TEST_F(ConnectReplicas, HaveGroupsThatAreReadyInAWhileAndGoInAWhile) {
  EXPECT_THAT(AskOf("CreateTrafficDistributionGroup", {{"Name", "sales"}}),
              Fails(400, "InvalidRequestException", HasSubstr("is not replicated")));
  Replicate();
  const json::Object made = DoOf("CreateTrafficDistributionGroup", {{"Name", "sales"}});
  const json::Object key{{"TrafficDistributionGroupId", made.GetString("Id")}};
  const auto status = [&] {
    return std::string(Do("connect", "DescribeTrafficDistributionGroup", key)
                           .GetObject("TrafficDistributionGroup")
                           .GetString("Status"));
  };

  EXPECT_EQ(status(), "CREATION_IN_PROGRESS");
  Restart();
  Advance(Milliseconds(100));
  EXPECT_EQ(status(), "ACTIVE");
  EXPECT_THAT(AskOf("CreateTrafficDistributionGroup", {{"Name", "sales"}}),
              Fails(409, "ResourceConflictException", HasSubstr("named 'sales'")));
  Do("connect", "DeleteTrafficDistributionGroup", key);
  EXPECT_EQ(status(), "PENDING_DELETION");
  EXPECT_THAT(Ask("connect", "ClaimPhoneNumber",
                  {{"TargetArn", made.GetString("Arn")}, {"PhoneNumber", "+15550100001"}}),
              Fails(400, "InvalidParameterException", HasSubstr("is being deleted")));
  Advance(Milliseconds(100));
  EXPECT_THAT(Ask("connect", "DescribeTrafficDistributionGroup", key),
              Fails(404, "ResourceNotFoundException", HasSubstr("does not exist")));
}

TEST_F(ConnectReplicas, ShareTrafficInStepsOfTen) {
  Replicate();
  const std::string arn = MakeGroup("sales");

  EXPECT_THAT(AskShares(arn, 35, 65),
              Fails(400, "InvalidRequestException", HasSubstr("in steps of 10")));
  EXPECT_THAT(AskShares(arn, 40, 40),
              Fails(400, "InvalidRequestException", HasSubstr("must sum to 100")));
  EXPECT_THAT(AskShares(arn, 20, 80), Succeeds());
  EXPECT_THAT(AskShares(arn, 30, 70),
              Fails(409, "ResourceConflictException", HasSubstr("UPDATE_IN_PROGRESS")));
  Advance(Milliseconds(100));
  UseRegion("eu-west-2");
  EXPECT_THAT(AskShares(arn, 0, 100), Succeeds());
  Advance(Milliseconds(100));

  const json::Object shares = Do("connect", "GetTrafficDistribution", {{"Id", arn}});
  EXPECT_EQ(shares.GetObject("TelephonyConfig")
                .GetArray("Distributions")[1]
                .AsObject()
                .GetInt("Percentage"),
            100);
  const json::Object sign_in{
      {"Distributions", json::Array{json::Object{{"Region", "eu-central-1"}, {"Enabled", true}},
                                    json::Object{{"Region", "eu-west-2"}, {"Enabled", false}}}}};
  EXPECT_THAT(Ask("connect", "UpdateTrafficDistribution", {{"Id", arn}, {"SignInConfig", sign_in}}),
              Fails(400, "InvalidRequestException", HasSubstr("only the default")));
}

TEST_F(ConnectReplicas, ClaimNumbersForAGroup) {
  Replicate();
  const std::string arn = MakeGroup("sales");
  const std::string number(
      Do("connect", "ClaimPhoneNumber", {{"TargetArn", arn}, {"PhoneNumber", "+15550100001"}})
          .GetString("PhoneNumberId"));
  Advance(Milliseconds(100));

  const json::Object claimed = Do("connect", "DescribePhoneNumber", {{"PhoneNumberId", number}})
                                   .GetObject("ClaimedPhoneNumberSummary");
  EXPECT_EQ(claimed.GetString("TargetArn"), arn);
  EXPECT_FALSE(claimed.Has("InstanceId"));
  EXPECT_EQ(Do("connect", "ListPhoneNumbersV2", {{"TargetArn", arn}})
                .GetArray("ListPhoneNumbersSummaryList")
                .size(),
            1U);
  EXPECT_THAT(
      Ask("connect", "DeleteTrafficDistributionGroup", {{"TrafficDistributionGroupId", arn}}),
      Fails(409, "ResourceInUseException", HasSubstr("+15550100001")));
  Do("connect", "UpdatePhoneNumber",
     {{"PhoneNumberId", number},
      {"TargetArn", "arn:aws:connect:eu-central-1:111122223333:instance/" + id()}});
  EXPECT_THAT(
      Ask("connect", "DeleteTrafficDistributionGroup", {{"TrafficDistributionGroupId", arn}}),
      Succeeds());
}

TEST_F(ConnectReplicas, AnswerCallsWhereMostOfThemGo) {
  const std::string flow(
      DoOf("CreateContactFlow",
           {{"Name", "Main"}, {"Type", "CONTACT_FLOW"}, {"Content", SayingFlow("hi")}})
          .GetString("ContactFlowId"));
  Replicate();
  const std::string arn = MakeGroup("sales");
  const std::string number(
      Do("connect", "ClaimPhoneNumber", {{"TargetArn", arn}, {"PhoneNumber", "+15550100001"}})
          .GetString("PhoneNumberId"));
  Advance(Milliseconds(100));
  DoOf("AssociatePhoneNumberContactFlow", {{"PhoneNumberId", number}, {"ContactFlowId", flow}});
  const auto answered_in = [&] {
    net::Request request;
    request.method = "POST";
    request.target = "/_trunkline/contacts";
    request.body = R"({"number":"+15550100001"})";
    const auto shown = json::Parse(Send(std::move(request)).body);
    return shown ? std::string(shown->AsObject().GetString("region")) : std::string();
  };

  EXPECT_EQ(answered_in(), "eu-central-1");
  AskShares(arn, 20, 80);
  EXPECT_EQ(answered_in(), "eu-west-2");
}

TEST_F(ConnectReplicas, HaveGroupsWithUsersAndTags) {
  Replicate();
  const std::string arn = MakeGroup("sales");
  const auto first = [&](std::string_view list, std::string_view member) {
    return std::string(DoOf(list).GetArray(member).at(0).AsObject().GetString("Id"));
  };
  const std::string user(
      DoOf("CreateUser",
           {{"Username", "jane"},
            {"RoutingProfileId", first("ListRoutingProfiles", "RoutingProfileSummaryList")},
            {"SecurityProfileIds",
             json::Array{first("ListSecurityProfiles", "SecurityProfileSummaryList")}}})
          .GetString("UserId"));
  const json::Object both{{"TrafficDistributionGroupId", arn}, {"UserId", user}};
  DoOf("AssociateTrafficDistributionGroupUser", both);
  Do("connect", "TagResource", {{"resourceArn", arn}, {"tags", json::Object{{"a", "b"}}}});
  Restart();

  const json::Object key{{"TrafficDistributionGroupId", arn}};
  const auto users = [&] {
    return Names(Do("connect", "ListTrafficDistributionGroupUsers", key)
                     .GetArray("TrafficDistributionGroupUserSummaryList"),
                 "UserId");
  };
  EXPECT_THAT(users(), ElementsAre(user));
  EXPECT_EQ(
      Do("connect", "ListTagsForResource", {{"resourceArn", arn}}).GetObject("tags").GetString("a"),
      "b");
  DoOf("DisassociateTrafficDistributionGroupUser", both);
  EXPECT_THAT(users(), IsEmpty());
  EXPECT_THAT(AskOf("DisassociateTrafficDistributionGroupUser", both),
              Fails(404, "ResourceNotFoundException", HasSubstr("'jane' is not in")));
}

}  // namespace
}  // namespace trunkline::cloud::tests
