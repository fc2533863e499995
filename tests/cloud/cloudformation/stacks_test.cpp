// CreateStack, UpdateStack, DeleteStack and what they show.
#include <algorithm>

#include <fmt/format.h>

#include "base/json_write.h"
#include "tests/cloud/cloudformation/stack_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

class Stacks : public StackTest {};

TEST_F(Stacks, ANewOneMakesItsResourcesInOrderAndTellsIt) {
  const json::Object reference{{"Ref", "First"}};
  const std::string body =
      Template({{"Second", Parameter("/b", reference)}, {"First", Parameter("/a", "1")}});

  EXPECT_EQ(Create("acme", body), "CREATE_COMPLETE");

  EXPECT_THAT(ParameterStore(), ElementsAre("/a=1", "/b=/a"));
  EXPECT_THAT(Events("acme"), ElementsAre("stack CREATE_IN_PROGRESS", "First CREATE_IN_PROGRESS",
                                          "First CREATE_IN_PROGRESS", "First CREATE_COMPLETE",
                                          "Second CREATE_IN_PROGRESS", "Second CREATE_IN_PROGRESS",
                                          "Second CREATE_COMPLETE", "stack CREATE_COMPLETE"));
  EXPECT_EQ(Reason("acme", "acme", "CREATE_IN_PROGRESS"), "User Initiated");
}

TEST_F(Stacks, OutputsParametersAndTagsAreShown) {
  const std::string body = Template(
      {{"A", Parameter("/a", json::Object{{"Ref", "Value"}})}},
      {{"Description", "words"},
       {"Parameters", json::Object{{"Value", json::Object{{"Type", "String"}, {"Default", "v"}}},
                                   {"Secret", json::Object{{"Type", "String"}, {"NoEcho", true}}}}},
       {"Outputs",
        json::Object{{"O", json::Object{{"Value", json::Object{{"Fn::GetAtt", "A.Value"}}}}}}}});
  json::Array parameters{json::Object{{"ParameterKey", "Secret"}, {"ParameterValue", "hidden"}}};
  json::Array tags{json::Object{{"Key", "team"}, {"Value", "blue"}}};

  Create("acme", body, {{"Parameters", parameters}, {"Tags", tags}});

  const json::Object stack = Stack("acme");
  EXPECT_EQ(Output("acme", "O"), "v");
  EXPECT_EQ(stack.GetString("Description"), "words");
  EXPECT_EQ(stack.GetArray("Tags"), tags);
  EXPECT_EQ(stack.GetArray("Parameters")[0].AsObject().GetString("ParameterValue"), "v");
  EXPECT_EQ(stack.GetArray("Parameters")[1].AsObject().GetString("ParameterValue"), "****");
  const json::Object listed =
      Do("ssm", "ListTagsForResource", {{"ResourceType", "Parameter"}, {"ResourceId", "/a"}});
  EXPECT_EQ(listed.GetArray("TagList").size(), 4U);  // and stack-name, stack-id, logical-id
}

TEST_F(Stacks, ParametersThatMustNotBeShownAreNotInEvents) {
  const std::string body =
      Template({{"A", Parameter("/a", json::Object{{"Ref", "Secret"}})}},
               {{"Parameters",
                 json::Object{{"Secret", json::Object{{"Type", "String"}, {"NoEcho", "true"}}}}}});
  json::Array parameters{json::Object{{"ParameterKey", "Secret"}, {"ParameterValue", "hidden"}}};

  Create("acme", body, {{"Parameters", parameters}});

  EXPECT_THAT(ParameterStore(), ElementsAre("/a=hidden"));
  const json::Object events = Do("cloudformation", "DescribeStackEvents", {{"StackName", "acme"}});
  const std::string text = json::Write(json::Value(events));
  EXPECT_THAT(text, AllOf(HasSubstr("****"), Not(HasSubstr("hidden"))));
}

TEST_F(Stacks, AnUnknownOneIsAValidationErrorThatClientsRead) {
  EXPECT_THAT(Ask("cloudformation", "DescribeStacks", {{"StackName", "nope"}}),
              Fails(400, "ValidationError", "Stack with id nope does not exist"));
}

