#include <cstdlib>

#include <gmock/gmock.h>

#include "base/text.h"
#include "tests/cli/test_world.h"

namespace trunkline::cli {
namespace {

using testing::HasSubstr;
using testing::StartsWith;
using tests::TestWorld;

const std::string kHello =
    R"({"Version":"2019-10-30","StartAction":"hi","Metadata":{"name":"Main"},"Actions":[{"Identifier":"hi",)"
    R"("Type":"MessageParticipant","Parameters":{"Text":"Good day"},"Transitions":{"NextAction":"end"}},)"
    R"({"Identifier":"end","Type":"DisconnectParticipant","Parameters":{},"Transitions":{}}]})";
const std::map<std::string, std::string> kFiles = {
    {"flows/main.json", kHello},
    {"flows/deep/other.json", Replace(kHello, "Good day", "Hello")},
    {"flows/settings.json", "{}"}};

TEST(FlowRenderCommand, PrintsMermaidWithoutAnyProgram) {
  TestWorld world(kFiles);

  EXPECT_EQ(world.Run({"flow", "render", "flows/main.json", "--format", "mermaid"}), 0);

  EXPECT_THAT(world.out(), StartsWith("flowchart LR\n  b0[\"<b>Play prompt</b>"));
}

TEST(FlowRenderCommand, DrawsTheFlowsOfAFolderIntoAnother) {
  TestWorld world(kFiles);

  EXPECT_EQ(world.Run({"flow", "render", "flows", "-o", "out", "--format", "dot"}), 0);

  EXPECT_EQ(world.out(), "out/deep/other.dot\nout/main.dot\n");
  EXPECT_THAT(*world.files().Read("out/main.dot"), StartsWith("digraph flow {"));
}

TEST(FlowRenderCommand, TakesTheFormatFromTheFilesName) {
  TestWorld world(kFiles);

  EXPECT_EQ(world.Run({"flow", "render", "flows/main.json", "-o", "main.mmd"}), 0);

  EXPECT_THAT(*world.files().Read("main.mmd"), StartsWith("flowchart LR\n"));
}

TEST(FlowRenderCommand, SaysWhichProgramIsMissing) {
  TestWorld world(kFiles, {{"PATH", "/nowhere"}});

  EXPECT_EQ(world.Run({"flow", "render", "flows/main.json"}), 1);

  EXPECT_THAT(world.err(), HasSubstr("there is no program 'dot' on PATH, which draws SVG and PNG; "
                                     "install the package graphviz"));
}

TEST(FlowRenderCommand, DrawsWhatChangedInOnePicture) {
  TestWorld world(kFiles);

  EXPECT_EQ(world.Run({"flow", "render", "--diff", "flows/main.json", "flows/deep/other.json",
                       "--format", "mermaid"}),
            0);

  EXPECT_THAT(world.out(), HasSubstr("text 'Good day' -#gt; 'Hello'\"]:::changed"));
}

TEST(FlowRenderCommand, DrawsWhatCanBeReadOfABrokenFlowAndSaysWhatIsWrong) {
  TestWorld world({{"main.json", Replace(kHello, R"("Type":"MessageParticipant",)", "")}});

  EXPECT_EQ(world.Run({"flow", "render", "main.json", "--format", "mermaid"}), 1);

  EXPECT_THAT(world.out(), HasSubstr("Disconnect / hang up"));
  EXPECT_THAT(world.err(), HasSubstr("action 'hi' has no 'Type' [TL-F007]"));
}

TEST(FlowRenderCommand, RefusesWrongUse) {
  TestWorld world(kFiles);

  EXPECT_EQ(world.Run({"flow", "render", "--diff", "flows/main.json"}), 2);
  EXPECT_EQ(world.Run({"flow", "render", "flows/main.json", "--format", "gif"}), 2);
  EXPECT_EQ(world.Run({"flow", "render", "flows/main.json", "--layout", "circle"}), 2);
  EXPECT_EQ(world.Run({"flow", "render", "flows"}), 1);
  EXPECT_THAT(world.err(), HasSubstr("expected one flow to draw but got 2"));
}

TEST(FlowRenderCommand, SaysThatTheConsolesLayoutIsNotThere) {
  TestWorld world(kFiles);

  EXPECT_EQ(world.Run({"flow", "render", "flows/main.json", "--layout", "console"}), 1);

  EXPECT_THAT(world.err(), HasSubstr("draw it with --layout flow"));
}

// With the real program, which the tests' set-up installs.
class FlowRenderWithGraphviz : public testing::TestWithParam<std::pair<const char*, const char*>> {
};

TEST_P(FlowRenderWithGraphviz, DrawsAPicture) {
  const char* const path = std::getenv("PATH");  // NOLINT(concurrency-mt-unsafe)
  TestWorld world(kFiles, {{"PATH", path == nullptr ? "" : path}});

  EXPECT_EQ(world.Run({"flow", "render", "flows/main.json", "-o", GetParam().first}), 0)
      << world.err();

  EXPECT_THAT(*world.files().Read(GetParam().first), HasSubstr(GetParam().second));
}

INSTANTIATE_TEST_SUITE_P(Formats, FlowRenderWithGraphviz,
                         testing::Values(std::pair("main.svg", "Good day"),
                                         std::pair("main.png", "\x89PNG")),
                         [](const auto& row) { return std::to_string(row.index); });

}  // namespace
}  // namespace trunkline::cli
