#include <fmt/format.h>

#include "tests/cloud/cloudformation/stack_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ChangeSets : public StackTest {
 protected:
  json::Object Make(std::string_view stack, const std::string& body, std::string_view type,
                    json::Object more = {}) {
    json::Object input{{"StackName", stack},
                       {"ChangeSetName", "cs"},
                       {"ChangeSetType", type},
                       {"TemplateBody", body}};
    for (const json::Member& member : more) input.Set(member.key, member.value);
    Do("cloudformation", "CreateChangeSet", input);
    return Describe(stack);
  }
  json::Object Describe(std::string_view stack, bool values = false) {
    return Do("cloudformation", "DescribeChangeSet",
              {{"StackName", stack}, {"ChangeSetName", "cs"}, {"IncludePropertyValues", values}});
  }
  std::string Execute(std::string_view stack) {
    Do("cloudformation", "ExecuteChangeSet", {{"StackName", stack}, {"ChangeSetName", "cs"}});
    Advance(std::chrono::seconds(1));
    return Status(stack);
  }
  static std::vector<std::string> Changes(const json::Object& change_set) {
    std::vector<std::string> lines;
    for (const json::Value& item : change_set.GetArray("Changes")) {
      const json::Object& change = item.AsObject().GetObject("ResourceChange");
      std::string line =
          fmt::format("{} {}", change.GetString("Action"), change.GetString("LogicalResourceId"));
      if (change.Has("Replacement")) line += fmt::format(" {}", change.GetString("Replacement"));
      lines.push_back(line);
    }
    return lines;
  }
};

TEST_F(ChangeSets, CreateAStackThatIsInReviewUntilThen) {
  const json::Object made = Make("acme", Template({{"A", Parameter("/a", "1")}}), "CREATE");

  EXPECT_EQ(made.GetString("Status"), "CREATE_COMPLETE");
  EXPECT_EQ(made.GetString("ExecutionStatus"), "AVAILABLE");
  EXPECT_THAT(Changes(made), ElementsAre("Add A"));
  EXPECT_EQ(Status("acme"), "REVIEW_IN_PROGRESS");
  EXPECT_THAT(ParameterStore(), IsEmpty());
  EXPECT_EQ(Execute("acme"), "CREATE_COMPLETE");
  EXPECT_THAT(ParameterStore(), ElementsAre("/a=1"));
}

TEST_F(ChangeSets, SayWhatAnUpdateWouldDo) {
  const json::Object reference{{"Ref", "B"}};
  Create("acme", Template({{"A", Parameter("/a", "1")},
                           {"B", Parameter("/b", "1")},
                           {"C", Parameter("/c", reference)},
                           {"D", Parameter("/d", "1")}}));

  const json::Object made = Make("acme",
                                 Template({{"A", Parameter("/a", "2")},
                                           {"B", Parameter("/new", "1")},
                                           {"C", Parameter("/c", reference)},
                                           {"E", Parameter("/e", "1")}}),
                                 "UPDATE");

  EXPECT_THAT(Changes(made), ElementsAre("Modify A False", "Modify B True", "Modify C False",
                                         "Add E", "Remove D"));
  const json::Object& detail = made.GetArray("Changes")[2]
                                   .AsObject()
                                   .GetObject("ResourceChange")
                                   .GetArray("Details")[0]
                                   .AsObject();
  EXPECT_EQ(detail.GetString("ChangeSource"), "ResourceReference");
  EXPECT_EQ(detail.GetString("CausingEntity"), "B");
  EXPECT_EQ(detail.GetString("Evaluation"), "Static");
  EXPECT_EQ(Execute("acme"), "UPDATE_COMPLETE");
  EXPECT_THAT(ParameterStore(), ElementsAre("/a=2", "/c=/new", "/e=1", "/new=1"));
}

