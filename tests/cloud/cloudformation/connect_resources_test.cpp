// Amazon Connect's hierarchies, views, rules, task templates, test cases and traffic distribution
// groups through stacks.
#include "tests/cloud/cloudformation/connect_stacks.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr std::string_view kInstance = R"(
Resources:
  Instance:
    Type: AWS::Connect::Instance
    Properties: {IdentityManagementType: CONNECT_MANAGED, InstanceAlias: acme-dev, Attributes: {InboundCalls: true, OutboundCalls: false}}
  Flow:
    Type: AWS::Connect::ContactFlow
    Properties:
      InstanceArn: !GetAtt Instance.Arn
      Name: Main
      Type: CONTACT_FLOW
      Content: '{"Version":"2019-10-30","StartAction":"end","Actions":[{"Identifier":"end","Type":"DisconnectParticipant","Parameters":{},"Transitions":{}}]}'
)";

class ConnectResourceTypes : public ConnectStacks {
 protected:
  static std::string With(std::string_view resources) {
    return std::string(kInstance) + std::string(resources);
  }
};

std::string Hierarchy(std::string_view level_two, std::string_view group, std::string_view more) {
  return fmt::format(R"(
  Levels:
    Type: AWS::Connect::UserHierarchyStructure
    Properties:
      InstanceArn: !GetAtt Instance.Arn
      UserHierarchyStructure: {{LevelOne: {{Name: Site}}, LevelTwo: {{Name: {}}}}}
  Berlin:
    Type: AWS::Connect::UserHierarchyGroup
    DependsOn: Levels
    Properties: {{InstanceArn: !GetAtt Instance.Arn, Name: {}}}
{}
)",
                     level_two, group, more);
}

TEST_F(ConnectResourceTypes, AHierarchyIsMadeRenamedAndDeleted) {
  Deploy(With(Hierarchy("Team", "Berlin", R"(
  Sales:
    Type: AWS::Connect::UserHierarchyGroup
    Properties: {InstanceArn: !GetAtt Instance.Arn, Name: Sales, ParentGroupArn: !Ref Berlin, Tags: [{Key: a, Value: b}]}
)")));
  EXPECT_EQ(Drift(), "IN_SYNC");
  const json::Object sales =
      Ask("DescribeUserHierarchyGroup", {{"HierarchyGroupId", IdOf("Sales")}})
          .GetObject("HierarchyGroup");
  EXPECT_EQ(sales.GetObject("HierarchyPath").GetObject("LevelOne").GetString("Name"), "Berlin");
  EXPECT_EQ(sales.GetObject("Tags").GetString("a"), "b");
  const std::string berlin = PhysicalId("Berlin");

  Deploy(With(Hierarchy("Squad", "Potsdam", "")));

  EXPECT_EQ(PhysicalId("Berlin"), berlin);
  const json::Object levels = Ask("DescribeUserHierarchyStructure").GetObject("HierarchyStructure");
  EXPECT_EQ(levels.GetObject("LevelTwo").GetString("Name"), "Squad");
  EXPECT_EQ(Ask("ListUserHierarchyGroups").GetArray("UserHierarchyGroupSummaryList").size(), 1U);
  Delete();
}

std::string View(std::string_view title, std::string_view version) {
  return fmt::format(R"(
  View:
    Type: AWS::Connect::View
    Properties:
      InstanceArn: !GetAtt Instance.Arn
      Name: Order
      Actions: [Next, Back]
      Template: {{Head: {{Title: '{}'}}, Body: [{{_id: a, Type: Form, Props: {{Heading: $.Customer}}, Content: []}}]}}
  {}:
    Type: AWS::Connect::ViewVersion
    Properties: {{ViewArn: !GetAtt View.ViewArn, VersionDescription: '{}', ViewContentSha256: !GetAtt View.ViewContentSha256}}
Outputs: {{Version: {{Value: !GetAtt {}.Version}}, Arn: {{Value: !Ref {}}}}}
)",
                     title, version, title, version, version);
}

TEST_F(ConnectResourceTypes, AViewAndItsVersions) {
  Deploy(With(View("One", "First")));
  EXPECT_EQ(Output("Version"), "1");
  EXPECT_EQ(Output("Arn"), PhysicalId("View") + ":1");
  EXPECT_EQ(Drift(), "IN_SYNC");

  Deploy(With(View("Two", "Second")));

  EXPECT_EQ(Output("Version"), "2");
  const json::Object view = Ask("DescribeView", {{"ViewId", IdOf("View")}}).GetObject("View");
  EXPECT_THAT(view.GetObject("Content").GetString("Template"), HasSubstr("Two"));
  EXPECT_THAT(
      Ask("ListViewVersions", {{"ViewId", IdOf("View")}}).GetArray("ViewVersionSummaryList"),
      SizeIs(1));
  Delete();
}

std::string RuleAndTemplate(std::string_view status, std::string_view name) {
  return fmt::format(R"(
  Rule:
    Type: AWS::Connect::Rule
    Properties:
      InstanceArn: !GetAtt Instance.Arn
      Name: escalate
      PublishStatus: {}
      Function: '{{"Version":"2022-11-25","RuleFunction":{{}}}}'
      TriggerEventSource: {{EventSourceName: OnPostCallAnalysisAvailable}}
      Actions:
        TaskActions: [{{Name: call back, ContactFlowArn: !Ref Flow}}]
        EventBridgeActions: [{{Name: escalated}}]
  Form:
    Type: AWS::Connect::TaskTemplate
    Properties:
      InstanceArn: !GetAtt Instance.Arn
      Name: {}
      ContactFlowArn: !Ref Flow
      SelfAssignContactFlowArn: !Ref Flow
      Fields: [{{Id: {{Name: Subject}}, Type: NAME}}, {{Id: {{Name: Kind}}, Type: SINGLE_SELECT, SingleSelectOptions: [a, b]}}]
      Constraints: {{RequiredFields: [{{Id: {{Name: Subject}}}}]}}
      Defaults: [{{Id: {{Name: Kind}}, DefaultValue: b}}]
      Tags: [{{Key: team, Value: blue}}]
)",
                     status, name);
}

