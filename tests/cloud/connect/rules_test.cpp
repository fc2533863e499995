// Rules, task templates and test cases.
#include <gmock/gmock.h>

#include "tests/cloud/connect/connect_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class ConnectRules : public ConnectTest {
 protected:
  static json::Array Event() {
    return {json::Object{{"ActionType", "GENERATE_EVENTBRIDGE_EVENT"},
                         {"EventBridgeAction", json::Object{{"Name", "escalated"}}}}};
  }
  json::Object Input(std::string_view name, json::Object more = {}) {
    return Merged(
        {{"Name", name},
         {"TriggerEventSource", json::Object{{"EventSourceName", "OnPostCallAnalysisAvailable"}}},
         {"Function", R"({"Version":"2022-11-25"})"},
         {"Actions", Event()},
         {"PublishStatus", "DRAFT"}},
        more);
  }
  std::string Make(std::string_view name, json::Object more = {}) {
    return std::string(DoConnect("CreateRule", Input(name, std::move(more))).GetString("RuleId"));
  }
  json::Object Rule(std::string_view id) {
    return DoConnect("DescribeRule", {{"RuleId", id}}).GetObject("Rule");
  }
};

TEST_F(ConnectRules, AreKeptAsTheyWereGiven) {
  const std::string id = Make("escalate");
  Do("connect", "TagResource",
     {{"resourceArn", InstanceArn() + "/rule/" + id}, {"tags", json::Object{{"team", "blue"}}}});
  Restart();

  const json::Object rule = Rule(id);

  EXPECT_EQ(rule.GetString("RuleArn"), InstanceArn() + "/rule/" + id);
  EXPECT_EQ(rule.GetString("Function"), R"({"Version":"2022-11-25"})");
  EXPECT_EQ(rule.GetArray("Actions"), Event());
  EXPECT_EQ(rule.GetObject("Tags").GetString("team"), "blue");
  EXPECT_THAT(rule.GetString("LastUpdatedBy"), HasSubstr("arn:aws:iam::111122223333:"));
}

TEST_F(ConnectRules, AreChangedListedAndDeleted) {
  const std::string id = Make("escalate");
  json::Object change = Input("raise", {{"RuleId", id}, {"PublishStatus", "PUBLISHED"}});
  change.Remove("TriggerEventSource");
  DoConnect("UpdateRule", change);
  Make("other");

  const json::Object listed = DoConnect("ListRules", {{"PublishStatus", "PUBLISHED"}});
  const json::Object found = DoConnect(
      "SearchRules",
      {{"SearchCriteria",
        json::Object{{"StringCondition", json::Object{{"FieldName", "name"},
                                                      {"Value", "rai"},
                                                      {"ComparisonType", "STARTS_WITH"}}}}}});

  ASSERT_THAT(Names(listed.GetArray("RuleSummaryList")), ElementsAre("raise"));
  const json::Object summary = listed.GetArray("RuleSummaryList")[0].AsObject();
  EXPECT_EQ(summary.GetString("EventSourceName"), "OnPostCallAnalysisAvailable");
  EXPECT_THAT(Names(summary.GetArray("ActionSummaries"), "ActionType"),
              ElementsAre("GENERATE_EVENTBRIDGE_EVENT"));
  EXPECT_THAT(Names(found.GetArray("Rules")), ElementsAre("raise"));
  DoConnect("DeleteRule", {{"RuleId", id}});
  EXPECT_THAT(AskConnect("DescribeRule", {{"RuleId", id}}),
              Fails(404, "ResourceNotFoundException", HasSubstr("rule '" + id + "'")));
}

TEST_F(ConnectRules, HaveANameOfTheirOwn) {
  Make("escalate");

  EXPECT_THAT(AskConnect("CreateRule", Input("escalate")),
              Fails(409, "ResourceConflictException", HasSubstr("named 'escalate' already")));
}

TEST_F(ConnectRules, TakeActionsThatTheirEventKnows) {
  const auto refused = [&](json::Object more) {
    return AskConnect("CreateRule", Input("r", more));
  };
  const json::Object task{
      {"ActionType", "CREATE_TASK"},
      {"TaskAction", json::Object{{"Name", "call"}, {"ContactFlowId", "nope"}}}};

  EXPECT_THAT(refused({{"Actions", json::Array{json::Object{{"ActionType", "CREATE_TASK"}}}}}),
              Fails(400, "InvalidRequestException", HasSubstr("needs a TaskAction")));
  EXPECT_THAT(refused({{"Actions", json::Array{task}}}),
              Fails(404, "ResourceNotFoundException", HasSubstr("flow 'nope'")));
  EXPECT_THAT(refused({{"TriggerEventSource", json::Object{{"EventSourceName", "OnCaseCreate"}}}}),
              Fails(400, "InvalidRequestException",
                    HasSubstr("OnCaseCreate does not know actions of the type")));
  EXPECT_THAT(refused({{"Function", "words"}}),
              Fails(400, "InvalidRequestException", HasSubstr("must be JSON")));
  EXPECT_THAT(
      refused({{"TriggerEventSource", json::Object{{"EventSourceName", "OnZendeskTicketCreate"}}}}),
      Fails(400, "InvalidRequestException", HasSubstr("needs an IntegrationAssociationId")));
}

