// trunkline test --watch, with changes by a script.
#include "cli/test_watch.h"

#include <gmock/gmock.h>

#include "tests/cli/test_world.h"

namespace trunkline::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using tests::TestWorld;

// So many changes, then Ctrl-C.
class ScriptedChanges final : public Changes {
 public:
  explicit ScriptedChanges(int count) : left_(count) {}
  bool Wait() override { return left_-- > 0; }

 private:
  int left_;
};

class Screen final : public Output {
 public:
  explicit Screen(bool is_terminal) : is_terminal_(is_terminal) {}
  void Write(std::string_view text) override { text_ += text; }
  bool IsTerminal() const override { return is_terminal_; }
  const std::string& text() const { return text_; }

 private:
  bool is_terminal_;
  std::string text_;
};

// What is on the screens after a run and its `changes`.
struct Watched {
  std::string out, err;
  Exit exit = Exit::kDone;
};
Watched Watch(bool terminal, int changes, const std::vector<Exit>& exits) {
  MemoryFiles files;
  const MapEnvironment environment;
  ManualClock clock{TimePoint()};
  SeededRandom random{1};
  MemoryLog log;
  Screen out(terminal), err(terminal);
  tests::LinesInput in({});
  World world{.files = files,
              .environment = environment,
              .clock = clock,
              .random = random,
              .log = log,
              .out = out,
              .err = err,
              .in = in,
              .self = {}};
  ScriptedChanges script(changes);
  std::size_t runs = 0;
  const Exit exit = RunOnChange(world, script, [&] {
    out.Write("run;");
    return exits.at(runs++);
  });
  return {.out = out.text(), .err = err.text(), .exit = exit};
}

TEST(TestWatch, RunsOnceAndThenAfterEachChange) {
  EXPECT_EQ(Watch(false, 0, {Exit::kDone}).out, "run;");
  EXPECT_EQ(Watch(false, 2, {Exit::kDone, Exit::kDone, Exit::kDone}).out, "run;run;run;");
}

TEST(TestWatch, EndsAsItsLastRunDid) {
  EXPECT_EQ(Watch(false, 1, {Exit::kDone, Exit::kFailed}).exit, Exit::kFailed);
  EXPECT_EQ(Watch(false, 1, {Exit::kUsage, Exit::kDone}).exit, Exit::kDone);
}

TEST(TestWatch, ClearsATerminalBetweenRunsOnly) {
  EXPECT_EQ(Watch(true, 1, {Exit::kDone, Exit::kDone}).out, "run;\x1b[H\x1b[2J\x1b[3Jrun;");
}

TEST(TestWatch, SaysThatItWaits) {
  EXPECT_THAT(Watch(false, 0, {Exit::kDone}).err, HasSubstr("waiting for changes (Ctrl-C ends)"));
}

TEST(TestWatch, WatchesTheMonorepoAroundATest) {
  const MemoryFiles files{{"a/trunkline.json", "{}"},
                          {"a/amzconnect-contact-flows/tests/x.scenario", ""},
                          {"b/y.json", ""}};

  EXPECT_THAT(WatchedFolders(files, {"a/amzconnect-contact-flows/tests/x.scenario", "a", "b"}),
              ElementsAre("a", "b"));
}

TEST(TestWatch, RefusesToWriteFilesThatWouldBeChanges) {
  TestWorld world;

  EXPECT_EQ(world.Run({"test", "--watch", "--junit", "x.xml"}), 2);

  EXPECT_THAT(world.err(), HasSubstr("'--watch' runs tests again and again: leave out '--junit'"));
}

TEST(TestWatch, DoesNotWaitWhenAnOptionIsWrong) {
  TestWorld world;

  EXPECT_EQ(world.Run({"test", "--watch", "--at", "noon"}), 2);
}

}  // namespace
}  // namespace trunkline::cli
