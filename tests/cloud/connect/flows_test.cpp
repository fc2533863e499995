#include <gmock/gmock.h>

#include "base/hash.h"
#include "base/text.h"
#include "tests/cloud/connect/connect_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class ConnectFlows : public ConnectTest {
 protected:
  static json::Object Input(std::string_view name, std::string_view content) {
    return {{"Name", name}, {"Type", "CONTACT_FLOW"}, {"Content", content}};
  }
  std::string Make(std::string_view name) {
    return std::string(
        DoConnect("CreateContactFlow", Input(name, SayingFlow("hi"))).GetString("ContactFlowId"));
  }
  std::string MakeDraft(std::string_view name, std::string_view content) {
    return std::string(
        DoConnect("CreateContactFlow", Merged(Input(name, content), {{"Status", "SAVED"}}))
            .GetString("ContactFlowId"));
  }
  json::Object Described(const std::string& id) {
    return DoConnect("DescribeContactFlow", {{"ContactFlowId", id}}).GetObject("ContactFlow");
  }
};

// A flow whose only action has a parameter that names something.
std::string NamingFlow(std::string_view type, std::string_view parameter, std::string_view value) {
  std::string flow =
      R"({"Version":"2019-10-30","StartAction":"a","Actions":[{"Identifier":"a","Type":"TYPE",)"
      R"("Parameters":{PARAMETER},"Transitions":{"NextAction":"end","Errors":[)"
      R"({"ErrorType":"NoMatchingError","NextAction":"end"}]}},)"
      R"({"Identifier":"end","Type":"DisconnectParticipant","Parameters":{},"Transitions":{}}]})";
  flow = Replace(flow, "TYPE", type);
  return Replace(flow, "PARAMETER", fmt::format(R"("{}":"{}")", parameter, value));
}

TEST_F(ConnectFlows, GiveBackTheContentByteForByteWithItsHash) {
  const std::string content = "  " + SayingFlow("hello \xC3\xA9") + "\n";
  const json::Object created = DoConnect("CreateContactFlow", Input("Main", content));

  const json::Object flow = Described(std::string(created.GetString("ContactFlowId")));

  EXPECT_EQ(flow.GetString("Content"), content);
  EXPECT_EQ(flow.GetString("Status"), "PUBLISHED");
  EXPECT_EQ(flow.GetString("FlowContentSha256"), ToHex(Sha256(content)));
  EXPECT_EQ(created.GetString("FlowContentSha256"), flow.GetString("FlowContentSha256"));
}

TEST_F(ConnectFlows, KeepDraftsUnchecked) {
  const std::string id = MakeDraft("Draft", "not even JSON");

  EXPECT_THAT(
      AskConnect("DescribeContactFlow", {{"ContactFlowId", id}}),
      Fails(404, "ContactFlowNotPublishedException", HasSubstr("flow 'Draft' is not published")));
  EXPECT_EQ(Described(id + ":$SAVED").GetString("Content"), "not even JSON");
  EXPECT_EQ(Described(id + ":$SAVED").GetString("Status"), "SAVED");
}

TEST_F(ConnectFlows, PublishADraftByUpdatingTheFlowItself) {
  const std::string id = MakeDraft("Draft", "not even JSON");

  DoConnect("UpdateContactFlowContent", {{"ContactFlowId", id}, {"Content", SayingFlow("now")}});

  EXPECT_EQ(Described(id).GetString("Status"), "PUBLISHED");
  EXPECT_EQ(Described(id).GetString("Content"), SayingFlow("now"));
}

TEST_F(ConnectFlows, KeepWhatIsPublishedWhileADraftChanges) {
  const std::string id = Make("Main");

  DoConnect("UpdateContactFlowContent",
            {{"ContactFlowId", id + ":$SAVED"}, {"Content", SayingFlow("draft")}});

  EXPECT_EQ(Described(id).GetString("Content"), SayingFlow("hi"));
  EXPECT_EQ(Described(id + ":$SAVED").GetString("Content"), SayingFlow("draft"));
}