// ---- task templates

class ConnectTaskTemplates : public ConnectTest {
 protected:
  static json::Object Named(std::string_view name) {
    return {{"Id", json::Object{{"Name", name}}}};
  }
  static json::Object Field(std::string_view name, std::string_view type) {
    return Merged(Named(name), {{"Type", type}});
  }
  json::Object Input(std::string_view name) {
    return {{"Name", name},
            {"ContactFlowId", FlowId("Sample inbound flow (first contact experience)")},
            {"Fields", json::Array{Field("Subject", "NAME"), Field("Link", "URL")}},
            {"Constraints", json::Object{{"RequiredFields", json::Array{Named("Subject")}}}}};
  }
  std::string Make(std::string_view name) {
    return std::string(DoConnect("CreateTaskTemplate", Input(name)).GetString("Id"));
  }
  Answered Refused(json::Object more) {
    return AskConnect("CreateTaskTemplate", Merged(Input("Callback"), more));
  }
};

TEST_F(ConnectTaskTemplates, AreReadBack) {
  const std::string id = Make("Callback");
  Do("connect", "TagResource",
     {{"resourceArn", InstanceArn() + "/task-template/" + id},
      {"tags", json::Object{{"team", "blue"}}}});
  Restart();

  const json::Object read = DoConnect("GetTaskTemplate", {{"TaskTemplateId", id}});

  EXPECT_EQ(read.GetString("InstanceId"), instance());
  EXPECT_EQ(read.GetString("Status"), "ACTIVE");
  EXPECT_THAT(read.GetArray("Fields"), SizeIs(2));
  EXPECT_EQ(read.GetObject("Tags").GetString("team"), "blue");
}

TEST_F(ConnectTaskTemplates, AreChangedListedAndDeleted) {
  const std::string id = Make("Callback");
  Make("Other");

  const json::Object changed = DoConnect(
      "UpdateTaskTemplate", {{"TaskTemplateId", id}, {"Name", "Return"}, {"Status", "INACTIVE"}});

  EXPECT_EQ(changed.GetString("Name"), "Return");
  EXPECT_THAT(changed.GetArray("Fields"), SizeIs(2));
  EXPECT_THAT(
      Names(DoConnect("ListTaskTemplates", {{"Status", "INACTIVE"}}).GetArray("TaskTemplates")),
      ElementsAre("Return"));
  EXPECT_THAT(Names(DoConnect("ListTaskTemplates", {{"Name", "Other"}}).GetArray("TaskTemplates")),
              ElementsAre("Other"));
  DoConnect("DeleteTaskTemplate", {{"TaskTemplateId", id}});
  EXPECT_THAT(AskConnect("GetTaskTemplate", {{"TaskTemplateId", id}}),
              Fails(404, "ResourceNotFoundException", HasSubstr("task template")));
}

TEST_F(ConnectTaskTemplates, HoldTogether) {
  const auto fails = [](std::string_view reason) {
    return Fails(400, "PropertyValidationException", HasSubstr(std::string(reason)));
  };

  EXPECT_THAT(Refused({{"Fields", json::Array{Field("Link", "URL")}}}),
              fails("needs a field of the type NAME"));
  EXPECT_THAT(Refused({{"Constraints", json::Object()}}),
              fails("must be among the required fields"));
  EXPECT_THAT(Refused({{"Fields", json::Array{Field("Subject", "NAME"), Field("Title", "NAME")}}}),
              fails("one field of the type NAME"));
  EXPECT_THAT(
      Refused({{"Fields", json::Array{Field("Subject", "NAME"), Field("Kind", "SINGLE_SELECT")}}}),
      fails("SINGLE_SELECT needs options"));
  EXPECT_THAT(Refused({{"ContactFlowId", ""}}), fails("needs a ContactFlowId"));
  EXPECT_THAT(Refused({{"ContactFlowId", "nope"}}),
              Fails(404, "ResourceNotFoundException", HasSubstr("flow 'nope'")));
}

TEST_F(ConnectTaskTemplates, SayWhichPropertyIsNotValid) {
  Make("Callback");

  const Answered refused = AskConnect("CreateTaskTemplate", Input("Callback"));

  ASSERT_THAT(refused.output.GetArray("PropertyList"), SizeIs(1));
  const json::Object property = refused.output.GetArray("PropertyList")[0].AsObject();
  EXPECT_EQ(property.GetString("PropertyPath"), "Name");
  EXPECT_EQ(property.GetString("Reason"), "RESOURCE_NAME_ALREADY_EXISTS");
}

// ---- test cases

