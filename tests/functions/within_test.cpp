#include "functions/within.h"

#include "net/timers.h"
#include "tests/functions/function_test.h"

namespace trunkline::functions::tests {
namespace {

class WithinTest : public FunctionTest {
 protected:
  net::aw<Result<json::Object>> After(Milliseconds wait) {
    co_await timers_.Wait(wait);
    ended_ = true;
    json::Object answer{{"done", true}};
    co_return answer;
  }

  net::ManualTimers timers_{aws_.fake().loop()};  // nobody winds them
  bool ended_ = false;
};

TEST_F(WithinTest, GivesWhatTheWorkGives) {
  const auto answer = aws_.fake().Run(Within(std::chrono::hours(1), After(Milliseconds(0))));

  ASSERT_TRUE(answer.ok()) << answer.error().message();
  EXPECT_TRUE(answer->GetBool("done"));
}

TEST_F(WithinTest, GivesUpWhatTakesLonger) {
  const auto answer = aws_.fake().Run(Within(Milliseconds(1), After(std::chrono::hours(1))));

  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().kind(), ErrorKind::kUnreached);
  EXPECT_EQ(answer.error().message(), "there was no answer within 1 ms");
  EXPECT_EQ(timers_.waiting(), 0U);
  EXPECT_FALSE(ended_);
}

TEST_F(WithinTest, BeginsNothingWhenThereIsNoTime) {
  const auto answer = aws_.fake().Run(Within(Milliseconds(0), After(Milliseconds(0))));

  EXPECT_EQ(answer.error().message(), "there is no time left for it");
  EXPECT_FALSE(ended_);
}

}  // namespace
}  // namespace trunkline::functions::tests