TEST_F(ChangeSets, ShowValuesOnRequest) {
  Create("acme", Template({{"A", Parameter("/a", "1")}}));
  Make("acme", Template({{"A", Parameter("/a", "2")}}), "UPDATE");

  const json::Object shown = Describe("acme", true);

  const json::Object& change = shown.GetArray("Changes")[0].AsObject().GetObject("ResourceChange");
  const json::Object& target = change.GetArray("Details")[0].AsObject().GetObject("Target");
  EXPECT_EQ(target.GetString("BeforeValue"), "1");
  EXPECT_EQ(target.GetString("AfterValue"), "2");
  EXPECT_THAT(std::string(change.GetString("AfterContext")), HasSubstr(R"("Value":"2")"));
}

TEST_F(ChangeSets, WithoutChangesFailInTheWordsClientsKnow) {
  const std::string body = Template({{"A", Parameter("/a", "1")}});
  Create("acme", body);

  const json::Object made = Make("acme", body, "UPDATE");

  EXPECT_EQ(made.GetString("Status"), "FAILED");
  EXPECT_EQ(made.GetString("StatusReason"),
            "The submitted information didn't contain changes. Submit different information to "
            "create a change set.");
  EXPECT_THAT(
      Ask("cloudformation", "ExecuteChangeSet", {{"StackName", "acme"}, {"ChangeSetName", "cs"}}),
      Fails(400, "InvalidChangeSetStatus", HasSubstr("[FAILED]")));
}

TEST_F(ChangeSets, AreExecutedOnceForEachToken) {
  Make("acme", Template({{"A", Parameter("/a", "1")}}), "CREATE");
  const json::Object first{
      {"StackName", "acme"}, {"ChangeSetName", "cs"}, {"ClientRequestToken", "once"}};
  Do("cloudformation", "ExecuteChangeSet", first);
  Advance(std::chrono::seconds(1));

  Do("cloudformation", "ExecuteChangeSet", first);

  EXPECT_EQ(Status("acme"), "CREATE_COMPLETE");
  EXPECT_THAT(
      Ask("cloudformation", "ExecuteChangeSet", {{"StackName", "acme"}, {"ChangeSetName", "cs"}}),
      Fails(400, "InvalidChangeSetStatus", HasSubstr("[EXECUTE_COMPLETE]")));
}

TEST_F(ChangeSets, OfOutputsOnlyAreChanges) {
  Create("acme", Template({{"A", Parameter("/a", "1")}}));

  const json::Object made =
      Make("acme",
           Template({{"A", Parameter("/a", "1")}},
                    {{"Outputs", json::Object{{"O", json::Object{{"Value", "x"}}}}}}),
           "UPDATE");

  EXPECT_EQ(made.GetString("Status"), "CREATE_COMPLETE");
  EXPECT_EQ(Execute("acme"), "UPDATE_COMPLETE");
  EXPECT_EQ(Output("acme", "O"), "x");
}

TEST_F(ChangeSets, ThatAreUnknownAreDeletedAlreadyButNotDescribed) {
  Create("acme", Template({{"A", Parameter("/a", "1")}}));

  EXPECT_THAT(
      Ask("cloudformation", "DeleteChangeSet", {{"StackName", "acme"}, {"ChangeSetName", "no"}}),
      Succeeds());
  EXPECT_THAT(
      Ask("cloudformation", "DescribeChangeSet", {{"StackName", "acme"}, {"ChangeSetName", "no"}}),
      Fails(404, "ChangeSetNotFound", "ChangeSet [no] does not exist"));
}

TEST_F(ChangeSets, KeepParametersAsTheyWere) {
  const json::Object sections{
      {"Parameters", json::Object{{"P", json::Object{{"Type", "String"}, {"Default", "d"}}}}}};
  const json::Object reference{{"Ref", "P"}};
  Create("acme", Template({{"A", Parameter("/a", reference)}}, sections));
  const json::Array previous{json::Object{{"ParameterKey", "P"}, {"UsePreviousValue", true}}};

  const json::Object made = Make(
      "acme",
      Template({{"A", Parameter("/a", reference)}, {"B", Parameter("/b", reference)}}, sections),
      "UPDATE", {{"Parameters", previous}});

  EXPECT_THAT(Changes(made), ElementsAre("Add B"));
  EXPECT_EQ(Execute("acme"), "UPDATE_COMPLETE");
  EXPECT_THAT(ParameterStore(), ElementsAre("/a=d", "/b=d"));
}

