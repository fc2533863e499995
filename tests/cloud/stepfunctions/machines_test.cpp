#include "tests/cloud/stepfunctions/states_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::string_view kPass = R"({"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}})";
constexpr std::string_view kOther =
    R"({"StartAt":"A","States":{"A":{"Type":"Pass","Result":1,"End":true}}})";

class Machines : public StatesTest {
 protected:
  json::Object Update(const std::string& arn, std::string_view definition, bool publish = false) {
    return Do("stepfunctions", "UpdateStateMachine",
              {{"stateMachineArn", arn}, {"definition", definition}, {"publish", publish}});
  }
};

TEST_F(Machines, AMachineIsDescribedAsItWasMade) {
  const std::string arn = Make("one", kPass);

  const json::Object machine =
      Do("stepfunctions", "DescribeStateMachine", {{"stateMachineArn", arn}});

  EXPECT_EQ(arn, Arn("stateMachine:one"));
  EXPECT_EQ(machine.GetString("definition"), kPass);
  EXPECT_EQ(machine.GetString("status"), "ACTIVE");
  EXPECT_EQ(machine.GetString("type"), "STANDARD");
  EXPECT_EQ(machine.GetObject("loggingConfiguration").GetString("level"), "OFF");
  EXPECT_FALSE(machine.Has("revisionId"));
}

TEST_F(Machines, MakingItAgainGivesTheSameAndAnotherIsRefused) {
  const std::string arn = Make("one", kPass);

  EXPECT_EQ(Make("one", kPass), arn);
  const Answered other = Ask("stepfunctions", "CreateStateMachine",
                             {{"name", "one"}, {"definition", kOther}, {"roleArn", Role()}});
  EXPECT_THAT(other, Fails(400, "StateMachineAlreadyExists",
                           "State Machine Already Exists: '" + arn + "'"));
}

TEST_F(Machines, AWrongDefinitionIsRefusedWithItsPlace) {
  const auto refused = [this](std::string_view definition) {
    return Ask("stepfunctions", "CreateStateMachine",
               {{"name", "bad"}, {"definition", definition}, {"roleArn", Role()}})
        .message;
  };

  EXPECT_EQ(refused(R"({"StartAt":"A"})"),
            "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: These fields are "
            "required: [States] at /'");
  EXPECT_EQ(refused(R"({"States":{"A":{"Type":"Pass","End":true}}})"),
            "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: These fields are "
            "required: [StartAt] at /'");
  EXPECT_THAT(refused(R"({"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"}}})"),
              HasSubstr("MISSING_TRANSITION_TARGET: Missing 'Next' target: B at /States/A/Next"));
  EXPECT_THAT(
      refused(R"({"StartAt":"A","States":{"A":{"Type":"Task","Resource":"x","End":true}}})"),
      HasSubstr("Value is not a valid resource ARN at /States/A/Resource"));
}

TEST_F(Machines, WhatHasTheWrongTypeIsRefused) {
  for (const std::string_view states :
       {R"({"A":{"Type":"Parallel","Branches":[1],"End":true}})",
        R"({"A":{"Type":"Map","ItemProcessor":1,"End":true}})",
        R"({"A":{"Type":"Choice","Choices":[{"Variable":"$","IsNull":true,"Next":1}]}})",
        R"({"A":{"Type":"Pass","Next":1}})", R"({"A":{"Type":"Task","Resource":1,"End":true}})",
        R"({"A":{"Type":"Pass","End":true,"Retry":1}})", R"({"A":1})", "1"}) {
    const Answered answer =
        Ask("stepfunctions", "CreateStateMachine",
            {{"name", "bad"},
             {"roleArn", Role()},
             {"definition", fmt::format(R"({{"StartAt":"A","States":{}}})", states)}});
    EXPECT_EQ(answer.code, "InvalidDefinition") << states;
  }
}