TEST_F(Stacks, ATakenNameIsRefused) {
  const std::string body = Template({{"A", Parameter("/a", "1")}});
  Create("acme", body);

  EXPECT_THAT(Ask("cloudformation", "CreateStack", {{"StackName", "acme"}, {"TemplateBody", body}}),
              Fails(400, "AlreadyExistsException", "Stack [acme] already exists"));
}

TEST_F(Stacks, AnUnknownTypeOrAttributeFailsBeforeAnythingIsMade) {
  const std::string unknown = Template({{"A", json::Object{{"Type", "AWS::No::Thing"}}},
                                        {"B", json::Object{{"Type", "AWS::No::Other"}}},
                                        {"C", json::Object{{"Type", "AWS::No::Thing"}}}});
  const std::string attribute =
      Template({{"A", Parameter("/a", "1")},
                {"B", Parameter("/b", json::Object{{"Fn::GetAtt", json::Array{"A", "Nope"}}})}});

  EXPECT_THAT(Ask("cloudformation", "CreateStack", {{"StackName", "x"}, {"TemplateBody", unknown}}),
              Fails(400, "ValidationError",
                    "Template format error: Unrecognized resource types: [AWS::No::Other, "
                    "AWS::No::Thing]. Resources of types that this cloud does not have: A "
                    "(AWS::No::Thing), B (AWS::No::Other), C (AWS::No::Thing)"));
  EXPECT_THAT(
      Ask("cloudformation", "CreateStack", {{"StackName", "x"}, {"TemplateBody", attribute}}),
      Fails(400, "ValidationError",
            "Template error: resource A does not support attribute type Nope in Fn::GetAtt"));
  EXPECT_THAT(ParameterStore(), IsEmpty());
}

TEST_F(Stacks, AnUpdateTouchesOnlyWhatChanged) {
  Create("acme", Template({{"A", Parameter("/a", "1")}, {"B", Parameter("/b", "1")}}));

  EXPECT_EQ(Update("acme", Template({{"A", Parameter("/a", "1")}, {"B", Parameter("/b", "2")}})),
            "UPDATE_COMPLETE");

  EXPECT_THAT(ParameterStore(), ElementsAre("/a=1", "/b=2"));
  const std::vector<std::string> events = Events("acme");
  EXPECT_THAT(std::vector<std::string>(events.end() - 5, events.end()),
              ElementsAre("stack UPDATE_IN_PROGRESS", "B UPDATE_IN_PROGRESS", "B UPDATE_COMPLETE",
                          "stack UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", "stack UPDATE_COMPLETE"));
}

TEST_F(Stacks, AReplacementIsMadeFirstAndRepointsWhatNeedsIt) {
  const json::Object reference{{"Ref", "A"}};
  Create("acme", Template({{"A", Parameter("/a", "1")}, {"B", Parameter("/b", reference)}}));

  EXPECT_EQ(
      Update("acme", Template({{"A", Parameter("/new", "1")}, {"B", Parameter("/b", reference)}})),
      "UPDATE_COMPLETE");

  EXPECT_THAT(ParameterStore(), ElementsAre("/b=/new", "/new=1"));
  const std::vector<std::string> events = Events("acme");
  EXPECT_THAT(std::vector<std::string>(events.end() - 10, events.end()),
              ElementsAre("stack UPDATE_IN_PROGRESS", "A UPDATE_IN_PROGRESS",
                          "A UPDATE_IN_PROGRESS", "A UPDATE_COMPLETE", "B UPDATE_IN_PROGRESS",
                          "B UPDATE_COMPLETE", "stack UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
                          "A DELETE_IN_PROGRESS", "A DELETE_COMPLETE", "stack UPDATE_COMPLETE"));
}

TEST_F(Stacks, WhatTheTemplateNoLongerHasIsDeletedUnlessRetained) {
  const json::Object retain{{"DeletionPolicy", "Retain"}};
  Create("acme", Template({{"A", Parameter("/a", "1")},
                           {"B", Parameter("/b", "1")},
                           {"C", Parameter("/c", "1", retain)}}));

  Update("acme", Template({{"A", Parameter("/a", "1")}}));

  EXPECT_THAT(ParameterStore(), ElementsAre("/a=1", "/c=1"));
  EXPECT_THAT(Events("acme"), AllOf(Contains("B DELETE_COMPLETE"), Contains("C DELETE_SKIPPED")));
}