TEST_F(ConnectResourceTypes, ARuleAndATaskTemplate) {
  Deploy(With(RuleAndTemplate("DRAFT", "Callback")));
  EXPECT_EQ(Drift(), "IN_SYNC");
  const json::Object form = Ask("GetTaskTemplate", {{"TaskTemplateId", IdOf("Form")}});
  EXPECT_EQ(form.GetString("SelfAssignFlowId"), IdOf("Flow"));
  EXPECT_THAT(form.GetObject("Defaults").GetArray("DefaultFieldValues"), SizeIs(1));
  EXPECT_EQ(form.GetObject("Tags").GetString("team"), "blue");

  Deploy(With(RuleAndTemplate("PUBLISHED", "Return")));

  const json::Object rule = Ask("DescribeRule", {{"RuleId", IdOf("Rule")}}).GetObject("Rule");
  EXPECT_EQ(rule.GetString("PublishStatus"), "PUBLISHED");
  EXPECT_THAT(rule.GetArray("Actions"), SizeIs(2));
  EXPECT_EQ(Ask("GetTaskTemplate", {{"TaskTemplateId", IdOf("Form")}}).GetString("Name"), "Return");
  Delete();
}

TEST_F(ConnectResourceTypes, WhatARuleDoesAndAFormAsksDriftsWhenItIsChangedByHand) {
  Deploy(With(RuleAndTemplate("DRAFT", "Callback")));
  const json::Object rule = Ask("DescribeRule", {{"RuleId", IdOf("Rule")}}).GetObject("Rule");
  Ask("UpdateRule", {{"RuleId", IdOf("Rule")},
                     {"Name", rule.GetString("Name")},
                     {"Function", rule.GetString("Function")},
                     {"PublishStatus", "DRAFT"},
                     {"Actions", json::Array{rule.GetArray("Actions")[0]}}});
  EXPECT_THAT(Drift(), AllOf(HasSubstr("Rule MODIFIED"), HasSubstr("/Actions")));
  Ask("UpdateTaskTemplate", {{"TaskTemplateId", IdOf("Form")}, {"Defaults", json::Object()}});

  EXPECT_THAT(Drift(), AllOf(HasSubstr("Form MODIFIED"), HasSubstr("/Defaults")));
}

TEST_F(ConnectResourceTypes, ATaskTemplateThatConnectRefusesFailsWithItsReason) {
  std::string yaml = With(RuleAndTemplate("DRAFT", "Callback"));
  yaml.replace(yaml.find("DefaultValue: b"), 15, "DefaultValue: c");

  EXPECT_THAT(DeployFails(yaml, "Form"), HasSubstr("'c' is no option of the field 'Kind'"));
}