TEST_F(ChangeSets, ImportWhatExists) {
  Do("ssm", "PutParameter", {{"Name", "/there"}, {"Value", "1"}, {"Type", "String"}});
  Create("acme", Template({{"A", Parameter("/a", "1")}}));
  json::Array imports{json::Object{{"ResourceType", "AWS::SSM::Parameter"},
                                   {"LogicalResourceId", "B"},
                                   {"ResourceIdentifier", json::Object{{"Name", "/there"}}}}};
  const std::string body =
      Template({{"A", Parameter("/a", "1")},
                {"B", Parameter("/there", "1", {{"DeletionPolicy", "Retain"}})}});

  const json::Object made = Make("acme", body, "IMPORT", {{"ResourcesToImport", imports}});

  EXPECT_THAT(Changes(made), ElementsAre("Import B"));
  EXPECT_EQ(Execute("acme"), "IMPORT_COMPLETE");
  const json::Object one = Do("cloudformation", "DescribeStackResource",
                              {{"StackName", "acme"}, {"LogicalResourceId", "B"}})
                               .GetObject("StackResourceDetail");
  EXPECT_EQ(one.GetString("PhysicalResourceId"), "/there");
  EXPECT_EQ(one.GetString("ResourceStatus"), "IMPORT_COMPLETE");
}

TEST_F(ChangeSets, SurviveARestart) {
  Make("acme", Template({{"A", Parameter("/a", "1")}}), "CREATE");

  Restart();

  EXPECT_EQ(Execute("acme"), "CREATE_COMPLETE");
}

class Drift : public StackTest {};

TEST_F(Drift, IsWhatWasChangedBehindTheStacksBack) {
  Create("acme", Template({{"A", Parameter("/a", "1")},
                           {"B", Parameter("/b", "1")},
                           {"C", Parameter("/c", "1")}}));
  Do("ssm", "PutParameter", {{"Name", "/a"}, {"Value", "other"}, {"Overwrite", true}});
  Do("ssm", "DeleteParameter", {{"Name", "/b"}});

  const std::string id(Do("cloudformation", "DetectStackDrift", {{"StackName", "acme"}})
                           .GetString("StackDriftDetectionId"));
  Advance(std::chrono::seconds(1));

  const json::Object status =
      Do("cloudformation", "DescribeStackDriftDetectionStatus", {{"StackDriftDetectionId", id}});
  EXPECT_EQ(status.GetString("DetectionStatus"), "DETECTION_COMPLETE");
  EXPECT_EQ(status.GetString("StackDriftStatus"), "DRIFTED");
  EXPECT_EQ(status.GetInt("DriftedStackResourceCount"), 2);
  const json::Object drifts =
      Do("cloudformation", "DescribeStackResourceDrifts",
         {{"StackName", "acme"}, {"StackResourceDriftStatusFilters", json::Array{"MODIFIED"}}});
  const json::Object& drift = drifts.GetArray("StackResourceDrifts")[0].AsObject();
  const json::Object& difference = drift.GetArray("PropertyDifferences")[0].AsObject();
  EXPECT_EQ(difference.GetString("PropertyPath"), "/Value");
  EXPECT_EQ(difference.GetString("ActualValue"), "other");
}

TEST_F(Drift, OfOneResourceIsAnsweredAtOnce) {
  Create("acme", Template({{"A", Parameter("/a", "1")}}));

  const json::Object found = Do("cloudformation", "DetectStackResourceDrift",
                                {{"StackName", "acme"}, {"LogicalResourceId", "A"}});

  EXPECT_EQ(found.GetObject("StackResourceDrift").GetString("StackResourceDriftStatus"), "IN_SYNC");
}

}  // namespace
}  // namespace trunkline::cloud::tests
