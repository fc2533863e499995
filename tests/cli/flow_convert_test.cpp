#include <gmock/gmock.h>

#include "tests/cli/test_world.h"

namespace trunkline::cli {
namespace {

using testing::HasSubstr;
using testing::StartsWith;
using tests::TestWorld;

const std::string kLegacy =
    R"({"modules":[{"id":"end","type":"Disconnect","branches":[],"parameters":[{"name":"Odd","value":"1"}]}],)"
    R"("version":"1","type":"contactFlow","start":"end","metadata":{"name":"Old"}})";
const std::string kWrapped =
    R"({"Name":"A","ContactFlowType":"CONTACT_FLOW","Content":{"Version":"2019-10-30","StartAction":"e",)"
    R"("Actions":[{"Identifier":"e","Type":"DisconnectParticipant","Parameters":{},"Transitions":{}}]}})";
const std::map<std::string, std::string> kFiles = {{"in/old.json", kLegacy},
                                                   {"in/deep/a.json", kWrapped},
                                                   {"in/settings.json", R"({"colour":1})"}};

TEST(FlowConvertCommand, PrintsOneFlowAndSaysWhatIsLost) {
  TestWorld world(kFiles);

  EXPECT_EQ(world.Run({"flow", "convert", "in/old.json"}), 0);

  EXPECT_THAT(world.out(),
              StartsWith("{\n  \"Version\": \"2019-10-30\",\n  \"StartAction\": \"end\""));
  EXPECT_THAT(world.err(), HasSubstr("in/old.json:1:73: warning: module 'end' (Disconnect): "
                                     "parameter 'Odd' is lost: '1' [TL-F503]"));
}

TEST(FlowConvertCommand, WritesTheFlowsOfAFolderBelowAnother) {
  TestWorld world(kFiles);

  EXPECT_EQ(world.Run({"flow", "convert", "in", "-o", "out", "--to", "bare"}), 0);

  EXPECT_EQ(world.out(), "out/deep/a.json\nout/old.json\n");
  EXPECT_THAT(*world.files().Read("out/deep/a.json"), HasSubstr("\"name\": \"A\""));
  EXPECT_FALSE(world.files().Exists("out/settings.json"));
}

TEST(FlowConvertCommand, OverwritesNothing) {
  TestWorld world(kFiles);

  EXPECT_EQ(world.Run({"flow", "convert", "in/old.json", "-o", "in/settings.json"}), 1);

  EXPECT_EQ(*world.files().Read("in/settings.json"), R"({"colour":1})");
  EXPECT_THAT(world.err(), HasSubstr("'in/settings.json' is there already and stays as it is"));
}

TEST(FlowConvertCommand, ConvertsInPlaceWhenAsked) {
  TestWorld world(kFiles);

  EXPECT_EQ(world.Run({"flow", "convert", "in/deep/a.json", "--fold", "--write"}), 0);

  EXPECT_EQ(world.out(), "in/deep/a.json\n");
  EXPECT_THAT(*world.files().Read("in/deep/a.json"), HasSubstr(R"("Content": "{\"Version\")"));
}

TEST(FlowConvertCommand, GivesTheResultToMachines) {
  TestWorld world(kFiles);

  EXPECT_EQ(world.Run({"flow", "convert", "in/old.json", "--json"}), 0);

  EXPECT_THAT(world.out(), HasSubstr(R"("code": "TL-F503")"));
  EXPECT_THAT(world.out(), HasSubstr(R"("text": "{\n  \"Version\")"));
  EXPECT_EQ(world.err(), "");
}

TEST(FlowConvertCommand, AsksWhereSeveralFlowsGo) {
  TestWorld world(kFiles);

  EXPECT_EQ(world.Run({"flow", "convert", "in"}), 1);

  EXPECT_THAT(world.err(), HasSubstr("expected one flow to print but got 2"));
}

TEST(FlowConvertCommand, RefusesWhatContradictsItself) {
  TestWorld world(kFiles);

  EXPECT_EQ(world.Run({"flow", "convert", "in", "--fold", "--unfold"}), 2);
  EXPECT_EQ(world.Run({"flow", "convert", "in", "--write", "-o", "x"}), 2);
  EXPECT_EQ(world.Run({"flow", "convert", "in", "--to", "yaml"}), 2);
  EXPECT_THAT(world.err(),
              HasSubstr("expected --to to be bare, wrapped or describe but got 'yaml'"));
}

}  // namespace
}  // namespace trunkline::cli