TEST_F(ConnectFlows, AnswerBrokenContentWithItsProblems) {
  const std::string id = Make("Main");
  const std::string broken = Replace(SayingFlow("hi"), "MessageParticipant", "MessagePartycipant");

  const Answered answer =
      AskConnect("UpdateContactFlowContent", {{"ContactFlowId", id}, {"Content", broken}});

  EXPECT_THAT(answer, Fails(400, "InvalidContactFlowException",
                            "the flow is not valid: 1 problem was found"));
  EXPECT_THAT(Names(answer.output.GetArray("problems"), "message"),
              ElementsAre(HasSubstr("Invalid Action type. Type: MessagePartycipant")));
  EXPECT_EQ(Described(id).GetString("Content"), SayingFlow("hi"));
}

TEST_F(ConnectFlows, AnswerWhatIsNoJsonWithAProblem) {
  const Answered answer = AskConnect("CreateContactFlow", Input("Main", "{"));

  EXPECT_THAT(answer, Fails(400, "InvalidContactFlowException", HasSubstr("1 problem")));
}

TEST_F(ConnectFlows, MayNotHaveActionsOfAnotherFlowType) {
  EXPECT_THAT(AskConnect("CreateContactFlow",
                         Merged(Input("Whisper", SayingFlow("hi")), {{"Type", "AGENT_WHISPER"}})),
              Fails(400, "InvalidContactFlowException", HasSubstr("problem")));
}

struct Missing {
  std::string_view type;
  std::string_view parameter;
  std::string_view value;
  std::string_view problem;
};

class ConnectFlowReferences : public ConnectFlows, public ::testing::WithParamInterface<Missing> {};

TEST_P(ConnectFlowReferences, MustLeadSomewhere) {
  const Missing& row = GetParam();

  const Answered answer = AskConnect("CreateContactFlow",
                                     Input("Main", NamingFlow(row.type, row.parameter, row.value)));

  EXPECT_THAT(answer.code, "InvalidContactFlowException");
  EXPECT_THAT(Names(answer.output.GetArray("problems"), "message"),
              ::testing::Contains(
                  AllOf(HasSubstr("Invalid Action property value. Path: Actions[0].Parameters."),
                        HasSubstr(row.problem))));
}

INSTANTIATE_TEST_SUITE_P(
    To, ConnectFlowReferences,
    ::testing::Values(
        Missing{"UpdateContactTargetQueue", "QueueId", "aaaaaaaa-0000-4000-8000-000000000001",
                "queue 'aaaaaaaa-0000-4000-8000-000000000001' does not exist in instance 'acme'"},
        Missing{"TransferToFlow", "ContactFlowId",
                "arn:aws:connect:eu-central-1:111122223333:instance/"
                "aaaaaaaa-0000-4000-8000-000000000001/"
                "contact-flow/aaaaaaaa-0000-4000-8000-000000000002",
                "flow 'arn:aws:connect"},
        Missing{"MessageParticipant", "PromptId", "aaaaaaaa-0000-4000-8000-000000000001",
                "prompt '"},
        Missing{"InvokeFlowModule", "FlowModuleId", "aaaaaaaa-0000-4000-8000-000000000001",
                "flow module '"}));

TEST_F(ConnectFlows, NeedTheirFunctionsAssociated) {
  const std::string arn = "arn:aws:lambda:us-east-1:999988887777:function:mapping";
  const std::string content =
      Replace(NamingFlow("InvokeLambdaFunction", "LambdaFunctionARN", arn), "\"LambdaFunctionARN\"",
              "\"InvocationTimeLimitSeconds\":\"8\",\"LambdaFunctionARN\"");

  const Answered before = AskConnect("CreateContactFlow", Input("Main", content));
  DoConnect("AssociateLambdaFunction", {{"FunctionArn", arn}});
  const Answered after = AskConnect("CreateContactFlow", Input("Main", content));

  EXPECT_THAT(Names(before.output.GetArray("problems"), "message"),
              ElementsAre(HasSubstr("is not associated with the instance")));
  EXPECT_THAT(after, Succeeds());
}

