#include "cloud/wait.h"

#include <stdexcept>
#include <thread>

#include <gmock/gmock.h>

#include "cloud/jobs.h"
#include "tests/cloud/support/cloud_test.h"
#include "tests/cloud/support/fake_service.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

constexpr Kind kCount{"test", "count"};

std::int64_t CountOf(Context& context) {
  const Record* record = context.store.Find(context.RegionScope(), kCount, "it");
  return record ? record->body.GetInt("N") : 0;
}

// GetFunction stands for any state operation: it counts.
Answer<> CountUp(Context& context, const json::Object&) {
  const std::int64_t n = CountOf(context) + 1;
  context.store.Put(context.RegionScope(), kCount,
                    {.id = "it", .parent = {}, .name = {}, .body = {{"N", n}}});
  return json::Object{{"Tags", json::Object{{"n", std::to_string(n)}}}};
}

// Invoke does what its payload says, and answers with the count.
net::aw<Answer<>> DoAsTold(WaitContext context, json::Object input) {
  const std::string told(input.GetString("Payload"));
  if (told == "sleep") co_await context.Sleep(std::chrono::seconds(3));
  if (told == "throw") throw std::logic_error("a bug of the handler");
  if (told == "work") {
    const auto loop_thread = std::this_thread::get_id();
    bool elsewhere = false;
    co_await context.OnWorker([&] { elsewhere = std::this_thread::get_id() != loop_thread; });
    const bool back = std::this_thread::get_id() == loop_thread;
    co_return json::Object{{"Payload", elsewhere && back ? "elsewhere and back" : "here"}};
  }
  if (told == "work badly")
    co_await context.OnWorker([] { throw std::logic_error("a bug of the work"); });
  if (told == "fail") {
    co_return context.State([](Context& state) -> Answer<> {
      TL_DO(CountUp(state, {}));
      return ServiceError("TooManyRequestsException", "not now");
    });
  }
  if (told == "nest") {
    json::Object inner{{"FunctionName", "inner"}, {"Payload", "sleep"}};
    co_return co_await context.Call("lambda", "Invoke", std::move(inner));
  }
  if (told == "call wrongly") {
    json::Object wrong{{"FunctionName", std::string(500, 'x')}};
    co_return co_await context.Call("lambda", "GetFunction", std::move(wrong));
  }
  json::Object function{{"FunctionName", "f"}};
  TL_CO_TRY(const json::Object counted,
            co_await context.Call("lambda", "GetFunction", std::move(function)));
  context.reply().headers.Set("x-test", context.request() ? "from outside" : "from within");
  co_return json::Object{{"StatusCode", 200},
                         {"Payload", counted.GetObject("Tags").GetString("n")}};
}

constexpr WaitHandler kDoAsTold{DoAsTold};

FakeServices MakeServices() {
  FakeServices services;
  services.Add("lambda", {{.name = "GetFunction", .handle = CountUp},
                          {.name = "Invoke", .wait = &kDoAsTold}});
  return services;
}

class Holder {
 protected:
  FakeServices services_ = MakeServices();
};

class WaitTest : private Holder, public CloudTest {
 protected:
  WaitTest() : CloudTest({.services = services_.all()}) {}
  static json::Object Told(std::string_view payload) {
    return {{"FunctionName", "f"}, {"Payload", payload}};
  }
};

TEST_F(WaitTest, GoOnWhenTheClockSaysSo) {
  const Pending pending = Begin("lambda", "Invoke", Told("sleep"));

  Advance(Milliseconds(2999));
  EXPECT_FALSE(pending.done());

  Advance(Milliseconds(1));
  ASSERT_TRUE(pending.done());
  EXPECT_EQ(Wait(pending).output.GetString("Payload"), "1");
}

TEST_F(WaitTest, AnswerOthersWhileTheyWait) {
  const Pending pending = Begin("lambda", "Invoke", Told("sleep"));

  const Answered meanwhile = Ask("lambda", "Invoke", Told("count"));

  EXPECT_FALSE(pending.done());
  EXPECT_EQ(meanwhile.output.GetString("Payload"), "1");
}

TEST_F(WaitTest, CallBackIntoTheCloudSixtyFourAtOnce) {
  std::vector<Pending> pending;
  for (int i = 0; i < 64; ++i) pending.push_back(Begin("lambda", "Invoke", Told("nest")));

  Advance(std::chrono::seconds(3));

  std::set<std::string> answers;
  for (const Pending& one : pending) {
    ASSERT_TRUE(one.done());
    answers.insert(std::string(Wait(one).output.GetString("Payload")));
  }
  EXPECT_EQ(answers.size(), 64U) << "each counted once";
}

TEST_F(WaitTest, UndoAStateThatAnswersAnError) {
  const Answered failed = Ask("lambda", "Invoke", Told("fail"));

  EXPECT_THAT(failed, Fails(429, "TooManyRequestsException", "not now"));
  EXPECT_EQ(Ask("lambda", "Invoke", Told("count")).output.GetString("Payload"), "1");
}

TEST_F(WaitTest, WorkOnAnotherThreadAndComeBack) {
  EXPECT_EQ(Ask("lambda", "Invoke", Told("work")).output.GetString("Payload"),
            "elsewhere and back");
}

TEST_F(WaitTest, CallsFromWithinAreCheckedLikeThoseFromOutside) {
  const Answered answer = Ask("lambda", "Invoke", Told("call wrongly"));

  EXPECT_THAT(answer, Fails(400, "ValidationException", HasSubstr("1 validation error detected")));
}

TEST_F(WaitTest, AddHeadersToTheAnswer) {
  const Answered answer = Ask("lambda", "Invoke", Told("count"));

  EXPECT_EQ(answer.response.headers.Get("x-test"), "from outside");
}

TEST_F(WaitTest, BugsOfAHandlerAreTheServicesFault) {
  const Answered answer = Ask("lambda", "Invoke", Told("throw"));

  EXPECT_THAT(answer, Fails(500, "InternalFailure", "the cloud has a bug: a bug of the handler"));
  EXPECT_THAT(log().lines(), Contains("a handler has a bug: a bug of the handler"));
}

TEST_F(WaitTest, BugsOnAWorkerComeBackToTheHandler) {
  EXPECT_THAT(Ask("lambda", "Invoke", Told("work badly")),
              Fails(500, "InternalFailure", "the cloud has a bug: a bug of the work"));
}

TEST_F(WaitTest, EndWithTheCloudWhenItStops) {
  const Pending pending = Begin("lambda", "Invoke", Told("sleep"));

  Restart();
  Advance(std::chrono::seconds(10));

  EXPECT_FALSE(pending.done());
  EXPECT_EQ(Ask("lambda", "Invoke", Told("count")).output.GetString("Payload"), "1");
}

}  // namespace
}  // namespace trunkline::cloud::tests
