#include <gmock/gmock.h>

#include "tests/cloud/connect/connect_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class ConnectInstances : public CloudTest {
 protected:
  static json::Object Input(std::string_view alias) {
    return {{"IdentityManagementType", "CONNECT_MANAGED"},
            {"InstanceAlias", alias},
            {"InboundCallsEnabled", true},
            {"OutboundCallsEnabled", false}};
  }
  std::string Make(std::string_view alias) {
    return std::string(Do("connect", "CreateInstance", Input(alias)).GetString("Id"));
  }
  json::Object Described(std::string_view id) {
    return Do("connect", "DescribeInstance", {{"InstanceId", id}}).GetObject("Instance");
  }
};

TEST_F(ConnectInstances, AreBeingCreatedForAWhile) {
  const std::string id = Make("acme");
  const json::Object before = Described(id);

  Advance(Milliseconds(50));
  const json::Object after = Described(id);

  EXPECT_EQ(before.GetString("InstanceStatus"), "CREATION_IN_PROGRESS");
  EXPECT_EQ(after.GetString("InstanceStatus"), "ACTIVE");
  EXPECT_EQ(after.GetString("InstanceAccessUrl"), "https://acme.my.connect.aws");
  EXPECT_EQ(after.GetString("Arn"), "arn:aws:connect:eu-central-1:111122223333:instance/" + id);
}

TEST_F(ConnectInstances, HaveNothingInThemUntilTheyAreActive) {
  const std::string id = Make("acme");

  EXPECT_THAT(Ask("connect", "ListQueues", {{"InstanceId", id}}),
              Fails(404, "ResourceNotFoundException",
                    "instance 'acme' is still being created: wait until its status is ACTIVE"));
}

TEST_F(ConnectInstances, BecomeActiveEvenIfTheCloudIsRestartedMeanwhile) {
  const std::string id = Make("acme");

  Restart();
  Advance(Milliseconds(50));

  EXPECT_EQ(Described(id).GetString("InstanceStatus"), "ACTIVE");
}

TEST_F(ConnectInstances, ShareAliasesOverAllAccountsAndRegionsWhateverTheCase) {
  Make("acme");
  UseAccount("444455556666");
  UseRegion("us-east-1");

  EXPECT_THAT(Ask("connect", "CreateInstance", Input("ACME")),
              Fails(400, "InvalidRequestException",
                    "the instance alias 'ACME' is taken: choose another one"));
}

TEST_F(ConnectInstances, GiveTheirAliasBackWhenDeleted) {
  const std::string id = Make("acme");
  Advance(Milliseconds(50));

  Do("connect", "DeleteInstance", {{"InstanceId", id}});

  EXPECT_THAT(Ask("connect", "DescribeInstance", {{"InstanceId", id}}),
              Fails(404, "ResourceNotFoundException", HasSubstr("does not exist")));
  EXPECT_NE(Make("acme"), id);
}

TEST_F(ConnectInstances, LeaveNothingBehindWhenDeleted) {
  const std::string id = Make("acme");
  Advance(Milliseconds(50));
  Do("connect", "DeleteInstance", {{"InstanceId", id}});

  std::vector<std::string> left;
  for (const RecordCount& row : store().Count()) {
    if (row.service == "connect" && row.count > 0) left.push_back(row.kind);
  }

  EXPECT_THAT(left, IsEmpty());
}

TEST_F(ConnectInstances, AreTwoPerAccountAndRegion) {
  Make("one");
  Make("two");

  EXPECT_THAT(
      Ask("connect", "CreateInstance", Input("three")),
      Fails(402, "ServiceQuotaExceededException",
            "account 111122223333 already has 2 instances in Region eu-central-1: the quota"));
  UseRegion("us-east-1");
  EXPECT_THAT(Ask("connect", "CreateInstance", Input("three")), Succeeds());
}

class ConnectQuota : public CloudTest {
 protected:
  ConnectQuota() : CloudTest({.settings = {.connect_instances = 3}}) {}
};

TEST_F(ConnectQuota, IsRaisedByTheSettings) {
  for (const std::string_view alias : {"one", "two", "three"}) {
    Do("connect", "CreateInstance",
       {{"IdentityManagementType", "SAML"},
        {"InstanceAlias", alias},
        {"InboundCallsEnabled", true},
        {"OutboundCallsEnabled", true}});
  }

  EXPECT_THAT(Do("connect", "ListInstances").GetArray("InstanceSummaryList"), ::testing::SizeIs(3));
}

