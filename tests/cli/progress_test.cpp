#include "cli/progress.h"

#include <gmock/gmock.h>

namespace trunkline::cli {
namespace {

class Screen final : public Output {
 public:
  explicit Screen(bool terminal) : terminal_(terminal) {}
  void Write(std::string_view text) override { text_ += text; }
  bool IsTerminal() const override { return terminal_; }
  std::string Take() { return std::exchange(text_, {}); }

 private:
  bool terminal_;
  std::string text_;
};

class Delivery : public testing::Test {
 protected:
  const center::Center center_;
  const center::Environment environment_;
  const deploy::Target target_{.center = center_,
                               .environment = environment_,
                               .region = "eu-central-1",
                               .account = "111122223333",
                               .instance_name = "acme",
                               .bucket = "acme"};
  const deploy::Change bot_{.kind = "bot", .name = "Sales"};
  const deploy::Change queue_{.kind = "queue", .name = "Sales"};
  const deploy::Change stub_{.kind = "flow stub", .name = "Main", .internal = true};
};

TEST_F(Delivery, SaysWhatIsDoneALineAChange) {
  Screen screen(false);
  LineProgress progress(screen);

  progress.Started(target_, bot_);
  progress.Done(target_, bot_);

  EXPECT_EQ(screen.Take(), "  ok eu-central-1  create bot 'Sales'\n");
}

TEST_F(Delivery, TellsHowFarAChangeIsThatTakesMinutes) {
  Screen screen(false);
  LineProgress progress(screen);
  const deploy::Change function{.kind = "function", .name = "lookup"};

  progress.Told(target_, function, "version 8 has 10 % of the calls for 5 min");

  EXPECT_EQ(screen.Take(),
            "  -> eu-central-1  function 'lookup': version 8 has 10 % of the calls for 5 min\n");
}

TEST_F(Delivery, ShowsWhatIsUnderWayOnATerminal) {
  Screen screen(true);
  LineProgress progress(screen);

  progress.Started(target_, bot_);

  EXPECT_EQ(screen.Take(), "\r\x1b[K  .. eu-central-1  create bot 'Sales'");
}

TEST_F(Delivery, CountsWhatElseIsUnderWay) {
  Screen screen(true);
  LineProgress progress(screen);
  progress.Started(target_, bot_);
  screen.Take();

  progress.Started(target_, queue_);

  EXPECT_EQ(screen.Take(), "\r\x1b[K  .. eu-central-1  create bot 'Sales' and 1 more");
}

TEST_F(Delivery, TakesWhatIsDoneOffTheLastLine) {
  Screen screen(true);
  LineProgress progress(screen);
  progress.Started(target_, bot_);
  progress.Started(target_, queue_);
  screen.Take();

  progress.Done(target_, bot_);

  EXPECT_EQ(screen.Take(),
            "\r\x1b[K  \x1b[32mok\x1b[0m eu-central-1  create bot 'Sales'\n"
            "  .. eu-central-1  create queue 'Sales'");
}

TEST_F(Delivery, SaysWhyAChangeFailed) {
  Screen screen(false);
  LineProgress progress(screen);
  progress.Started(target_, queue_);

  progress.Failed(target_, queue_, Error(ErrorKind::kDenied, "not allowed"));

  EXPECT_EQ(screen.Take(),
            "  failed eu-central-1  create queue 'Sales'\n"
            "error: not allowed\n");
}

TEST_F(Delivery, DoesNotMentionStepsOfOtherChanges) {
  Screen screen(true);
  LineProgress progress(screen);

  progress.Started(target_, stub_);

  EXPECT_EQ(screen.Take(), "");
}

}  // namespace
}  // namespace trunkline::cli