TEST_F(Stacks, AnUpdateWithoutChangesIsRefusedInTheWordsClientsKnow) {
  const std::string body = Template({{"A", Parameter("/a", "1")}});
  Create("acme", body);

  EXPECT_THAT(Ask("cloudformation", "UpdateStack", {{"StackName", "acme"}, {"TemplateBody", body}}),
              Fails(400, "ValidationError", "No updates are to be performed."));
}

TEST_F(Stacks, ADeletedOneIsFoundByItsIdOnly) {
  Create("acme", Template({{"A", Parameter("/a", "1")}}));

  EXPECT_EQ(Delete("acme"), "DELETE_COMPLETE");

  EXPECT_THAT(ParameterStore(), IsEmpty());
  EXPECT_EQ(Ask("cloudformation", "DescribeStacks", {{"StackName", "acme"}}).code,
            "ValidationError");
  EXPECT_THAT(Ask("cloudformation", "DeleteStack", {{"StackName", "acme"}}), Succeeds());
}

TEST_F(Stacks, AProtectedOneIsNotDeleted) {
  Create("acme", Template({{"A", Parameter("/a", "1")}}), {{"EnableTerminationProtection", true}});

  EXPECT_THAT(Ask("cloudformation", "DeleteStack", {{"StackName", "acme"}}),
              Fails(400, "ValidationError", HasSubstr("TerminationProtection is enabled")));
  Do("cloudformation", "UpdateTerminationProtection",
     {{"StackName", "acme"}, {"EnableTerminationProtection", false}});
  EXPECT_EQ(Delete("acme"), "DELETE_COMPLETE");
}

TEST_F(Stacks, ExportsAreUsedAndProtected) {
  const json::Object output{{"Value", "shared"}, {"Export", json::Object{{"Name", "the-export"}}}};
  const std::string exporting =
      Template({{"A", Parameter("/a", "1")}}, {{"Outputs", json::Object{{"O", output}}}});
  const std::string importing =
      Template({{"B", Parameter("/b", json::Object{{"Fn::ImportValue", "the-export"}})}});
  Create("one", exporting);
  Create("two", importing);

  EXPECT_THAT(ParameterStore(), Contains("/b=shared"));
  const json::Object imports = Do("cloudformation", "ListImports", {{"ExportName", "the-export"}});
  EXPECT_EQ(imports.GetArray("Imports"), json::Array{"two"});
  EXPECT_EQ(Delete("one"), "CREATE_COMPLETE");
  EXPECT_EQ(Reason("one", "one", "CREATE_COMPLETE"),
            "Delete canceled. Cannot delete export the-export as it is in use by two.");
}

TEST_F(Stacks, EventsHaveTimesOfTheirOwnAndComeInPages) {
  json::Object resources;
  for (int i = 0; i < 40; ++i)
    resources.Set(fmt::format("P{}", i), Parameter(fmt::format("/p/{}", i), "1"));
  Create("acme", Template(resources));

  std::vector<double> times;
  json::Object input{{"StackName", "acme"}};
  do {
    const json::Object page = Do("cloudformation", "DescribeStackEvents", input);
    for (const json::Value& event : page.GetArray("StackEvents"))
      times.push_back(event.AsObject().GetDouble("Timestamp"));
    input.Set("NextToken", page.GetString("NextToken"));
  } while (!input.GetString("NextToken").empty());

  EXPECT_EQ(times.size(), 122U);
  EXPECT_TRUE(std::adjacent_find(times.begin(), times.end(),
                                 [](double a, double b) { return a <= b; }) == times.end());
}

TEST_F(Stacks, DescribeTheirResources) {
  Create("acme", Template({{"A", Parameter("/a", "1", {{"Metadata", json::Object{{"k", "v"}}}})}}));

  const json::Object one = Do("cloudformation", "DescribeStackResource",
                              {{"StackName", "acme"}, {"LogicalResourceId", "A"}})
                               .GetObject("StackResourceDetail");
  EXPECT_EQ(one.GetString("PhysicalResourceId"), "/a");
  EXPECT_EQ(one.GetString("Metadata"), R"({"k":"v"})");
  const json::Object all =
      Do("cloudformation", "DescribeStackResources", {{"PhysicalResourceId", "/a"}});
  EXPECT_EQ(all.GetArray("StackResources")[0].AsObject().GetString("StackName"), "acme");
  EXPECT_EQ(Do("cloudformation", "ListStackResources", {{"StackName", "acme"}})
                .GetArray("StackResourceSummaries")
                .size(),
            1U);
}

