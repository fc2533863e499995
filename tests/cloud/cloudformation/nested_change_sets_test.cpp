#include <fmt/format.h>

#include "tests/cloud/cloudformation/nested_stack_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class NestedChangeSets : public NestedStackTest {
 protected:
  json::Object Make(const std::string& body, std::string_view type = "UPDATE") {
    Do("cloudformation", "CreateChangeSet",
       {{"StackName", "acme"},
        {"ChangeSetName", "cs"},
        {"ChangeSetType", type},
        {"IncludeNestedStacks", true},
        {"TemplateBody", body}});
    return Describe("cs");
  }
  json::Object Describe(std::string_view name_or_arn) {
    return Do("cloudformation", "DescribeChangeSet",
              {{"StackName", "acme"}, {"ChangeSetName", name_or_arn}});
  }
  std::string Execute() {
    Do("cloudformation", "ExecuteChangeSet", {{"StackName", "acme"}, {"ChangeSetName", "cs"}});
    Advance(std::chrono::seconds(2));
    return Status("acme");
  }
  static const json::Object& Change(const json::Object& change_set, std::size_t index) {
    return change_set.GetArray("Changes")[index].AsObject().GetObject("ResourceChange");
  }
  json::Object NestedOf(const json::Object& change_set, std::size_t index = 0) {
    return Describe(Change(change_set, index).GetString("ChangeSetId"));
  }
};

TEST_F(NestedChangeSets, PutANewNestedStackIntoReviewAndMakeItFromThere) {
  Store("child", Child("/child"));

  const json::Object root = Make(Template({{"N", Nested("child", {{"V", "1"}})}}), "CREATE");
  const json::Object nested = NestedOf(root);

  EXPECT_EQ(Change(root, 0).GetString("Action"), "Add");
  EXPECT_EQ(nested.GetString("ParentChangeSetId"), root.GetString("ChangeSetId"));
  EXPECT_EQ(nested.GetString("RootChangeSetId"), root.GetString("ChangeSetId"));
  EXPECT_EQ(Change(nested, 0).GetString("LogicalResourceId"), "A");
  const std::string child(nested.GetString("StackId"));
  EXPECT_EQ(Status(child), "REVIEW_IN_PROGRESS");
  EXPECT_EQ(Stack(child).GetString("ParentId"), root.GetString("StackId"));
  EXPECT_EQ(Execute(), "CREATE_COMPLETE");
  EXPECT_EQ(Status(child), "CREATE_COMPLETE");
  EXPECT_THAT(ParameterStore(), ElementsAre("/child=1"));
}

TEST_F(NestedChangeSets, SayWhatChangesInANestedStack) {
  Store("child", Child("/child"));
  Create("acme", Template({{"N", Nested("child", {{"V", "1"}})}}));

  const json::Object root = Make(Template({{"N", Nested("child", {{"V", "2"}})}}));
  const json::Object nested = NestedOf(root);

  EXPECT_EQ(Change(root, 0).GetString("Action"), "Modify");
  EXPECT_EQ(Change(nested, 0).GetString("Action"), "Modify");
  EXPECT_EQ(Change(nested, 0).GetArray("Details").size(), 2U);
  EXPECT_EQ(Execute(), "UPDATE_COMPLETE");
  EXPECT_THAT(ParameterStore(), ElementsAre("/child=2"));
  EXPECT_EQ(Describe(nested.GetString("ChangeSetId")).GetString("ExecutionStatus"),
            "EXECUTE_COMPLETE");
}

TEST_F(NestedChangeSets, FindATemplateThatChangedBehindItsUrl) {
  Store("child", Child("/child"));
  const std::string body = Template({{"N", Nested("child")}});
  Create("acme", body);
  Store("child", Child("/other"));

  const json::Object root = Make(body);

  EXPECT_EQ(Change(root, 0).GetArray("Details")[0].AsObject().GetString("ChangeSource"),
            "Automatic");
  EXPECT_EQ(Change(NestedOf(root), 0).GetString("Replacement"), "True");
  EXPECT_EQ(Execute(), "UPDATE_COMPLETE");
  EXPECT_THAT(ParameterStore(), ElementsAre("/other=d"));
}

