#include "cli/confirm.h"

#include <gmock/gmock.h>

#include "tests/cli/test_world.h"

namespace trunkline::tests {
namespace {

class Typed final : public cli::Input {
 public:
  explicit Typed(std::string line) : line_(std::move(line)) {}
  bool ReadLine(std::string& line) override {
    line = line_;
    return true;
  }
  bool IsTerminal() const override { return true; }

 private:
  std::string line_;
};

class ConfirmTest : public testing::Test {
 protected:
  Result<bool> Ask(cli::Input& in, bool yes = false) {
    cli::World world{.files = files_,
                     .environment = environment_,
                     .clock = clock_,
                     .random = random_,
                     .log = log_,
                     .out = out_,
                     .err = err_,
                     .in = in,
                     .self = {}};
    cli::Arguments arguments;
    if (yes) arguments.options["--yes"];
    return cli::Confirm(world, arguments, "It cannot be undone.", "dev");
  }

  MemoryFiles files_;
  MapEnvironment environment_{{}};
  ManualClock clock_{TimePoint(Milliseconds(0))};
  SeededRandom random_{1};
  MemoryLog log_;
  TextOutput out_;
  TextOutput err_;
};

TEST_F(ConfirmTest, GoesOnWhenTheWordIsTyped) {
  Typed in(" dev ");

  EXPECT_TRUE(*Ask(in));
  EXPECT_EQ(err_.text(), "It cannot be undone.\nType 'dev' to go on: ");
}

TEST_F(ConfirmTest, StopsAtAnyOtherWord) {
  Typed in("yes");

  EXPECT_FALSE(*Ask(in));
}

TEST_F(ConfirmTest, AsksNobodyWithYes) {
  LinesInput nobody({});

  EXPECT_TRUE(*Ask(nobody, true));
  EXPECT_EQ(err_.text(), "");
}

TEST_F(ConfirmTest, WantsYesWhereNobodyCanBeAsked) {
  LinesInput nobody({});

  EXPECT_THAT(Ask(nobody).error().message(), testing::HasSubstr("give --yes"));
}

}  // namespace
}  // namespace trunkline::tests
