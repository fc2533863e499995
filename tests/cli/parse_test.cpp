#include "cli/parse.h"

#include <gmock/gmock.h>

namespace trunkline::cli {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

constexpr Option kOptions[] = {
    {.name = "--say", .value = "TEXT", .help = "", .repeated = true},
    {.name = "--port", .value = "N", .help = ""},
    {.name = "--env", .value = "NAME", .help = "", .required = true},
    {.name = "--quick", .value = "", .help = ""},
};
const Command kGo{.name = "go",
                  .summary = "",
                  .positionals = "[PLACE]",
                  .options = kOptions,
                  .details = "",
                  .example = "",
                  .run = nullptr};
const Command kFlowLint{.name = "flow lint",
                        .summary = "",
                        .positionals = "PATH...",
                        .options = {},
                        .details = "",
                        .example = "",
                        .run = nullptr};
const Command* const kCommands[] = {&kGo, &kFlowLint};

Arguments Given(const std::vector<std::string>& words) {
  Result<Invocation> invocation = ParseArguments(kCommands, words);
  EXPECT_TRUE(invocation) << invocation.error().ToText();
  return std::move(invocation->arguments);
}

std::string Refusal(const std::vector<std::string>& words) {
  const Result<Invocation> invocation = ParseArguments(kCommands, words);
  return invocation ? "taken" : invocation.error().message();
}

TEST(Parse, TakesValuesInTheNextWordOrInTheSame) {
  const Arguments arguments = Given({"go", "--env", "dev", "--port=80", "there"});

  EXPECT_EQ(arguments.Get("--env"), "dev");
  EXPECT_EQ(arguments.Get("--port"), "80");
  EXPECT_THAT(arguments.positionals, ElementsAre("there"));
}

TEST(Parse, LeavesValuesAsTheyAre) {
  const Arguments arguments =
      Given({"go", "--env", "", "--say", "[a,b]", "--say", "{}", "--say=--x=y", "--say", "-5"});

  EXPECT_TRUE(arguments.Has("--env"));
  EXPECT_EQ(arguments.Get("--env"), "");
  EXPECT_THAT(arguments.All("--say"), ElementsAre("[a,b]", "{}", "--x=y", "-5"));
}

TEST(Parse, KeepsTheOrderOfOptionsWithValues) {
  const Arguments arguments = Given({"go", "--say", "a", "--env", "dev", "--say", "b", "--quick"});

  EXPECT_THAT(arguments.ordered,
              ElementsAre(Pair("--say", "a"), Pair("--env", "dev"), Pair("--say", "b")));
  EXPECT_TRUE(arguments.Has("--quick"));
}

TEST(Parse, TakesEverythingBehindTwoDashesAsItIs) {
  EXPECT_THAT(Given({"flow", "lint", "--", "--json", "-h"}).positionals,
              ElementsAre("--json", "-h"));
  EXPECT_THAT(Given({"go", "--env", "dev", "--"}).positionals, IsEmpty());
}

TEST(Parse, GivesHelpWhereverItIsAskedFor) {
  for (const std::string word : {"--help", "-h"}) {
    EXPECT_EQ(ParseArguments(kCommands, {word})->topic, "");
    EXPECT_EQ(ParseArguments(kCommands, {"go", "--port", word})->topic, "go");
    EXPECT_EQ(ParseArguments(kCommands, {"flow", word})->topic, "flow");
    EXPECT_EQ(ParseArguments(kCommands, {"flow", "lint", word})->topic, "flow lint");
  }
}

struct Refused {
  const char* name;
  std::vector<std::string> words;
  std::string message;
};

class ParseRefuses : public testing::TestWithParam<Refused> {};

TEST_P(ParseRefuses, SaysWhatWouldBeRight) {
  EXPECT_EQ(Refusal(GetParam().words), GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(
    Words, ParseRefuses,
    testing::Values(
        Refused{"AnUnknownCommand",
                {"goo"},
                "'goo' is not a command, did you mean 'go'?; 'trunkline help' lists them"},
        Refused{"AnUnknownCommandOfAGroup",
                {"flow", "lnit"},
                "'flow lnit' is not a command, did you mean 'flow lint'?; 'trunkline help' lists "
                "them"},
        Refused{"AnUnknownOption",
                {"go", "--prot=1"},
                "'trunkline go' has no option '--prot', did you mean '--port'?; see 'trunkline go "
                "--help'"},
        Refused{"AShortOption",
                {"go", "-x"},
                "'trunkline go' has no option '-x'; see 'trunkline go --help'"},
        Refused{"AMissingValue", {"go", "--port"}, "option '--port' needs a value: '--port N'"},
        Refused{"AnOptionForAValue",
                {"go", "--port", "--env", "dev"},
                "option '--port' needs a value: '--port N' ('--port=--env' if that is the value)"},
        Refused{"AValueForAFlag",
                {"go", "--quick=no"},
                "option '--quick' takes no value but got '--quick=no'"},
        Refused{"AnOptionTwice",
                {"go", "--env", "a", "--env", "b"},
                "option '--env' is given more than once"},
        Refused{"AWordTooMany",
                {"go", "--env", "a", "here", "there"},
                "'trunkline go' does not take 'there'; see 'trunkline go --help'"},
        Refused{"NoRequiredOption",
                {"go"},
                "'trunkline go' needs '--env NAME'; see 'trunkline go --help'"},
        Refused{"NoRequiredWord",
                {"flow", "lint"},
                "expected 'PATH...' after 'trunkline flow lint'; see 'trunkline flow lint "
                "--help'"}),
    [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace trunkline::cli