TEST_F(ConnectInstances, NeedAnAliasUnlessTheyUseADirectory) {
  json::Object input = Input("x");
  input.Remove("InstanceAlias");

  EXPECT_THAT(Ask("connect", "CreateInstance", input),
              Fails(400, "InvalidRequestException",
                    "the identity management type CONNECT_MANAGED needs an InstanceAlias"));
}

TEST_F(ConnectInstances, NeedTheDirectoryTheyUse) {
  json::Object input = Input("x");
  input.Set("IdentityManagementType", "EXISTING_DIRECTORY");

  EXPECT_THAT(Ask("connect", "CreateInstance", input),
              Fails(400, "InvalidRequestException",
                    "the identity management type EXISTING_DIRECTORY needs a DirectoryId"));
}

TEST_F(ConnectInstances, AreMadeOnceForOneClientToken) {
  json::Object input = Input("acme");
  input.Set("ClientToken", "once");

  const json::Object first = Do("connect", "CreateInstance", input);
  const json::Object again = Do("connect", "CreateInstance", input);

  EXPECT_EQ(first, again);
}

TEST_F(ConnectInstances, AreListed) {
  Make("acme");
  Make("beta");

  const json::Object first = Do("connect", "ListInstances", {{"MaxResults", 1}});
  const json::Object second =
      Do("connect", "ListInstances", {{"NextToken", first.GetString("NextToken")}});

  EXPECT_THAT(Names(first.GetArray("InstanceSummaryList"), "InstanceAlias"), ElementsAre("acme"));
  EXPECT_THAT(Names(second.GetArray("InstanceSummaryList"), "InstanceAlias"), ElementsAre("beta"));
  EXPECT_FALSE(second.Has("NextToken"));
}

class ConnectAttributes : public ConnectTest {};

TEST_F(ConnectAttributes, BeginAsTheServiceSetsThem) {
  const json::Object first = DoConnect("ListInstanceAttributes");
  const json::Object rest =
      DoConnect("ListInstanceAttributes", {{"NextToken", first.GetString("NextToken")}});

  EXPECT_EQ(first.GetArray("Attributes").size(), 7U);
  EXPECT_EQ(rest.GetArray("Attributes").size(), 6U);
  EXPECT_EQ(DoConnect("DescribeInstanceAttribute", {{"AttributeType", "CONTACTFLOW_LOGS"}})
                .GetObject("Attribute")
                .GetString("Value"),
            "false");
}

TEST_F(ConnectAttributes, ChangeAndShowOnTheInstance) {
  DoConnect("UpdateInstanceAttribute", {{"AttributeType", "OUTBOUND_CALLS"}, {"Value", "true"}});

  Restart();

  EXPECT_TRUE(DoConnect("DescribeInstance").GetObject("Instance").GetBool("OutboundCallsEnabled"));
}

TEST_F(ConnectAttributes, AreTrueOrFalse) {
  EXPECT_THAT(
      AskConnect("UpdateInstanceAttribute", {{"AttributeType", "EARLY_MEDIA"}, {"Value", "yes"}}),
      Fails(400, "InvalidParameterException",
            "expected 'true' or 'false' for the attribute EARLY_MEDIA but got 'yes'"));
}

class ConnectStorage : public ConnectTest {
 protected:
  static json::Object Stream() {
    return {
        {"ResourceType", "CONTACT_TRACE_RECORDS"},
        {"StorageConfig",
         json::Object{{"StorageType", "KINESIS_STREAM"},
                      {"KinesisStreamConfig",
                       json::Object{{"StreamArn",
                                     "arn:aws:kinesis:eu-central-1:111122223333:stream/ctr"}}}}}};
  }
};

TEST_F(ConnectStorage, IsAssociatedOncePerResourceType) {
  const std::string id(
      DoConnect("AssociateInstanceStorageConfig", Stream()).GetString("AssociationId"));

  EXPECT_THAT(AskConnect("AssociateInstanceStorageConfig", Stream()),
              Fails(409, "ResourceConflictException",
                    "instance 'acme' already has storage for CONTACT_TRACE_RECORDS: update or "
                    "disassociate it"));
  const json::Array listed =
      DoConnect("ListInstanceStorageConfigs", {{"ResourceType", "CONTACT_TRACE_RECORDS"}})
          .GetArray("StorageConfigs");
  EXPECT_THAT(Names(listed, "AssociationId"), ElementsAre(id));
}