TEST_F(ConnectFlows, MayReadTheirReferencesAtRunTime) {
  EXPECT_THAT(
      AskConnect("CreateContactFlow", Input("Main", NamingFlow("UpdateContactTargetQueue",
                                                               "QueueId", "$.Attributes.queue"))),
      Succeeds());
}

TEST_F(ConnectFlows, AreListedByType) {
  Make("Main");

  const json::Object listed = DoConnect(
      "ListContactFlows", {{"ContactFlowTypes", json::Array{"AGENT_HOLD", "CUSTOMER_HOLD"}}});

  EXPECT_THAT(Names(listed.GetArray("ContactFlowSummaryList")),
              ElementsAre("Default agent hold", "Default customer hold"));
}

TEST_F(ConnectFlows, AreFoundByTypeStateAndStatus) {
  Make("Main");
  const std::string archived = Make("Old");
  MakeDraft("Draft", SayingFlow("hi"));
  DoConnect("UpdateContactFlowMetadata",
            {{"ContactFlowId", archived}, {"ContactFlowState", "ARCHIVED"}});

  const auto search = [&](const json::Object& criteria) {
    return Names(
        DoConnect("SearchContactFlows", {{"SearchCriteria", criteria}}).GetArray("ContactFlows"));
  };

  EXPECT_THAT(search({{"StateCondition", "ARCHIVED"}}), ElementsAre("Old"));
  EXPECT_THAT(search({{"StatusCondition", "SAVED"}}), ElementsAre("Draft"));
  EXPECT_THAT(
      search({{"AndConditions", json::Array{json::Object{{"TypeCondition", "AGENT_WHISPER"}},
                                            json::Object{{"StateCondition", "ACTIVE"}}}}}),
      ElementsAre("Default agent whisper"));
  EXPECT_THAT(search({{"OrConditions", json::Array{json::Object{{"StateCondition", "ARCHIVED"}},
                                                   json::Object{{"StatusCondition", "SAVED"}}}}}),
              ElementsAre("Draft", "Old"));
}

TEST_F(ConnectFlows, AreFoundByAnAttributeFilter) {
  DoConnect("CreateContactFlow",
            Merged(Input("Blue", SayingFlow("hi")), {{"Tags", json::Object{{"team", "blue"}}}}));
  Make("Plain");

  const json::Object found = DoConnect(
      "SearchContactFlows",
      {{"SearchFilter",
        json::Object{
            {"FlowAttributeFilter",
             json::Object{
                 {"AndCondition",
                  json::Object{{"TagConditions", json::Array{json::Object{{"TagKey", "team"}}}},
                               {"ContactFlowTypeCondition",
                                json::Object{{"ContactFlowType", "CONTACT_FLOW"}}}}}}}}}});

  EXPECT_THAT(Names(found.GetArray("ContactFlows")), ElementsAre("Blue"));
}

TEST_F(ConnectFlows, HaveNoVersionsUnlessTheyAreCampaigns) {
  EXPECT_THAT(
      AskConnect("CreateContactFlowVersion", {{"ContactFlowId", Make("Main")}}),
      Fails(
          400, "InvalidRequestException",
          "only flows of the type CAMPAIGN have versions, flow 'Main' has the type CONTACT_FLOW"));
}

class ConnectModules : public ConnectTest {
 protected:
  std::string Make(std::string_view name) {
    return std::string(
        DoConnect("CreateContactFlowModule", {{"Name", name}, {"Content", EmptyModule()}})
            .GetString("Id"));
  }
  json::Object Described(const std::string& id) {
    return DoConnect("DescribeContactFlowModule", {{"ContactFlowModuleId", id}})
        .GetObject("ContactFlowModule");
  }
};

TEST_F(ConnectModules, KeepTheirVersionsWhenTheContentChanges) {
  const std::string id = Make("Greeting");
  const std::string changed = Replace(EmptyModule(), "\"end\"", "\"stop\"");

  const json::Object version = DoConnect("CreateContactFlowModuleVersion",
                                         {{"ContactFlowModuleId", id}, {"Description", "first"}});
  DoConnect("UpdateContactFlowModuleContent", {{"ContactFlowModuleId", id}, {"Content", changed}});
  Restart();

  EXPECT_EQ(version.GetInt("Version"), 1);
  EXPECT_EQ(Described(id).GetString("Content"), changed);
  EXPECT_EQ(Described(id + ":$LATEST").GetString("Content"), changed);
  EXPECT_EQ(Described(id + ":1").GetString("Content"), EmptyModule());
  EXPECT_EQ(Described(id + ":1").GetString("VersionDescription"), "first");
}