constexpr std::string_view kTest =
    R"({"Version":"2019-10-30","Metadata":{},"Observations":[{"Identifier":"menu",)"
    R"("Event":{"Type":"MessageReceived","Actor":"System","Properties":{"Text":"for sales"}},)"
    R"("Actions":[{"Identifier":"a","Type":"SendInstruction","Parameters":{)"
    R"("ActionType":"SendInstruction","Actor":"Customer","Instruction":{"Type":"DtmfInput",)"
    R"("Properties":{"Value":"1"}}},"Transitions":{}}],"Transitions":{"NextObservations":[]}}]})";

class ConnectTestCases : public ConnectTest {
 protected:
  Answered AskCreate(std::string_view content, json::Object more = {}) {
    return AskConnect("CreateTestCase", Merged({{"Name", "menu"}, {"Content", content}}, more));
  }
  std::string Make(json::Object more = {}) {
    const Answered made = AskCreate(kTest, std::move(more));
    EXPECT_THAT(made, Succeeds());
    return std::string(made.output.GetString("TestCaseId"));
  }
  json::Object Test(std::string_view id, std::string_view status = "") {
    json::Object input{{"TestCaseId", id}};
    if (!status.empty()) input.Set("Status", status);
    return DoConnect("DescribeTestCase", input).GetObject("TestCase");
  }
};

TEST_F(ConnectTestCases, ArePublishedUnlessToldOtherwise) {
  const std::string flow = FlowId("Sample inbound flow (first contact experience)");
  const std::string id =
      Make({{"InitializationData", R"({"Attributes":{}})"},
            {"EntryPoint",
             json::Object{{"Type", "VOICE_CALL"},
                          {"VoiceCallEntryPointParameters",
                           json::Object{{"FlowId", InstanceArn() + "/contact-flow/" + flow}}}}}});

  const json::Object test = Test(id);

  EXPECT_EQ(test.GetString("Status"), "PUBLISHED");
  EXPECT_EQ(test.GetString("Content"), kTest);
  EXPECT_THAT(std::string(test.GetString("TestCaseSha256")), SizeIs(64));
  EXPECT_EQ(
      test.GetObject("EntryPoint").GetObject("VoiceCallEntryPointParameters").GetString("FlowId"),
      flow);
}

TEST_F(ConnectTestCases, KeepADraftBesideWhatIsPublished) {
  const std::string id = Make();
  DoConnect("UpdateTestCase", {{"TestCaseId", id}, {"Status", "SAVED"}, {"Content", "{}"}});
  Restart();

  EXPECT_EQ(Test(id).GetString("Content"), kTest);
  EXPECT_EQ(Test(id, "SAVED").GetString("Content"), "{}");

  DoConnect("UpdateTestCase", {{"TestCaseId", id}, {"Status", "PUBLISHED"}, {"Content", kTest}});
  EXPECT_THAT(AskConnect("DescribeTestCase", {{"TestCaseId", id}, {"Status", "SAVED"}}),
              Fails(404, "ResourceNotFoundException", HasSubstr("with the status SAVED")));
}

TEST_F(ConnectTestCases, AreCheckedWhenTheyArePublished) {
  EXPECT_THAT(AskCreate("{}", {{"Status", "SAVED"}}), Succeeds());

  const Answered refused = AskCreate(
      R"({"Version":"1","Observations":[{"Identifier":"a","Event":{"Type":"Moon","Actor":"System"}}]})",
      {{"Name", "other"}});

  EXPECT_THAT(refused, Fails(400, "InvalidTestCaseException", HasSubstr("3 problems were found")));
  EXPECT_THAT(Names(refused.output.GetArray("Problems"), "message"),
              ElementsAre(HasSubstr("Version must be"), HasSubstr("Event.Type 'Moon'"),
                          HasSubstr("needs Actions")));
}

TEST_F(ConnectTestCases, RefuseWhatTheServiceRefuses) {
  EXPECT_THAT(AskCreate(kTest, {{"EntryPoint", json::Object{{"Type", "CHAT"}}}})
                  .output.GetArray("Problems"),
              SizeIs(1));
  EXPECT_THAT(
      AskCreate(kTest, {{"EntryPoint",
                         json::Object{{"Type", "VOICE_CALL"},
                                      {"VoiceCallEntryPointParameters",
                                       json::Object{{"FlowId", "x"},
                                                    {"DestinationPhoneNumber", "+15550100"}}}}}}),
      Fails(400, "InvalidParameterException", "Must specify either FlowId or phone numbers"));
  EXPECT_THAT(AskCreate(kTest, {{"InitializationData", "words"}}),
              Fails(400, "InvalidParameterException", HasSubstr("must be JSON")));
}

TEST_F(ConnectTestCases, AreMadeWithTheIdOfTheirSource) {
  const std::string id = Make({{"TestCaseId", "from-elsewhere"}});

  EXPECT_EQ(id, "from-elsewhere");
  EXPECT_THAT(AskCreate(kTest, {{"Name", "b"}, {"TestCaseId", id}}),
              Fails(409, "DuplicateResourceException", HasSubstr("'from-elsewhere'")));
}

}  // namespace
}  // namespace trunkline::cloud::tests
