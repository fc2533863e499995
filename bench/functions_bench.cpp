// What a push costs the router, on one core. The input is a push event as GitHub sends it: three
// commits of seven paths, a repository with its 40 addresses, 7 KB, signed, as base64 in an event
// of an HTTP API.
//
// RouterReads is everything that needs nobody else: the event read, the signature checked, the
// pipelines chosen, the answer written. Its baseline is what no receiver can do without: the HMAC
// of the body and one json::Parse; `of_baseline` is our time as a multiple of its, measured in the
// same run. RouterAnswers is the whole handler, whose calls of AWS (a ledger, two pipelines) a
// server on another thread answers; the processor time is the handler's thread's alone.
//
// Comparison is a statistical test: signatures that are wrong in their first and in their last byte
// are compared in random turns, and `t` is Welch's. Beyond 4.5 the times would differ.
#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <ctime>
#include <optional>
#include <thread>
#include <vector>

#include <benchmark/benchmark.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>

#include "base/hash.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "functions/function.h"
#include "functions/router_delivery.h"
#include "functions/router_plan.h"
#include "functions/router_reply.h"
#include "functions/router_signature.h"
#include "net/server.h"

namespace trunkline::functions {
namespace {

const std::string kSecret = "It's a Secret to Everybody";

std::string CommitOf(std::uint64_t number) {
  return fmt::format("{:040x}", number + 1);
}

json::Object CommitShape(std::uint64_t number) {
  json::Array paths;
  for (int i = 0; i < 7; ++i) {
    paths.emplace_back(fmt::format("amzconnect-{}/lib/some/folder/file-{}.json",
                                   i % 2 == 0 ? "contact-flows" : "lambdas", i));
  }
  json::Object person{{"name", "Ann"}, {"email", "ann@example.com"}, {"username", "ann"}};
  return {{"id", CommitOf(number)},
          {"tree_id", CommitOf(number + 7)},
          {"distinct", true},
          {"message", "Say good morning before noon\n\nThe greeting did not know the time."},
          {"timestamp", "2026-11-22T11:58:20Z"},
          {"url", "https://github.com/acme/center/commit/" + CommitOf(number)},
          {"author", person},
          {"committer", person},
          {"added", json::Array()},
          {"removed", json::Array()},
          {"modified", std::move(paths)}};
}

json::Object RepositoryShape() {
  json::Object shape{{"id", 1}, {"full_name", "acme/center"}, {"pushed_at", 1795348700}};
  for (int i = 0; i < 40; ++i)
    shape.Set(fmt::format("address_{}_url", i),
              fmt::format("https://api.github.com/repos/acme/center/something-{}{{/sha}}", i));
  return shape;
}

// The push that moves the branch from one number's commit to the next.
std::string BodyOf(std::uint64_t number) {
  json::Array commits;
  for (int i = 0; i < 3; ++i) commits.emplace_back(CommitShape(number + 1));
  json::Object payload{{"ref", "refs/heads/develop"},
                       {"before", CommitOf(number)},
                       {"after", CommitOf(number + 1)},
                       {"created", false},
                       {"deleted", false},
                       {"forced", false},
                       {"commits", std::move(commits)},
                       {"head_commit", CommitShape(number + 1)},
                       {"repository", RepositoryShape()}};
  return json::Write(std::move(payload));
}

std::string EventOf(const std::string& body) {
  json::Object headers{{"content-type", "application/json"},
                       {"user-agent", "GitHub-Hookshot/0123456"},
                       {"x-github-delivery", "72d3162e-cc78-11e3-81ab-4c9367dc0958"},
                       {"x-github-event", "push"},
                       {"x-hub-signature-256", router::SignatureOf(kSecret, body)}};
  json::Object event{{"version", "2.0"},
                     {"routeKey", "POST /github"},
                     {"headers", std::move(headers)},
                     {"body", ToBase64(body)},
                     {"isBase64Encoded", true}};
  return json::Write(std::move(event));
}

router::Settings Center() {
  router::Settings settings;
  settings.repository = "acme/center";
  settings.branches = {{.branch = "develop", .environment = "dev"}};
  settings.projects = {"instance", "supporting-infra", "lambdas", "contact-flows"};
  return settings;
}

std::string Read(const router::Settings& settings, const std::vector<std::string>& secrets,
                 const std::string& text) {
  using namespace router;  // NOLINT(google-build-using-namespace)
  const json::Value event = json::Parse(text).value();
  const Delivery delivery = ReadDelivery(event).value();
  if (!IsSigned(delivery.signature, delivery.body, secrets)) return "";
  Routing routing;
  routing.push = ReadPush(ReadPayload(delivery).value()).value();
  routing.key = KeyOf(routing.push);
  routing.changes.tops = routing.push.tops;
  const RoutePlan plan = MakePlan(settings, BranchRecord(), routing);
  Routed routed;
  routed.commit = plan.commit;
  for (const std::string& pipeline : plan.to_start)
    routed.started.push_back({.pipeline = pipeline, .execution = "e"});
  return json::Write(ToHttp(ToReply(routed)));
}

double Now() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

void RouterReads(benchmark::State& state) {
  const router::Settings settings = Center();
  const std::vector<std::string> secrets = {kSecret};
  const std::string body = BodyOf(1);
  const std::string event = EventOf(body);
  if (Read(settings, secrets, event).find("amzconnect-lambdas-develop") == std::string::npos)
    return state.SkipWithError("the push was not understood");
  double ours = 0;
  double baseline = 0;
  for (auto _ : state) {
    const double begin = Now();
    benchmark::DoNotOptimize(Read(settings, secrets, event));
    const double middle = Now();
    benchmark::DoNotOptimize(HmacSha256(kSecret, body));
    benchmark::DoNotOptimize(json::Parse(body));
    ours += middle - begin;
    baseline += Now() - middle;
  }
  state.counters["pushes_a_second"] = static_cast<double>(state.iterations()) / ours;
  state.counters["of_baseline"] = ours / baseline;
  state.counters["bytes"] = static_cast<double>(body.size());
}
BENCHMARK(RouterReads);

// Answers what the router asks, and knows nothing of it.
net::aw<net::Response> AnswerAws(net::Request request) {
  const std::string_view target = request.headers.Get("X-Amz-Target");
  net::Response response;
  response.headers.Set("Content-Type", "application/json");
  response.body = "{}";
  if (target.ends_with("GetSecretValue"))
    response.body = json::Write(json::Object{{"SecretString", kSecret}, {"CreatedDate", 1}});
  if (target.ends_with("StartPipelineExecution"))
    response.body = R"({"pipelineExecutionId": "0b1c2d3e-4f50-6172-8394-a5b6c7d8e9f0"})";
  co_return response;
}

class AwsThread {
 public:
  AwsThread() {
    net::Handler handler = AnswerAws;
    server_ = std::move(net::Server::Listen(loop_, {}, std::move(handler), log_)).value();
    thread_ = std::thread([this] { loop_.run(); });
  }
  ~AwsThread() {
    loop_.stop();
    thread_.join();
  }
  std::string url() const { return fmt::format("http://127.0.0.1:{}", server_->port()); }