TEST_F(Machines, ValidationListsWhatIsWrong) {
  const auto first = [this](std::string_view definition, std::string_view type = "STANDARD") {
    const json::Object answer = Do("stepfunctions", "ValidateStateMachineDefinition",
                                   {{"definition", definition}, {"type", type}});
    const json::Array& all = answer.GetArray("diagnostics");
    return all.empty() ? std::string(answer.GetString("result"))
                       : fmt::format("{} {} {}", all[0].AsObject().GetString("code"),
                                     all[0].AsObject().GetString("location"),
                                     all[0].AsObject().GetString("message"));
  };

  EXPECT_EQ(first(kPass), "OK");
  EXPECT_EQ(first("{}"), "SCHEMA_VALIDATION_FAILED / These fields are required: [States, StartAt]");
  EXPECT_EQ(first("not a definition"),
            "INVALID_JSON_DESCRIPTION [Source: (String)\"not a definition\"; line: 1, column: 4] "
            "Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token "
            "'null', 'true' or 'false')\n at [Source: (String)\"not a definition\"; line: 1, "
            "column: 4]");
  EXPECT_EQ(first(R"({"QueryLanguage":"JSONata","StartAt":"Pass","States":{"Pass":{"Type":"Pass",
                      "QueryLanguage":"JSONPath","End":true}}})"),
            "SCHEMA_VALIDATION_FAILED /States/Pass 'QueryLanguage' can not be 'JSONPath' if set to "
            "'JSONata' for whole state machine");
  EXPECT_EQ(first(R"({"StartAt":"S","States":{"S":{"Type":"Task","End":true,
                      "Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken"}}})",
                  "EXPRESS"),
            "SCHEMA_VALIDATION_FAILED /States/S/Resource Express state machine does not support "
            "'.waitForTaskToken' service integration ");
}

TEST_F(Machines, AnUpdateMakesARevisionThatNewExecutionsFollow) {
  const std::string arn = Make("one", kPass);
  const json::Object updated = Update(arn, kOther);

  const json::Object machine =
      Do("stepfunctions", "DescribeStateMachine", {{"stateMachineArn", arn}});
  EXPECT_EQ(machine.GetString("revisionId"), updated.GetString("revisionId"));
  EXPECT_EQ(Describe(Start(arn)).GetString("output"), "1");
}

TEST_F(Machines, VersionsAreNumberedAndListedNewestFirst) {
  const std::string arn = Make("one", kPass);
  const auto publish = [&] {
    return std::string(Do("stepfunctions", "PublishStateMachineVersion", {{"stateMachineArn", arn}})
                           .GetString("stateMachineVersionArn"));
  };

  EXPECT_EQ(publish(), arn + ":1");
  EXPECT_EQ(publish(), arn + ":1");
  EXPECT_EQ(Update(arn, kOther, true).GetString("stateMachineVersionArn"), arn + ":2");
  EXPECT_EQ(Describe(Start(arn + ":1")).GetString("output"), "{}");
  const json::Array versions =
      Do("stepfunctions", "ListStateMachineVersions", {{"stateMachineArn", arn}})
          .GetArray("stateMachineVersions");
  ASSERT_EQ(versions.size(), 2U);
}

TEST_F(Machines, AnAliasLeadsToItsVersionsByWeight) {
  const std::string arn = Make("one", kPass);
  Update(arn, kPass, true);
  Update(arn, kOther, true);
  const json::Array routes{json::Object{{"stateMachineVersionArn", arn + ":1"}, {"weight", 0}},
                           json::Object{{"stateMachineVersionArn", arn + ":2"}, {"weight", 100}}};
  const std::string alias(Do("stepfunctions", "CreateStateMachineAlias",
                             {{"name", "live"}, {"routingConfiguration", routes}})
                              .GetString("stateMachineAliasArn"));

  const json::Object ended = Describe(Start(alias));

  EXPECT_EQ(ended.GetString("output"), "1");
  EXPECT_EQ(ended.GetString("stateMachineAliasArn"), alias);
  EXPECT_EQ(ended.GetString("stateMachineVersionArn"), arn + ":2");
  EXPECT_THAT(
      Ask("stepfunctions", "DeleteStateMachineVersion", {{"stateMachineVersionArn", arn + ":1"}}),
      Fails(400, "ConflictException", HasSubstr("[live]")));
}

TEST_F(Machines, RoutesMustAddUpTo100) {
  const std::string arn = Make("one", kPass);
  Update(arn, kPass, true);
  const json::Array routes{json::Object{{"stateMachineVersionArn", arn + ":1"}, {"weight", 70}}};

  EXPECT_THAT(Ask("stepfunctions", "CreateStateMachineAlias",
                  {{"name", "live"}, {"routingConfiguration", routes}}),
              Fails(400, "ValidationException",
                    "Sum of routing configuration weights must equal 100. Received: [70]"));
}

TEST_F(Machines, TagsAreMergedAndRemoved) {
  const std::string arn = Make("one", kPass);
  Do("stepfunctions", "TagResource",
     {{"resourceArn", arn},
      {"tags", json::Array{json::Object{{"key", "a"}, {"value", "1"}},
                           json::Object{{"key", "b"}, {"value", "2"}}}}});
  Do("stepfunctions", "UntagResource", {{"resourceArn", arn}, {"tagKeys", json::Array{"a"}}});

  EXPECT_EQ(
      json::Write(
          Do("stepfunctions", "ListTagsForResource", {{"resourceArn", arn}}).GetArray("tags")),
      R"([{"key":"b","value":"2"}])");
}

