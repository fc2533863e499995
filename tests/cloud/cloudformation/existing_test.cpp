// Change sets that import what exists already; rules; tags that a stack loses; the order of stacks.
#include "tests/cloud/cloudformation/stack_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class ExistingResources : public StackTest {
 protected:
  ExistingResources() {
    Do("ssm", "PutParameter", {{"Name", "/a"}, {"Value", "old"}, {"Type", "String"}});
  }
  static std::string Retained(std::string_view value) {
    json::Object parameter = Parameter("/a", value);
    parameter.Set("DeletionPolicy", "Retain");
    return Template({{"A", parameter}});
  }
  json::Object Make(const std::string& body) {
    Do("cloudformation", "CreateChangeSet",
       {{"StackName", "acme"},
        {"ChangeSetName", "cs"},
        {"ChangeSetType", "CREATE"},
        {"ImportExistingResources", true},
        {"TemplateBody", body}});
    Advance(std::chrono::seconds(1));
    return Do("cloudformation", "DescribeChangeSet",
              {{"StackName", "acme"}, {"ChangeSetName", "cs"}});
  }
};

TEST_F(ExistingResources, AreImportedByTheirNames) {
  const json::Object made = Make(Retained("old"));

  EXPECT_EQ(
      made.GetArray("Changes").at(0).AsObject().GetObject("ResourceChange").GetString("Action"),
      "Import");
  Do("cloudformation", "ExecuteChangeSet", {{"StackName", "acme"}, {"ChangeSetName", "cs"}});
  Advance(std::chrono::seconds(1));
  EXPECT_THAT(Status("acme"), HasSubstr("_COMPLETE"));
  EXPECT_THAT(ParameterStore(), ElementsAre("/a=old"));
}

TEST_F(ExistingResources, ThatWouldBeDeletedWithTheStackAreNotImported) {
  const json::Object made = Make(Template({{"A", Parameter("/a", "old")}}));

  EXPECT_EQ(
      made.GetArray("Changes").at(0).AsObject().GetObject("ResourceChange").GetString("Action"),
      "Add");
}

class StackTags : public StackTest {};

TEST_F(StackTags, ThatAreTakenAwayGoFromTheResources) {
  const std::string body = Template({{"A", Parameter("/a", "1")}});
  const json::Array tags{json::Object{{"Key", "team"}, {"Value", "red"}}};
  Create("acme", body, {{"Tags", tags}});
  const json::Object asked{{"ResourceType", "Parameter"}, {"ResourceId", "/a"}};
  const auto has_team = [&] {
    bool found = false;
    const json::Object listed = Do("ssm", "ListTagsForResource", asked);
    for (const json::Value& tag : listed.GetArray("TagList"))
      found = found || tag.AsObject().GetString("Key") == "team";
    return found;
  };
  EXPECT_TRUE(has_team());

  Update("acme", Template({{"A", Parameter("/a", "2")}}), {{"Tags", json::Array()}});

  EXPECT_FALSE(has_team());
}

TEST_F(StackTags, StacksAreListedNewestFirst) {
  Create("first", Template({{"A", Parameter("/a", "1")}}));
  Advance(std::chrono::seconds(1));
  Create("second", Template({{"B", Parameter("/b", "1")}}));

  std::vector<std::string> names;
  const json::Object listed = Do("cloudformation", "ListStacks");
  for (const json::Value& stack : listed.GetArray("StackSummaries"))
    names.emplace_back(stack.AsObject().GetString("StackName"));

  EXPECT_THAT(names, ElementsAre("second", "first"));
}

}  // namespace
}  // namespace trunkline::cloud::tests