 private:
  net::Loop loop_{1};
  MemoryLog log_;
  std::unique_ptr<net::Server> server_;
  std::thread thread_;
};

class Host {
 public:
  explicit Host(const std::string& url)
      : environment_({{"AWS_ACCESS_KEY_ID", "AKIDTEST"},
                      {"AWS_SECRET_ACCESS_KEY", "secret"},
                      {"AWS_REGION", "eu-central-1"},
                      {"AWS_ENDPOINT_URL", url},
                      {"TRUNKLINE_SECRET_ARN", "arn:secret"},
                      {"TRUNKLINE_LEDGER_TABLE", "ledger"},
                      {"TRUNKLINE_REPOSITORY", "acme/center"},
                      {"TRUNKLINE_BRANCHES", R"({"develop": "dev"})"},
                      {"TRUNKLINE_PROJECTS", "instance,supporting-infra,lambdas,contact-flows"}}) {}

  json::Value Answer(json::Value event) {
    std::optional<Result<json::Value>> answer;
    net::asio::co_spawn(loop_, Keep(std::move(event), &answer), net::asio::detached);
    loop_.restart();
    while (!answer) loop_.run_one();
    return answer->value();
  }

 private:
  net::aw<void> Keep(json::Value event, std::optional<Result<json::Value>>* answer) {
    answer->emplace(co_await FindFunction("router")->answer(world_, std::move(event)));
  }