std::string TestCase(std::string_view description) {
  return fmt::format(R"(
  Test:
    Type: AWS::Connect::TestCase
    Properties:
      InstanceArn: !GetAtt Instance.Arn
      Name: greets
      Description: {}
      Status: PUBLISHED
      Content: '{{"Version":"2019-10-30","Observations":[{{"Identifier":"start","Event":{{"Type":"TestInitiated","Actor":"System","Properties":{{}}}},"Actions":[],"Transitions":{{}}}}]}}'
      EntryPoint: {{Type: VOICE_CALL, VoiceCallEntryPointParameters: {{FlowId: !Ref Flow}}}}
Outputs: {{Region: {{Value: !GetAtt Test.LastModifiedRegion}}}}
)",
                     description);
}

TEST_F(ConnectResourceTypes, ATestCase) {
  Deploy(With(TestCase("first")));
  EXPECT_EQ(Output("Region"), "eu-central-1");
  EXPECT_EQ(Drift(), "IN_SYNC");

  Deploy(With(TestCase("second")));

  EXPECT_EQ(Ask("DescribeTestCase", {{"TestCaseId", IdOf("Test")}})
                .GetObject("TestCase")
                .GetString("Description"),
            "second");
  Delete();
}

std::string Person(std::string_view group, std::string_view proficiencies) {
  return Hierarchy("Team", "Berlin",
                   fmt::format(R"(
  Skill:
    Type: AWS::Connect::PredefinedAttribute
    Properties: {{InstanceArn: !GetAtt Instance.Arn, Name: Language, Values: {{StringList: [en, de]}}}}
  Hours:
    Type: AWS::Connect::HoursOfOperation
    Properties: {{InstanceArn: !GetAtt Instance.Arn, Name: Always, TimeZone: UTC, Config: []}}
  Queue:
    Type: AWS::Connect::Queue
    Properties: {{InstanceArn: !GetAtt Instance.Arn, Name: Sales, HoursOfOperationArn: !GetAtt Hours.HoursOfOperationArn}}
  Profile:
    Type: AWS::Connect::RoutingProfile
    Properties: {{InstanceArn: !GetAtt Instance.Arn, Name: Agents, Description: all, DefaultOutboundQueueArn: !GetAtt Queue.QueueArn, MediaConcurrencies: [{{Channel: VOICE, Concurrency: 1}}]}}
  Security:
    Type: AWS::Connect::SecurityProfile
    Properties: {{InstanceArn: !GetAtt Instance.Arn, SecurityProfileName: Agents, Permissions: [BasicAgentAccess]}}
  User:
    Type: AWS::Connect::User
    DependsOn: Skill
    Properties:
      InstanceArn: !GetAtt Instance.Arn
      Username: jane
      Password: Secret-123
      RoutingProfileArn: !GetAtt Profile.RoutingProfileArn
      SecurityProfileArns: [!GetAtt Security.SecurityProfileArn]
      PhoneConfig: {{PhoneType: SOFT_PHONE}}
      {}
      {}
)",
                               group, proficiencies));
}

TEST_F(ConnectResourceTypes, AUserJoinsAndLeavesAGroupAndLearns) {
  Deploy(
      With(Person("HierarchyGroupArn: !Ref Berlin",
                  "UserProficiencies: [{AttributeName: Language, AttributeValue: en, Level: 3}]")));
  const json::Object key{{"UserId", IdOf("User")}};
  EXPECT_EQ(Ask("DescribeUser", key).GetObject("User").GetString("HierarchyGroupId"),
            IdOf("Berlin"));
  EXPECT_EQ(Drift(), "IN_SYNC");

  Deploy(With(
      Person("", "UserProficiencies: [{AttributeName: Language, AttributeValue: de, Level: 5}]")));

  EXPECT_FALSE(Ask("DescribeUser", key).GetObject("User").Has("HierarchyGroupId"));
  const json::Object skills = Ask("ListUserProficiencies", key);
  ASSERT_THAT(skills.GetArray("UserProficiencyList"), SizeIs(1));
  EXPECT_EQ(skills.GetArray("UserProficiencyList")[0].AsObject().GetString("AttributeValue"), "de");
  EXPECT_EQ(Drift(), "IN_SYNC");
  Ask("DisassociateUserProficiencies",
      {{"UserId", IdOf("User")},
       {"UserProficiencies",
        json::Array{json::Object{{"AttributeName", "Language"}, {"AttributeValue", "de"}}}}});
  EXPECT_THAT(Drift(), HasSubstr("/UserProficiencies/0"));
  Delete();
}