TEST_F(Machines, ADeletedMachineIsGoneWithItsExecutions) {
  const std::string arn = Make("one", kPass);
  const std::string execution = Start(arn);
  Do("stepfunctions", "DeleteStateMachine", {{"stateMachineArn", arn}});
  Do("stepfunctions", "DeleteStateMachine", {{"stateMachineArn", arn}});

  EXPECT_THAT(
      Ask("stepfunctions", "StartExecution", {{"stateMachineArn", arn}}),
      Fails(400, "StateMachineDoesNotExist", "State Machine Does Not Exist: '" + arn + "'"));
  EXPECT_THAT(Ask("stepfunctions", "DescribeExecution", {{"executionArn", execution}}),
              Fails(400, "ExecutionDoesNotExist", HasSubstr(execution)));
}

TEST_F(Machines, ListingComesInPagesAndARestartKeepsAll) {
  for (const std::string_view name : {"a", "b", "c"}) Make(name, kPass);
  Restart();

  const json::Object first = Do("stepfunctions", "ListStateMachines", {{"maxResults", 2}});
  const json::Object rest = Do("stepfunctions", "ListStateMachines",
                               {{"maxResults", 2}, {"nextToken", first.GetString("nextToken")}});

  EXPECT_EQ(first.GetArray("stateMachines").size(), 2U);
  EXPECT_EQ(rest.GetArray("stateMachines").size(), 1U);
  EXPECT_FALSE(rest.Has("nextToken"));
  EXPECT_THAT(Ask("stepfunctions", "ListStateMachines", {{"nextToken", "x"}}),
              Fails(400, "InvalidToken", HasSubstr("Invalid Token")));
}

TEST_F(Machines, ARoleThatDoesNotExistIsRefused) {
  EXPECT_THAT(Ask("stepfunctions", "CreateStateMachine",
                  {{"name", "one"},
                   {"definition", kPass},
                   {"roleArn", "arn:aws:iam::111122223333:role/none"}}),
              Fails(400, "AccessDeniedException", HasSubstr("is authorized to assume")));
}

TEST_F(Machines, AnUpdateThatChangesNothingMakesNoRevision) {
  const std::string arn = Make("one", kPass);

  EXPECT_FALSE(Update(arn, kPass, true).Has("revisionId"));
  const std::string first(Update(arn, kOther).GetString("revisionId"));
  EXPECT_EQ(Update(arn, kOther).GetString("revisionId"), first);
  EXPECT_EQ(Do("stepfunctions", "UpdateStateMachine", {{"stateMachineArn", arn}, {"publish", true}})
                .GetString("revisionId"),
            first);
}

TEST_F(Machines, AnAliasThatIsNotThereIsDeletedButNotChanged) {
  const std::string alias = Make("one", kPass) + ":none";

  Do("stepfunctions", "DeleteStateMachineAlias", {{"stateMachineAliasArn", alias}});

  EXPECT_THAT(Ask("stepfunctions", "UpdateStateMachineAlias",
                  {{"stateMachineAliasArn", alias}, {"description", "d"}}),
              Fails(400, "ResourceNotFound", "Request references a resource that does not exist."));
}

TEST_F(Machines, LogsGoToAGroupThatIsThere) {
  const auto make = [this](std::string_view group) {
    const json::Object destination{
        {"cloudWatchLogsLogGroup",
         json::Object{
             {"logGroupArn",
              fmt::format("arn:aws:logs:eu-central-1:111122223333:log-group:{}:*", group)}}}};
    return Ask("stepfunctions", "CreateStateMachine",
               {{"name", "logging"},
                {"definition", kPass},
                {"roleArn", Role()},
                {"loggingConfiguration",
                 json::Object{{"level", "ALL"}, {"destinations", json::Array{destination}}}}});
  };
  Do("logs", "CreateLogGroup", {{"logGroupName", "there"}});

  EXPECT_THAT(make("gone"), Fails(400, "InvalidLoggingConfiguration",
                                  "Invalid Logging Configuration: Log Destination not found."));
  EXPECT_EQ(make("there").status, 200);
}

TEST_F(Machines, OwnVariablesOfAnExpressionAreNoReferences) {
  const std::string arn = Make("one", R"({"QueryLanguage":"JSONata","StartAt":"A","States":{
      "A":{"Type":"Pass","Assign":{"n":1},"Next":"B"},
      "B":{"Type":"Pass","End":true,"Output":"{% ($t := $n; $map($states.input, function($v) { $v + $t })) %}"}}})");

  const json::Object references =
      Do("stepfunctions", "DescribeStateMachine", {{"stateMachineArn", arn}})
          .GetObject("variableReferences");

  EXPECT_EQ(json::Write(references), R"({"B":["n"]})");
}

}  // namespace
}  // namespace trunkline::cloud::tests