TEST_F(ConnectModules, AreReachedByAlias) {
  const std::string id = Make("Greeting");
  DoConnect("CreateContactFlowModuleVersion", {{"ContactFlowModuleId", id}});
  const std::string alias(
      DoConnect(
          "CreateContactFlowModuleAlias",
          {{"ContactFlowModuleId", id}, {"ContactFlowModuleVersion", 1}, {"AliasName", "live"}})
          .GetString("Id"));

  EXPECT_EQ(Described(id + ":live").GetInt("Version"), 1);
  EXPECT_THAT(AskConnect("DeleteContactFlowModuleVersion",
                         {{"ContactFlowModuleId", id}, {"ContactFlowModuleVersion", 1}}),
              Fails(400, "InvalidRequestException",
                    "version 1 of flow module 'Greeting' is used by the alias 'live'"));
  DoConnect("UpdateContactFlowModuleAlias",
            {{"ContactFlowModuleId", id}, {"AliasId", alias}, {"Name", "prod"}});
  EXPECT_THAT(Names(DoConnect("ListContactFlowModuleAliases", {{"ContactFlowModuleId", id}})
                        .GetArray("ContactFlowModuleAliasSummaryList"),
                    "AliasName"),
              ElementsAre("prod"));
  DoConnect("DeleteContactFlowModuleAlias", {{"ContactFlowModuleId", id}, {"AliasId", alias}});
  EXPECT_THAT(AskConnect("DescribeContactFlowModuleAlias",
                         {{"ContactFlowModuleId", id}, {"AliasId", alias}}),
              Fails(404, "ResourceNotFoundException", HasSubstr("has no alias with the id")));
}

TEST_F(ConnectModules, NeedTheSettingsMemberInTheirContent) {
  EXPECT_THAT(
      AskConnect("CreateContactFlowModule", {{"Name", "Greeting"}, {"Content", SayingFlow("hi")}}),
      Fails(400, "InvalidRequestException",
            "JSON field is missing or null for field name: settings"));
}

TEST_F(ConnectModules, AnswerBrokenContentWithTheirProblems) {
  const std::string broken = Replace(EmptyModule(), "EndFlowModuleExecution", "EndIt");

  const Answered answer =
      AskConnect("CreateContactFlowModule", {{"Name", "Greeting"}, {"Content", broken}});

  EXPECT_THAT(answer, Fails(400, "InvalidContactFlowModuleException",
                            HasSubstr("the flow module is not valid")));
  EXPECT_THAT(Names(answer.output.GetArray("Problems"), "message"),
              ::testing::Contains(HasSubstr("Invalid Action type. Type: EndIt")));
}

TEST_F(ConnectModules, CheckTheContractInSettings) {
  EXPECT_THAT(AskConnect("CreateContactFlowModule", {{"Name", "Greeting"},
                                                     {"Content", EmptyModule()},
                                                     {"Settings", R"({"input": 1})"}}),
              Fails(400, "InvalidRequestException",
                    "expected an object with a JSON schema in 'input' of Settings"));
}

TEST_F(ConnectModules, AreMadeOnceForOneClientToken) {
  const json::Object input{
      {"Name", "Greeting"}, {"Content", EmptyModule()}, {"ClientToken", "once"}};

  const json::Object first = DoConnect("CreateContactFlowModule", input);
  const json::Object again = DoConnect("CreateContactFlowModule", input);

  EXPECT_EQ(first, again);
  EXPECT_THAT(
      AskConnect("CreateContactFlowModule", Merged(input, {{"Name", "Other"}})),
      Fails(409, "IdempotencyException", "client token 'once' was used for another input before"));
}

}  // namespace
}  // namespace trunkline::cloud::tests