  MapEnvironment environment_;
  MemoryFiles files_;
  ManualClock clock_{*ParseIso8601("2026-11-22T12:00:00Z")};
  SeededRandom random_{1};
  DescriptorLog log_{Log::Level::kError};
  net::Loop loop_{1};
  net::RealTimers timers_{loop_};
  Memory memory_;
  FunctionWorld world_{.environment = environment_,
                       .files = files_,
                       .clock = clock_,
                       .random = random_,
                       .log = log_,
                       .timers = timers_,
                       .client = aws::Client({.loop = loop_,
                                              .environment = environment_,
                                              .files = files_,
                                              .clock = clock_,
                                              .random = random_,
                                              .log = log_,
                                              .timers = timers_},
                                             {}),
                       .task_root = "/",
                       .memory = memory_};
};

void RouterAnswers(benchmark::State& state) {
  const AwsThread aws;
  Host host(aws.url());
  std::uint64_t number = 0;
  double ours = 0;
  for (auto _ : state) {
    state.PauseTiming();
    const std::string event = EventOf(BodyOf(++number));
    state.ResumeTiming();
    const double begin = Now();
    const json::Value answer = host.Answer(json::Parse(event).value());
    ours += Now() - begin;
    if (answer.AsObject().GetInt("statusCode") != 200)
      return state.SkipWithError("the push was not routed");
  }
  state.counters["pushes_a_second"] = static_cast<double>(state.iterations()) / ours;
}
BENCHMARK(RouterAnswers)->UseRealTime();

struct Sample {
  double count = 0;
  double mean = 0;
  double squares = 0;  // Welford's sum
  void Add(double value) {
    ++count;
    const double step = value - mean;
    mean += step / count;
    squares += step * (value - mean);
  }
  double variance() const { return squares / (count - 1); }
};

void Comparison(benchmark::State& state) {
  const std::vector<std::string> secrets = {kSecret};
  const std::string body = "Hello, World!";
  std::array<std::string, 2> wrong = {router::SignatureOf(kSecret, body),
                                      router::SignatureOf(kSecret, body)};
  wrong[0].front() ^= 1;
  wrong[1].back() ^= 1;
  const std::string right = router::SignatureOf(kSecret, body);
  SeededRandom random(1);
  std::array<Sample, 2> samples;
  for (auto _ : state) {
    const std::size_t which = UniformBelow(random, 2);
    const auto begin = std::chrono::steady_clock::now();
    for (int i = 0; i < 20; ++i)
      benchmark::DoNotOptimize(EqualsConstantTime(right, wrong.at(which)));
    const std::chrono::duration<double, std::nano> took = std::chrono::steady_clock::now() - begin;
    if (took.count() < 20'000) samples.at(which).Add(took.count());  // not while switched away
  }
  const double spread =
      samples[0].variance() / samples[0].count + samples[1].variance() / samples[1].count;
  state.counters["t"] = std::abs(samples[0].mean - samples[1].mean) / std::sqrt(spread);
  state.counters["first_ns"] = samples[0].mean / 20;
  state.counters["last_ns"] = samples[1].mean / 20;
}
BENCHMARK(Comparison)->Iterations(1'000'000);

}  // namespace
}  // namespace trunkline::functions
