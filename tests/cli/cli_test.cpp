#include "cli/cli.h"

#include <gmock/gmock.h>

#include "cli/command.h"
#include "cli/help.h"
#include "tests/cli/test_world.h"

namespace trunkline::cli {
namespace {

using testing::HasSubstr;
using tests::TestWorld;

TEST(Cli, HelpListsEveryCommand) {
  TestWorld world;

  EXPECT_EQ(world.Run({"help"}), 0);

  for (const Command* command : AllCommands()) {
    EXPECT_THAT(world.out(), HasSubstr(fmt::format("  {} ", command->name)));
  }
}

TEST(Cli, AMisspelledCommandNamesTheNearest) {
  TestWorld world;

  EXPECT_EQ(world.Run({"versoin"}), 2);

  EXPECT_EQ(
      world.err(),
      "error: 'versoin' is not a command, did you mean 'version'?; 'trunkline help' lists them\n");
}

TEST(Cli, AMisspelledOptionNamesTheNearest) {
  TestWorld world;

  EXPECT_EQ(world.Run({"version", "--jsno"}), 2);

  EXPECT_EQ(world.err(),
            "error: 'trunkline version' has no option '--jsno', did you mean '--json'?; see "
            "'trunkline version --help'\n");
}

TEST(Cli, AWordTooManyIsNamed) {
  TestWorld world;

  EXPECT_EQ(world.Run({"version", "now"}), 2);

  EXPECT_EQ(world.err(),
            "error: 'trunkline version' does not take 'now'; see 'trunkline version --help'\n");
}

class EveryCommand : public testing::TestWithParam<const Command*> {};

TEST_P(EveryCommand, HasASummaryAnExampleAndHelp) {
  const Command& command = *GetParam();
  TestWorld world;

  EXPECT_EQ(world.Run({"help", std::string(command.name)}), 0);

  EXPECT_THAT(world.out(), HasSubstr(command.summary));
  EXPECT_THAT(std::string(command.example), HasSubstr(fmt::format("trunkline {}", command.name)));
}

INSTANTIATE_TEST_SUITE_P(Table, EveryCommand,
                         testing::ValuesIn(AllCommands().begin(), AllCommands().end()),
                         [](const auto& row) {
                           std::string name(row.param->name);
                           for (char& c : name) c = c == ' ' || c == '-' ? '_' : c;
                           return name;
                         });

}  // namespace
}  // namespace trunkline::cli