TEST_F(NestedChangeSets, WithoutChangesAnywhereFail) {
  Store("child", Child("/child"));
  const std::string body = Template({{"N", Nested("child")}});
  Create("acme", body);

  const json::Object root = Make(body);

  EXPECT_EQ(root.GetString("Status"), "FAILED");
  EXPECT_EQ(root.GetString("StatusReason"), "No updates are to be performed.");
}

TEST_F(NestedChangeSets, FailWhereANestedTemplateIsWrong) {
  Store("child", Template({{"A", Parameter("/a", json::Object{{"Ref", "Nobody"}})}}));

  const json::Object root = Make(Template({{"N", Nested("child")}}), "CREATE");
  const json::Object nested = NestedOf(root);

  EXPECT_EQ(root.GetString("Status"), "FAILED");
  EXPECT_EQ(root.GetString("StatusReason"),
            fmt::format("Nested change set {} was not successfully created: Currently in FAILED.",
                        nested.GetString("ChangeSetId")));
  EXPECT_EQ(nested.GetString("Status"), "FAILED");
  EXPECT_THAT(std::string(nested.GetString("StatusReason")), HasSubstr("[Nobody]"));
}

TEST_F(NestedChangeSets, KnowWhatIsKnownOnlyLater) {
  Store("child", Child("/child"));
  const json::Object output{{"Fn::GetAtt", "M.Outputs.Name"}};

  Make(Template({{"M", Nested("child")}, {"N", Nested("child2", {{"V", output}})}}), "CREATE");
  Store("child2", Child("/second"));
  Do("cloudformation", "DeleteChangeSet", {{"StackName", "acme"}, {"ChangeSetName", "cs"}});
  const json::Object root =
      Make(Template({{"M", Nested("child")}, {"N", Nested("child2", {{"V", output}})}}), "CREATE");

  EXPECT_EQ(NestedOf(root, 1).GetArray("Parameters")[0].AsObject().GetString("ParameterValue"),
            "{{changeSet:KNOWN_AFTER_APPLY}}");
  EXPECT_EQ(Execute(), "CREATE_COMPLETE");
  EXPECT_THAT(ParameterStore(), ElementsAre("/child=d", "/second=/child"));
}

TEST_F(NestedChangeSets, GoWithTheirRootAndWithWhatWasInReview) {
  Store("child", Child("/child"));
  const json::Object root = Make(Template({{"N", Nested("child")}}), "CREATE");
  const json::Object nested = NestedOf(root);
  const json::Object by_id{{"ChangeSetName", nested.GetString("ChangeSetId")}};

  EXPECT_THAT(Ask("cloudformation", "ExecuteChangeSet", by_id),
              Fails(400, "ValidationError", HasSubstr("root change set")));
  EXPECT_THAT(Ask("cloudformation", "DeleteChangeSet", by_id),
              Fails(400, "ValidationError", HasSubstr("root change set")));
  Do("cloudformation", "DeleteChangeSet", {{"StackName", "acme"}, {"ChangeSetName", "cs"}});
  Advance(std::chrono::seconds(1));

  EXPECT_THAT(Ask("cloudformation", "DescribeChangeSet", by_id),
              Fails(404, "ChangeSetNotFound", HasSubstr("does not exist")));
  EXPECT_EQ(Status(std::string(nested.GetString("StackId"))), "DELETE_COMPLETE");
}

TEST_F(NestedChangeSets, GoThroughAllLevels) {
  Store("leaf", Child("/leaf"));
  Store("middle", Template({{"L", Nested("leaf", {{"V", "1"}})}}));

  const json::Object root = Make(Template({{"M", Nested("middle")}}), "CREATE");
  const json::Object leaf = NestedOf(NestedOf(root));
  Restart();

  EXPECT_EQ(leaf.GetString("RootChangeSetId"), root.GetString("ChangeSetId"));
  EXPECT_EQ(Execute(), "CREATE_COMPLETE");
  EXPECT_THAT(ParameterStore(), ElementsAre("/leaf=1"));
  EXPECT_EQ(Delete("acme"), "DELETE_COMPLETE");
  EXPECT_THAT(ParameterStore(), IsEmpty());
}

}  // namespace
}  // namespace trunkline::cloud::tests