std::string Others(std::string_view status, std::string_view alias) {
  return fmt::format(R"(
  Lunch:
    Type: AWS::Connect::AgentStatus
    Properties: {{InstanceArn: !GetAtt Instance.Arn, Name: Lunch, State: {}, DisplayOrder: 3}}
  Greeting:
    Type: AWS::Connect::Prompt
    Properties: {{InstanceArn: !GetAtt Instance.Arn, Name: Greeting, S3Uri: 's3://sounds/hello.wav'}}
  Key:
    Type: AWS::Connect::SecurityKey
    Properties: {{InstanceId: !GetAtt Instance.Arn, Key: some-public-key}}
  Module:
    Type: AWS::Connect::ContactFlowModule
    Properties:
      InstanceArn: !GetAtt Instance.Arn
      Name: Common
      Content: '{{"Version":"2019-10-30","StartAction":"end","Settings":{{}},"Actions":[{{"Identifier":"end","Type":"EndFlowModuleExecution","Parameters":{{}},"Transitions":{{}}}}]}}'
  ModuleVersion:
    Type: AWS::Connect::ContactFlowModuleVersion
    Properties: {{ContactFlowModuleId: !GetAtt Module.ContactFlowModuleArn, Description: one}}
  ModuleAlias:
    Type: AWS::Connect::ContactFlowModuleAlias
    Properties: {{ContactFlowModuleId: !GetAtt Module.ContactFlowModuleArn, ContactFlowModuleVersion: !GetAtt ModuleVersion.Version, Name: {}}}
Outputs: {{Version: {{Value: !GetAtt ModuleVersion.Version}}}}
)",
                     status, alias);
}

TEST_F(ConnectResourceTypes, StatusesPromptsKeysAndModules) {
  Do("s3", "CreateBucket",
     {{"Bucket", "sounds"},
      {"CreateBucketConfiguration", json::Object{{"LocationConstraint", region()}}}});
  Do("s3", "PutObject", {{"Bucket", "sounds"}, {"Key", "hello.wav"}, {"Body", "RIFF"}});
  Deploy(With(Others("ENABLED", "live")));
  EXPECT_EQ(Output("Version"), "1");
  EXPECT_EQ(Drift(), "IN_SYNC");

  Deploy(With(Others("DISABLED", "current")));

  const json::Object lunch =
      Ask("DescribeAgentStatus", {{"AgentStatusId", IdOf("Lunch")}}).GetObject("AgentStatus");
  EXPECT_EQ(lunch.GetString("State"), "DISABLED");
  const json::Object alias =
      Ask("DescribeContactFlowModuleAlias",
          {{"ContactFlowModuleId", IdOf("Module")}, {"AliasId", IdOf("ModuleAlias")}})
          .GetObject("ContactFlowModuleAlias");
  EXPECT_EQ(alias.GetString("Name"), "current");
  Delete();
}

TEST_F(ConnectResourceTypes, ATrafficDistributionGroupOfAReplicatedInstance) {
  const std::string id(Do("connect", "CreateInstance",
                          {{"IdentityManagementType", "SAML"},
                           {"InstanceAlias", "acme-global"},
                           {"InboundCallsEnabled", true},
                           {"OutboundCallsEnabled", true}})
                           .GetString("Id"));
  Advance(Milliseconds(100));
  Do("connect", "ReplicateInstance",
     {{"InstanceId", id}, {"ReplicaRegion", "eu-west-2"}, {"ReplicaAlias", "acme-london"}});
  Advance(Milliseconds(100));

  Deploy(fmt::format(R"(
Resources:
  Group:
    Type: AWS::Connect::TrafficDistributionGroup
    Properties: {{InstanceArn: 'arn:aws:connect:eu-central-1:111122223333:instance/{}', Name: global, Tags: [{{Key: a, Value: b}}]}}
Outputs: {{Status: {{Value: !GetAtt Group.Status}}, Default: {{Value: !GetAtt Group.IsDefault}}}}
)",
                     id));

  EXPECT_EQ(Output("Status"), "ACTIVE");
  EXPECT_EQ(Output("Default"), "false");
  EXPECT_EQ(Drift(), "IN_SYNC");
  Delete();
  EXPECT_THAT(Do("connect", "ListTrafficDistributionGroups")
                  .GetArray("TrafficDistributionGroupSummaryList"),
              SizeIs(1));
}

}  // namespace
}  // namespace trunkline::cloud::tests
