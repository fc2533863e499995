#include <fmt/format.h>

#include "tests/cloud/cloudformation/stack_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

// What a change set says of the causes of changes, with and without property values.
class ChangeDetails : public StackTest {
 protected:
  void Make(const std::string& body, json::Object more = {}) {
    json::Object input{{"StackName", "acme"}, {"ChangeSetName", "cs"}, {"TemplateBody", body}};
    for (const json::Member& member : more) input.Set(member.key, member.value);
    Do("cloudformation", "CreateChangeSet", input);
  }
  // "Source Entity Evaluation" of each detail of a resource.
  std::vector<std::string> Causes(std::string_view logical_id, bool values) {
    const json::Object shown =
        Do("cloudformation", "DescribeChangeSet",
           {{"StackName", "acme"}, {"ChangeSetName", "cs"}, {"IncludePropertyValues", values}});
    std::vector<std::string> lines;
    for (const json::Value& item : shown.GetArray("Changes")) {
      const json::Object& change = item.AsObject().GetObject("ResourceChange");
      if (change.GetString("LogicalResourceId") != logical_id) continue;
      for (const json::Value& detail : change.GetArray("Details")) {
        const json::Object& one = detail.AsObject();
        lines.push_back(fmt::format("{} {} {}", one.GetString("ChangeSource"),
                                    one.GetString("CausingEntity", "-"),
                                    one.GetString("Evaluation")));
      }
    }
    return lines;
  }
  static json::Object With(json::Value value) {
    return {{"V", json::Object{{"Type", "String"}, {"Default", std::move(value)}}}};
  }
};

TEST_F(ChangeDetails, NameTheParameterBesideTheModification) {
  const json::Object reference{{"Ref", "V"}};
  Create("acme", Template({{"A", Parameter("/a", reference)}}, {{"Parameters", With("1")}}));

  Make(Template({{"A", Parameter("/a", reference)}}, {{"Parameters", With("2")}}));

  for (const bool values : {false, true}) {
    EXPECT_THAT(Causes("A", values), UnorderedElementsAre("ParameterReference V Static",
                                                          "DirectModification - Dynamic"));
  }
}

TEST_F(ChangeDetails, OfAReplacedResourceAreCertain) {
  const json::Object reference{{"Fn::GetAtt", "A.Value"}};
  Create("acme", Template({{"A", Parameter("/a", "1")}, {"B", Parameter("/b", reference)}}));

  Make(Template({{"A", Parameter("/new", "1")}, {"B", Parameter("/b", reference)}}));

  EXPECT_THAT(Causes("B", false), ElementsAre("ResourceAttribute A.Value Static"));
  EXPECT_THAT(Causes("B", true), UnorderedElementsAre("ResourceAttribute A.Value Static",
                                                      "DirectModification - Dynamic"));
}

TEST_F(ChangeDetails, OfAResourceThatIsUpdatedInPlaceAreOnlyPossible) {
  const json::Object attribute{{"Fn::GetAtt", "A.Value"}};
  const json::Object reference{{"Ref", "A"}};
  Create("acme", Template({{"A", Parameter("/a", "1")},
                           {"B", Parameter("/b", attribute)},
                           {"C", Parameter("/c", reference)}}));

  Make(Template({{"A", Parameter("/a", "2")},
                 {"B", Parameter("/b", attribute)},
                 {"C", Parameter("/c", reference)}}));

  EXPECT_THAT(Causes("B", false), ElementsAre("ResourceAttribute A.Value Dynamic"));
  EXPECT_THAT(Causes("B", true), IsEmpty());
  EXPECT_THAT(Causes("C", false), IsEmpty());
}

TEST_F(ChangeDetails, OfARewrittenPropertyAreAModification) {
  Create("acme", Template({{"A", Parameter("/a", "1")}}, {{"Parameters", With("1")}}));

  Make(Template({{"A", Parameter("/a", json::Object{{"Fn::Sub", "${AWS::StackName}"}})}},
                {{"Parameters", With("1")}}));

  EXPECT_THAT(Causes("A", false), ElementsAre("DirectModification - Static"));
}

class ChangeSetLife : public StackTest {
 protected:
  std::string Make(std::string_view type, const std::string& body) {
    return std::string(Do("cloudformation", "CreateChangeSet",
                          {{"StackName", "acme"},
                           {"ChangeSetName", "cs"},
                           {"ChangeSetType", type},
                           {"TemplateBody", body}})
                           .GetString("Id"));
  }
  void Execute(const std::string& id) {
    Do("cloudformation", "ExecuteChangeSet", {{"ChangeSetName", id}});
    Advance(std::chrono::seconds(1));
  }
  std::string Execution(const std::string& id) {
    return std::string(Do("cloudformation", "DescribeChangeSet", {{"ChangeSetName", id}})
                           .GetString("ExecutionStatus"));
  }
};

TEST_F(ChangeSetLife, GoesOnAfterTheExecutionUnderItsArnAlone) {
  const std::string first = Make("CREATE", Template({{"A", Parameter("/a", "1")}}));
  Execute(first);

  const std::string second = Make("UPDATE", Template({{"A", Parameter("/a", "2")}}));

  EXPECT_EQ(Execution(first), "EXECUTE_COMPLETE");
  const json::Object listed = Do("cloudformation", "ListChangeSets", {{"StackName", "acme"}});
  ASSERT_EQ(listed.GetArray("Summaries").size(), 1U);
  EXPECT_EQ(listed.GetArray("Summaries")[0].AsObject().GetString("ChangeSetId"), second);
  EXPECT_EQ(Stack("acme").GetString("ChangeSetId"), first);
  EXPECT_TRUE(Stack("acme").Has("LastUpdatedTime"));
}

TEST_F(ChangeSetLife, GoesOnAfterTheStackIsDeleted) {
  const std::string id = Make("CREATE", Template({{"A", Parameter("/a", "1")}}));
  Execute(id);
  const std::string stack(Stack("acme").GetString("StackId"));

  Delete("acme");

  EXPECT_EQ(Execution(id), "EXECUTE_COMPLETE");
  EXPECT_FALSE(Stack(stack).Has("ChangeSetId"));
  EXPECT_FALSE(Stack(stack).Has("EnableTerminationProtection"));
}

TEST_F(ChangeSetLife, EndsWhenTheStackIsMadeWithoutIt) {
  const std::string id = Make("CREATE", Template({{"A", Parameter("/a", "1")}}));

  Create("acme", Template({{"B", Parameter("/b", "1")}}));

  EXPECT_EQ(Execution(id), "OBSOLETE");
}

TEST_F(ChangeSetLife, OfAStackWithNothingInItIsAvailable) {
  const json::Object never{{"Never", json::Object{{"Fn::Equals", json::Array{"a", "b"}}}}};
  const std::string id = Make(
      "CREATE",
      Template({{"A", Parameter("/a", "1", {{"Condition", "Never"}})}}, {{"Conditions", never}}));

  EXPECT_EQ(Execution(id), "AVAILABLE");
  Execute(id);
  EXPECT_EQ(Status("acme"), "CREATE_COMPLETE");
}

}  // namespace
}  // namespace trunkline::cloud::tests