TEST_F(ConnectStorage, IsDescribedUpdatedAndDisassociatedById) {
  const std::string id(
      DoConnect("AssociateInstanceStorageConfig", Stream()).GetString("AssociationId"));
  const json::Object key{{"ResourceType", "CONTACT_TRACE_RECORDS"}, {"AssociationId", id}};
  const json::Object firehose{
      {"StorageType", "KINESIS_FIREHOSE"},
      {"KinesisFirehoseConfig",
       json::Object{
           {"FirehoseArn", "arn:aws:firehose:eu-central-1:111122223333:deliverystream/ctr"}}}};

  DoConnect("UpdateInstanceStorageConfig", Merged(key, {{"StorageConfig", firehose}}));
  Restart();
  const json::Object described =
      DoConnect("DescribeInstanceStorageConfig", key).GetObject("StorageConfig");
  DoConnect("DisassociateInstanceStorageConfig", key);

  EXPECT_EQ(described.GetString("StorageType"), "KINESIS_FIREHOSE");
  EXPECT_THAT(
      AskConnect("DescribeInstanceStorageConfig", key),
      Fails(404, "ResourceNotFoundException", HasSubstr("storage of CONTACT_TRACE_RECORDS")));
}

TEST_F(ConnectStorage, MustFitTheResourceType) {
  json::Object input = Stream();
  input.Set("ResourceType", "CALL_RECORDINGS");

  EXPECT_THAT(AskConnect("AssociateInstanceStorageConfig", input),
              Fails(400, "InvalidParameterException",
                    "the resource type CALL_RECORDINGS cannot be stored in KINESIS_STREAM"));
}

TEST_F(ConnectStorage, NeedsTheConfigurationOfItsType) {
  EXPECT_THAT(AskConnect("AssociateInstanceStorageConfig",
                         {{"ResourceType", "CALL_RECORDINGS"},
                          {"StorageConfig", json::Object{{"StorageType", "S3"}}}}),
              Fails(400, "InvalidParameterException", "the storage type S3 needs a S3Config"));
}

class ConnectDefaults : public ConnectTest {};

TEST_F(ConnectDefaults, AreThoseOfARealInstance) {
  EXPECT_THAT(Names(DoConnect("ListQueues").GetArray("QueueSummaryList")),
              ElementsAre("BasicQueue"));
  EXPECT_THAT(Names(DoConnect("ListHoursOfOperations").GetArray("HoursOfOperationSummaryList")),
              ElementsAre("Basic Hours"));
  EXPECT_THAT(Names(DoConnect("ListRoutingProfiles").GetArray("RoutingProfileSummaryList")),
              ElementsAre("Basic Routing Profile"));
  EXPECT_THAT(Names(DoConnect("ListSecurityProfiles").GetArray("SecurityProfileSummaryList")),
              ElementsAre("Admin", "Agent", "CallCenterManager", "QualityAnalyst"));
  EXPECT_THAT(Names(DoConnect("ListAgentStatuses").GetArray("AgentStatusSummaryList")),
              ElementsAre("Available", "Offline"));
  EXPECT_THAT(Names(DoConnect("ListPrompts").GetArray("PromptSummaryList")), ::testing::SizeIs(7));
  EXPECT_THAT(DoConnect("ListUsers").GetArray("UserSummaryList"), IsEmpty());
}

TEST_F(ConnectDefaults, HoldADefaultFlowForEveryTypeThatNeedsOne) {
  std::vector<std::string> defaults;
  for (const std::string& name :
       Names(DoConnect("ListContactFlows").GetArray("ContactFlowSummaryList"))) {
    if (name.starts_with("Default")) defaults.push_back(name);
  }

  EXPECT_THAT(defaults, UnorderedElementsAre("Default agent hold", "Default agent transfer",
                                             "Default agent whisper", "Default customer hold",
                                             "Default customer queue", "Default customer whisper",
                                             "Default outbound", "Default queue transfer"));
}

TEST_F(ConnectDefaults, HoldOnlyFlowsThatCouldBePublishedAgain) {
  const json::Object listed = DoConnect("ListContactFlows");

  for (const json::Value& row : listed.GetArray("ContactFlowSummaryList")) {
    const std::string_view id = row.AsObject().GetString("Id");
    const json::Object output = DoConnect("DescribeContactFlow", {{"ContactFlowId", id}});
    const json::Object& flow = output.GetObject("ContactFlow");

    EXPECT_THAT(AskConnect("UpdateContactFlowContent",
                           {{"ContactFlowId", id}, {"Content", flow.GetString("Content")}}),
                Succeeds())
        << flow.GetString("Name");
  }
}

TEST_F(ConnectDefaults, KeepTheirDefaultFlows) {
  EXPECT_THAT(AskConnect("DeleteContactFlow", {{"ContactFlowId", FlowId("Default outbound")}}),
              Fails(400, "InvalidRequestException",
                    "flow 'Default outbound' is used by the instance as a default"));
}

}  // namespace
}  // namespace trunkline::cloud::tests
