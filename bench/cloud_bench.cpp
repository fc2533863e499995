// What a call of the embedded cloud costs. The input is connect:DescribeQueue as the AWS CLI sends
// it (8 headers), for the queue every new instance has, over one keep-alive connection on loopback;
// the state is in memory.
//
// Reported is the processor time of the loop's thread, which other work on the machine disturbs
// less than the time that passes: `server_us` a request, and `a_core` such requests a second.
// `key:account` is believed, `key:session` is verified. The baseline is the same server with a
// handler that answers at once; `of_baseline` is our time as a multiple of its, measured in the
// same run.
#include <array>
#include <optional>
#include <string>
#include <thread>

#include <benchmark/benchmark.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "aws/codec.h"
#include "aws/sigv4.h"
#include "cloud/callers.h"
#include "cloud/cloud.h"
#include "cloud/services/sts/sessions.h"
#include "net/server.h"
#include "tests/support/shared_data.h"

namespace trunkline::cloud {
namespace {

namespace asio = net::asio;

constexpr std::string_view kAccount = "111122223333";
constexpr std::string_view kRegion = "eu-central-1";

// Processor time of a running thread.
double SecondsOf(std::thread& thread) {
  clockid_t clock = 0;
  pthread_getcpuclockid(thread.native_handle(), &clock);
  timespec now{};
  clock_gettime(clock, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

int ConnectTo(std::uint16_t port) {
  const int caller = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(caller, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0)
    std::abort();
  const int on = 1;
  setsockopt(caller, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
  return caller;
}

// Sends `request` and reads one answer; all answers of a run are equally long after the first.
std::string Exchange(int socket, const std::string& request) {
  std::array<char, 16384> buffer{};
  if (send(socket, request.data(), request.size(), MSG_NOSIGNAL) < 0) return {};
  std::string answer;
  for (;;) {
    const ssize_t count = recv(socket, buffer.data(), buffer.size(), 0);
    if (count <= 0) return {};
    answer.append(buffer.data(), static_cast<std::size_t>(count));
    const std::size_t head = answer.find("\r\n\r\n");
    const std::size_t length = answer.find("Content-Length: ");
    if (head == std::string::npos || length == std::string::npos) continue;
    if (answer.size() >= head + 4 + std::stoul(answer.substr(length + 16))) return answer;
  }
}

class RunningCloud {
 public:
  RunningCloud() {
    if (!cloud_->Start()) std::abort();
    instance_ = Call("connect", "CreateInstance",
                     {{"IdentityManagementType", "CONNECT_MANAGED"},
                      {"InstanceAlias", "bench"},
                      {"InboundCallsEnabled", true},
                      {"OutboundCallsEnabled", true}})
                    .GetString("Id");
    loop_.restart();
    loop_.run_for(std::chrono::milliseconds(200));  // it becomes ACTIVE after 50 ms
    const json::Object queues =
        Call("connect", "ListQueues",
             {{"InstanceId", instance_}, {"QueueTypes", json::Array{"STANDARD"}}});
    queue_ = queues.GetArray("QueueSummaryList").at(0).AsObject().GetString("Id");
  }
  ~RunningCloud() {
    asio::post(loop_, [this] {
      cloud_->Stop();
      loop_.stop();
    });
    if (thread_.joinable()) thread_.join();
  }
  RunningCloud(const RunningCloud&) = delete;
  RunningCloud& operator=(const RunningCloud&) = delete;

  void Run() {
    loop_.restart();
    thread_ = std::thread([this] { loop_.run(); });
  }
  std::thread& thread() { return thread_; }
  std::uint16_t port() const { return cloud_->port(); }

  aws::Credentials AccountKey() const {
    return {.access_key_id = std::string(kAccount), .secret_key = "test"};
  }
  aws::Credentials SessionKey() {
    Reply reply;
    aws::Credentials credentials;
    const Caller caller = RootCaller(kAccount);
    const auto done = cloud_->engine().State(
        caller, kRegion, "", nullptr, reply, [&](Context& context) -> Answer<> {
          const IssuedKey key = sts::StartSession(context, caller, std::chrono::hours(1));
          credentials = {.access_key_id = key.caller.access_key_id,
                         .secret_key = key.secret,
                         .session_token = key.session_token};
          return json::Object();
        });
    if (!done) std::abort();
    return credentials;
  }

  std::string DescribeQueue(const aws::Credentials& credentials) const {
    net::Request request{
        .method = "GET",
        .target = fmt::format("/queues/{}/{}", instance_, queue_),
        .headers = {{"Host", fmt::format("127.0.0.1:{}", port())},
                    {"Accept-Encoding", "identity"},
                    {"User-Agent", "aws-cli/2.9.19 Python/3.11.2 Linux/6.1.0 command/connect"},
                    {"amz-sdk-request", "attempt=1"}}};
    aws::Sign(request, credentials,
              {.region = std::string(kRegion),
               .service = "connect",
               .time = clock_.Now(),
               .payload_hash = {}});
    std::string text = fmt::format("{} {} HTTP/1.1\r\n", request.method, request.target);
    for (const auto& [name, value] : request.headers)
      text += fmt::format("{}: {}\r\n", name, value);
    return text + "\r\n";
  }

 private:
  json::Object Call(std::string service, std::string operation, json::Object input) {
    std::optional<json::Object> output;
    asio::co_spawn(loop_,
                   CallInto(std::move(service), std::move(operation), std::move(input), &output),
                   [](const std::exception_ptr&) {});
    loop_.restart();
    while (!output && loop_.run_one() != 0) {
    }
    return std::move(output).value();
  }
  net::aw<void> CallInto(std::string service, std::string operation, json::Object input,
                         std::optional<json::Object>* output) {
    Answer<> answer =
        co_await cloud_->Call(RootCaller(kAccount), std::string(kRegion), std::move(service),
                              std::move(operation), std::move(input));
    if (!answer) std::abort();
    *output = std::move(*answer);
  }

  net::Loop loop_{1};
  SystemClock clock_;
  LoopTimers timers_{loop_, clock_};
  SystemRandom random_;
  MemoryLog log_;
  SystemEnvironment environment_;
  std::unique_ptr<Cloud> cloud_ = Cloud::Open({.port = 0}, {.loop = loop_,
                                                            .timers = timers_,
                                                            .clock = clock_,
                                                            .real_clock = clock_,
                                                            .random = random_,
                                                            .log = log_,
                                                            .environment = environment_})
                                      .value();
  std::string instance_;
  std::string queue_;
  std::thread thread_;
};

// A cloud that nobody is connected to; its state is on disk.
class QuietCloud {
 public:
  json::Object Call(std::string_view service, std::string_view operation,
                    const json::Object& input) {
    Reply reply;
    auto answer = cloud_->engine().State(
        RootCaller(kAccount), kRegion, "", nullptr, reply,
        [&](Context& context) { return context.Call(service, operation, input); });
    if (!answer) std::abort();
    return std::move(*answer);
  }

 private:
  net::Loop loop_{1};
  SystemClock clock_;
  LoopTimers timers_{loop_, clock_};
  SystemRandom random_;
  MemoryLog log_;
  SystemEnvironment environment_;
  trunkline::tests::TemporaryFolder folder_;
  std::unique_ptr<Cloud> cloud_ =
      Cloud::Open({.data = folder_.path(), .port = 0}, {.loop = loop_,
                                                        .timers = timers_,
                                                        .clock = clock_,
                                                        .real_clock = clock_,
                                                        .random = random_,
                                                        .log = log_,
                                                        .environment = environment_})
          .value();
};

net::aw<net::Response> AnswerAtOnce(net::Request) {
  net::Response response;
  response.headers.Add("Content-Type", "application/json");
  response.body = std::string(400, 'x');
  co_return response;
}

// Processor seconds a request takes that nobody looks into.
double Baseline(const std::string& request) {
  net::Loop loop{1};
  MemoryLog log;
  auto server = net::Server::Listen(loop, {}, AnswerAtOnce, log).value();
  std::thread thread([&] { loop.run(); });
  const int caller = ConnectTo(server->port());
  constexpr int kRequests = 10'000;
  Exchange(caller, request);
  const double start = SecondsOf(thread);
  for (int i = 0; i < kRequests; ++i) Exchange(caller, request);
  const double took = SecondsOf(thread) - start;
  close(caller);
  asio::post(loop, [&] {
    server->Stop();
    loop.stop();
  });
  thread.join();
  return took / kRequests;
}

void BM_DescribeQueue(benchmark::State& state, bool verified) {
  RunningCloud cloud;
  const std::string request =
      cloud.DescribeQueue(verified ? cloud.SessionKey() : cloud.AccountKey());
  const double baseline = Baseline(request);
  cloud.Run();
  const int caller = ConnectTo(cloud.port());
  if (Exchange(caller, request).find("\"Name\":\"BasicQueue\"") == std::string::npos) std::abort();
  const double start = SecondsOf(cloud.thread());
  for (auto _ : state) {
    if (Exchange(caller, request).empty()) state.SkipWithError("the cloud closed the connection");
  }
  const double took = (SecondsOf(cloud.thread()) - start) / static_cast<double>(state.iterations());
  close(caller);
  state.SetItemsProcessed(state.iterations());
  state.counters["server_us"] = took * 1e6;
  state.counters["a_core"] = 1 / took;
  state.counters["of_baseline"] = took / baseline;
}
BENCHMARK_CAPTURE(BM_DescribeQueue, believed, false)
    ->Name("DescribeQueue/key:account")
    ->UseRealTime();
BENCHMARK_CAPTURE(BM_DescribeQueue, verified, true)
    ->Name("DescribeQueue/key:session")
    ->UseRealTime();

// An execution of ten Pass and Choice states, from StartExecution to its end, with its history. The
// baseline is a PutParameter of SSM: one small record, written and committed.
void BM_StartExecution(benchmark::State& state) {
  QuietCloud cloud;
  cloud.Call("iam", "CreateRole",
             {{"RoleName", "machine"},
              {"AssumeRolePolicyDocument",
               R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":)"
               R"({"Service":"states.amazonaws.com"},"Action":"sts:AssumeRole"}]})"}});
  std::string states;
  for (int i = 0; i < 5; ++i) {
    states += fmt::format(
        R"x("P{0}":{{"Type":"Pass","Parameters":{{"n.$":"States.MathAdd($.n, 1)"}},"Next":"C{0}"}},)x",
        i);
    states +=
        fmt::format(R"("C{}":{{"Type":"Choice","Choices":[{{"Variable":"$.n","NumericLessThan":0,)"
                    R"("Next":"End"}}],"Default":"{}"}},)",
                    i, i < 4 ? fmt::format("P{}", i + 1) : "End");
  }
  const json::Object made = cloud.Call(
      "stepfunctions", "CreateStateMachine",
      {{"name", "bench"},
       {"roleArn", fmt::format("arn:aws:iam::{}:role/machine", kAccount)},
       {"definition",
        fmt::format(R"({{"StartAt":"P0","States":{{{}"End":{{"Type":"Succeed"}}}}}})", states)}});
  const json::Object input{{"stateMachineArn", made.At("stateMachineArn")},
                           {"input", R"({"n":1})"}};
  const json::Object started = cloud.Call("stepfunctions", "StartExecution", input);
  const json::Object ended = cloud.Call("stepfunctions", "DescribeExecution",
                                        {{"executionArn", started.At("executionArn")}});
  if (ended.GetString("output") != R"({"n":6})") std::abort();

  constexpr int kWrites = 1'000;
  const auto before = std::chrono::steady_clock::now();
  for (int i = 0; i < kWrites; ++i) {
    cloud.Call("ssm", "PutParameter",
               {{"Name", fmt::format("/p/{}", i)}, {"Value", "v"}, {"Type", "String"}});
  }
  const std::chrono::duration<double> writes = std::chrono::steady_clock::now() - before;
  const auto start = std::chrono::steady_clock::now();
  for (auto _ : state) cloud.Call("stepfunctions", "StartExecution", input);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  state.SetItemsProcessed(state.iterations());
  state.counters["of_baseline"] =
      took.count() / static_cast<double>(state.iterations()) / (writes.count() / kWrites);
}
BENCHMARK(BM_StartExecution)->Name("StartExecution/states:11");

}  // namespace
}  // namespace trunkline::cloud
