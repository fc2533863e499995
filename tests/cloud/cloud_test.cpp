#include "cloud/cloud.h"

#include <exception>
#include <set>

#include <boost/asio/co_spawn.hpp>
#include <gmock/gmock.h>

#include "base/files.h"
#include "cloud/callers.h"
#include "cloud/children.h"
#include "cloud/wait.h"
#include "net/client.h"
#include "tests/cloud/support/fake_service.h"
#include "tests/support/shared_data.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::HasSubstr;

constexpr Kind kCount{"test", "count"};

// Over a socket, as a function does that calls the cloud it runs in.
net::aw<Answer<>> CallBackOverHttp(WaitContext context, json::Object) {
  net::Client client(context.loop(), context.engine().environment);
  net::Request request{
      .method = "GET",
      .target = "/2015-03-31/functions/f",
      .headers = {
          {"Authorization",
           "AWS4-HMAC-SHA256 Credential=111122223333/20261122/eu-central-1/lambda/aws4_request, "
           "SignedHeaders=host, Signature=0"},
          {"X-Amz-Date", "20261122T203518Z"}}};
  net::Url origin = *net::ParseUrl(context.endpoint());
  TL_CO_TRY(const net::Response response,
            co_await client.Send(std::move(origin), std::move(request)));
  co_return json::Object{{"StatusCode", 200}, {"Payload", response.body}};
}

Answer<> CountUp(Context& context, const json::Object&) {
  const Record* record = context.store.Find(context.RegionScope(), kCount, "it");
  const std::int64_t n = (record ? record->body.GetInt("N") : 0) + 1;
  context.store.Put(context.RegionScope(), kCount,
                    {.id = "it", .parent = {}, .name = {}, .body = {{"N", n}}});
  return json::Object{{"Tags", json::Object{{"n", std::to_string(n)}}}};
}

constexpr WaitHandler kCallBackOverHttp{CallBackOverHttp};

// A cloud on a real port of the loopback, with real time.
class CloudOnAPort : public ::testing::Test {
 protected:
  CloudOnAPort() {
    services_.Add("lambda", {{.name = "GetFunction", .handle = CountUp},
                             {.name = "Invoke", .wait = &kCallBackOverHttp}});
    options_.port = 0;
    options_.services = services_.all();
  }
  Result<std::unique_ptr<Cloud>> Open() {
    return Cloud::Open(options_, {.loop = loop_,
                                  .timers = timers_,
                                  .clock = clock_,
                                  .real_clock = clock_,
                                  .random = random_,
                                  .log = log_,
                                  .environment = environment_});
  }
  static net::Request Invoke() {
    return {
        .method = "POST",
        .target = "/2015-03-31/functions/f/invocations",
        .headers = {
            {"Authorization",
             "AWS4-HMAC-SHA256 Credential=111122223333/20261122/eu-central-1/lambda/aws4_request, "
             "SignedHeaders=host, Signature=0"},
            {"X-Amz-Date", "20261122T203518Z"}}};
  }
  // All at once; the answers in any order.
  std::vector<Result<net::Response>> SendAll(const Cloud& cloud,
                                             std::vector<net::Request> requests) {
    std::vector<Result<net::Response>> answers;
    const std::size_t expected = requests.size();
    for (net::Request& request : requests) {
      net::asio::co_spawn(loop_, SendOne(cloud.endpoint(), std::move(request), answers),
                          [](const std::exception_ptr& thrown) {
                            if (thrown) std::rethrow_exception(thrown);
                          });
    }
    while (answers.size() < expected && loop_.run_one_for(std::chrono::seconds(60)) != 0) {
    }
    return answers;
  }

  net::Loop loop_{1};
  SystemClock clock_;
  LoopTimers timers_{loop_, clock_};
  SystemRandom random_;
  MemoryLog log_;
  SystemEnvironment environment_;
  FakeServices services_;
  CloudOptions options_;

 private:
  net::aw<void> SendOne(std::string origin, net::Request request,
                        std::vector<Result<net::Response>>& answers) {
    auto url = *net::ParseUrl(origin);
    answers.push_back(co_await client_.Send(std::move(url), std::move(request)));
  }
  net::Client client_{loop_, environment_};
};

TEST_F(CloudOnAPort, NamesItselfByTheLoopback) {
  const auto cloud = Open().value();

  ASSERT_TRUE(cloud->Start());

  EXPECT_NE(cloud->port(), 0);
  EXPECT_EQ(cloud->endpoint(), fmt::format("http://127.0.0.1:{}", cloud->port()));
}

TEST_F(CloudOnAPort, AnswersSixtyFourFunctionsThatCallBackAtOnce) {
  const auto cloud = Open().value();
  ASSERT_TRUE(cloud->Start());

  const auto answers = SendAll(*cloud, std::vector<net::Request>(64, Invoke()));

  std::set<std::string> bodies;
  for (const auto& answer : answers) {
    ASSERT_TRUE(answer) << answer.error().ToText();
    EXPECT_EQ(answer->status, 200) << answer->body;
    bodies.insert(answer->body);
  }
  EXPECT_EQ(bodies.size(), 64U) << "every call counted once";
}

TEST_F(CloudOnAPort, SaysThatThePortIsTaken) {
  const auto first = Open().value();
  ASSERT_TRUE(first->Start());
  options_.port = first->port();
  const auto second = Open().value();

  const auto started = second->Start();

  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().kind(), ErrorKind::kConflict);
  EXPECT_THAT(started.error().message(), HasSubstr(std::to_string(first->port())));
}

TEST_F(CloudOnAPort, NeedsNoFolderAndLeavesNone) {
  std::string folder;
  {
    const auto cloud = Open().value();
    folder = cloud->engine().data_folder;
    EXPECT_TRUE(DiskFiles().IsFolder(folder));
    EXPECT_EQ(cloud->engine().store.folder(), "");
  }

  EXPECT_FALSE(DiskFiles().Exists(folder));
}

TEST_F(CloudOnAPort, CallsOperationsWithoutHttp) {
  const auto cloud = Open().value();
  std::optional<json::Object> counted;

  net::asio::co_spawn(
      loop_,
      [](Cloud* called, std::optional<json::Object>* out) -> net::aw<void> {
        json::Object input{{"FunctionName", "f"}};
        Answer<> answer = co_await called->Call(RootCaller("111122223333"), "eu-central-1",
                                                "lambda", "GetFunction", std::move(input));
        if (answer) *out = std::move(*answer);
      }(cloud.get(), &counted),
      [](const std::exception_ptr&) {});
  loop_.poll();

  ASSERT_TRUE(counted);
  EXPECT_EQ(counted->GetObject("Tags").GetString("n"), "1");
}

}  // namespace
}  // namespace trunkline::cloud::tests
