#include <fmt/format.h>
#include <gmock/gmock.h>

#include "tests/cli/test_world.h"

namespace trunkline::cli {
namespace {

using testing::HasSubstr;
using tests::TestWorld;

std::string GoingOnIn(std::string_view name, std::string_view flow) {
  return fmt::format(
      R"({{"Name":"{}","ContactFlowType":"CONTACT_FLOW","Content":{{"Version":"2019-10-30","StartAction":"t",)"
      R"("Actions":[{{"Identifier":"t","Type":"TransferToFlow","Parameters":{{"ContactFlowId":"${{flow:{}}}"}},)"
      R"("Transitions":{{"NextAction":"t","Errors":[{{"NextAction":"t","ErrorType":"NoMatchingError"}}]}}}}]}}}})",
      name, flow);
}

const std::map<std::string, std::string> kFiles = {{"flows/a.json", GoingOnIn("A", "B")},
                                                   {"flows/b.json", GoingOnIn("B", "A")},
                                                   {"flows/c.json", GoingOnIn("C", "A")}};

TEST(FlowRefsCommand, ListsReferencesCyclesAndFlowsNobodyRefersTo) {
  TestWorld world(kFiles);

  EXPECT_EQ(world.Run({"flow", "refs", "flows"}), 0);

  EXPECT_EQ(world.out(),
            "flows/a.json:1:181: flow 'B' (symbol)\n"
            "flows/b.json:1:181: flow 'A' (symbol)\n"
            "flows/c.json:1:181: flow 'A' (symbol)\n"
            "cycle: flow 'A' -> flow 'B' -> flow 'A'\n"
            "flows/c.json: no flow here refers to flow 'C'\n");
}

TEST(FlowRefsCommand, SaysNothingAboutOthersOfOneFlow) {
  TestWorld world(kFiles);

  EXPECT_EQ(world.Run({"flow", "refs", "flows/a.json"}), 0);

  EXPECT_EQ(world.out(), "flows/a.json:1:181: flow 'B' (symbol)\n");
}

TEST(FlowRefsCommand, GivesCallsToMachines) {
  TestWorld world(kFiles);

  EXPECT_EQ(world.Run({"flow", "refs", "flows", "--format", "json"}), 0);

  EXPECT_THAT(world.out(),
              HasSubstr("\"calls\": [\n    {\n      \"from\": {\n        \"kind\": \"flow\","));
  EXPECT_THAT(world.out(),
              HasSubstr("\"orphans\": [\n    {\n      \"kind\": \"flow\",\n      \"name\": \"C\""));
}

TEST(FlowRefsCommand, DrawsCalls) {
  TestWorld world(kFiles);

  EXPECT_EQ(world.Run({"flow", "refs", "flows", "--format", "dot"}), 0);

  EXPECT_THAT(world.out(), testing::StartsWith("digraph calls {\n"));
}

TEST(FlowRefsCommand, RefusesAnUnknownFormat) {
  TestWorld world(kFiles);

  EXPECT_EQ(world.Run({"flow", "refs", "flows", "--format", "xml"}), 2);
}

}  // namespace
}  // namespace trunkline::cli