TEST_F(Stacks, TemplatesAreSummedUpAndGivenBack) {
  const std::string body = Template(
      {{"A", Parameter("/a", json::Object{{"Ref", "P"}})}},
      {{"Parameters", json::Object{{"P", json::Object{{"Type", "String"}, {"Default", "d"}}}}}});
  Create("acme", body);

  EXPECT_EQ(Do("cloudformation", "GetTemplate", {{"StackName", "acme"}}).GetString("TemplateBody"),
            body);
  const json::Object summary = Do("cloudformation", "GetTemplateSummary", {{"StackName", "acme"}});
  EXPECT_EQ(summary.GetArray("Parameters")[0].AsObject().GetString("DefaultValue"), "d");
  EXPECT_EQ(summary.GetArray("ResourceTypes"), json::Array{"AWS::SSM::Parameter"});
  EXPECT_THAT(Ask("cloudformation", "ValidateTemplate", {{"TemplateBody", "{"}}),
              Fails(400, "ValidationError", StartsWith("Template format error: JSON")));
}

TEST_F(Stacks, PoliciesOfAStackForbidUpdates) {
  const std::string policy =
      R"({"Statement":[{"Effect":"Allow","Action":"Update:*","Principal":"*","Resource":"*"},)"
      R"({"Effect":"Deny","Action":"Update:Modify","Principal":"*",)"
      R"("Resource":"LogicalResourceId/A"}]})";
  Create("acme", Template({{"A", Parameter("/a", "1")}}));
  Do("cloudformation", "SetStackPolicy", {{"StackName", "acme"}, {"StackPolicyBody", policy}});

  EXPECT_EQ(Update("acme", Template({{"A", Parameter("/a", "2")}})), "UPDATE_ROLLBACK_COMPLETE");
  EXPECT_THAT(Reason("acme", "A", "UPDATE_FAILED"), HasSubstr("denied by stack policy"));
  EXPECT_THAT(ParameterStore(), ElementsAre("/a=1"));
}

TEST_F(Stacks, DynamicReferencesAreResolvedAndNotKept) {
  Do("ssm", "PutParameter", {{"Name", "/source"}, {"Value", "secret"}, {"Type", "String"}});

  Create("acme", Template({{"A", Parameter("/a", "{{resolve:ssm:/source}}")}}));

  EXPECT_THAT(ParameterStore(), Contains("/a=secret"));
}

TEST_F(Stacks, ActAsTheirServiceRole) {
  EXPECT_THAT(Ask("cloudformation", "CreateStack",
                  {{"StackName", "acme"},
                   {"TemplateBody", Template({{"A", Parameter("/a", "1")}})},
                   {"RoleARN", "arn:aws:iam::111122223333:role/none"}}),
              Fails(400, "ValidationError", HasSubstr("is invalid or cannot be assumed")));
}

TEST_F(Stacks, AreThereAfterARestart) {
  Create("acme", Template({{"A", Parameter("/a", "1")}}));

  Restart();

  EXPECT_EQ(Status("acme"), "CREATE_COMPLETE");
  EXPECT_EQ(Update("acme", Template({{"A", Parameter("/a", "2")}})), "UPDATE_COMPLETE");
  EXPECT_THAT(ParameterStore(), ElementsAre("/a=2"));
}

TEST_F(Stacks, AnOperationThatARestartInterruptedGoesOn) {
  const std::string body = Template({{"A", Parameter("/a", "1")}});
  Do("cloudformation", "CreateStack", {{"StackName", "acme"}, {"TemplateBody", body}});

  Restart();
  Advance(std::chrono::seconds(1));

  EXPECT_EQ(Status("acme"), "CREATE_COMPLETE");
}

}  // namespace
}  // namespace trunkline::cloud::tests
