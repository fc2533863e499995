#include <gmock/gmock.h>

#include "base/text.h"
#include "cli/completion_scripts.h"

namespace trunkline::cli {
namespace {

using testing::HasSubstr;

constexpr Option kOptions[] = {{.name = "--env", .value = "NAME", .help = "the team's own"},
                               {.name = "--all", .value = "", .help = "every one"}};
constexpr Command kLint{.name = "flow lint",
                        .summary = "checks flow files",
                        .positionals = "PATH...",
                        .options = kOptions,
                        .details = ".dots and \\ mean something",
                        .example = "trunkline flow lint a.json",
                        .run = nullptr};
constexpr Command kUp{.name = "up",
                      .summary = "runs the embedded cloud",
                      .positionals = "",
                      .options = {},
                      .details = "",
                      .example = "trunkline up",
                      .run = nullptr};
constexpr const Command* kTwo[] = {&kLint, &kUp};

TEST(Completion, BashOffersCommandsThenTheirOptions) {
  const std::string script = BashCompletion(kTwo);
  EXPECT_THAT(script, HasSubstr("    'flow lint') offered='--env --all --help --json' ;;\n"));
  EXPECT_THAT(script, HasSubstr("    'up'' '*) offered='--help --json' ;;\n"));
  EXPECT_THAT(script, HasSubstr("    'flow'' '*) offered='lint' ;;\n"));
  EXPECT_THAT(script, HasSubstr("    ' '*) offered='flow help up' ;;\n"));
}

TEST(Completion, ZshAndFishSayWhatOptionsAreFor) {
  EXPECT_THAT(ZshCompletion(kTwo), HasSubstr(R"('--env:the team'\''s own')"));
  EXPECT_THAT(FishCompletion(kTwo),
              HasSubstr(R"(-n '__trunkline_is flow lint' -l env -r -d 'the team'\''s own')"));
}

TEST(ManPages, EscapeWhatMeansSomethingToTheMacros) {
  const std::string page = ManPage(kLint);
  EXPECT_EQ(ManPageName(kLint), "trunkline-flow-lint.1");
  EXPECT_THAT(page, HasSubstr(".SH DESCRIPTION\n\\&.dots and \\e mean something\n"));
  EXPECT_THAT(page, HasSubstr(".TP\n\\fB\\-\\-env\\fR \\fINAME\\fR\nthe team's own\n"));
}

TEST(ManPages, TheProgramsPageListsEveryCommand) {
  const std::string page = ManPage(AllCommands());
  for (const Command* command : AllCommands()) {
    EXPECT_THAT(page, HasSubstr("trunkline " + Replace(command->name, "-", "\\-") + "\\fR(1)"));
  }
}

}  // namespace
}  // namespace trunkline::cli
