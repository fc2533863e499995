#include "tests/cloud/support/cloud_test.h"

#include <chrono>
#include <exception>
#include <ostream>
#include <utility>

#include <boost/asio/co_spawn.hpp>

#include "aws/codec.h"
#include "base/json_write.h"

namespace trunkline::cloud::tests {
namespace {

// Longer than any operation of a test takes, even under a sanitizer.
constexpr std::chrono::seconds kPatience{60};

TimePoint StartOfTests() {
  return *ParseIso8601("2026-11-22T20:35:18Z");
}

}  // namespace

void PrintTo(const Answered& answered, std::ostream* out) {
  *out << answered.status << " " << answered.code << " \"" << answered.message << "\" "
       << json::Write(answered.output);
}

CloudTest::CloudTest(CloudOptions options) : options_(std::move(options)), clock_(StartOfTests()) {
  options_.data = folder_.path() + "/state";
  options_.settings.stack_linger = Milliseconds(0);
  Open();
}

// Every code a handler answered with stands in its operation's model row: clients know no others.
void CloudTest::TearDown() {
  for (const std::string& line : log_.lines()) {
    EXPECT_THAT(line, ::testing::Not(::testing::HasSubstr("which its model row does not name")));
  }
}

// The cloud goes first, then what it was given; coroutines that still wait go with timers and loop.
CloudTest::~CloudTest() = default;

void CloudTest::Open() {
  loop_ = std::make_unique<net::Loop>(1);
  timers_ = std::make_unique<ManualTimers>(clock_);
  auto cloud = Cloud::Open(options_, {.loop = *loop_,
                                      .timers = *timers_,
                                      .clock = clock_,
                                      .real_clock = clock_,
                                      .random = random_,
                                      .log = log_,
                                      .environment = environment_});
  if (!cloud) throw std::runtime_error(cloud.error().ToText());
  cloud_ = std::move(cloud).value();
}

void CloudTest::Restart() {
  cloud_.reset();
  timers_.reset();
  loop_.reset();
  Open();
}

void CloudTest::RunLoop() {
  loop_->restart();
  loop_->poll();
}

void CloudTest::Advance(Milliseconds by) {
  const TimePoint end = clock_.Now() + by;
  RunLoop();
  while (timers_->RunNext(end)) RunLoop();
  if (end > clock_.Now()) clock_.Advance(end - clock_.Now());
}

net::Request CloudTest::Encode(std::string_view service, std::string_view operation,
                               const json::Object& input) {
  const aws::Model* model = models_.Find(service);
  const aws::OperationRow* row = model ? model->FindOperation(operation) : nullptr;
  if (!row) throw std::logic_error(fmt::format("no model row for {}:{}", service, operation));
  auto request = aws::EncodeRequest(*model, *row, input);
  if (!request) throw std::logic_error(request.error().ToText());
  request->headers.Set("Host", "127.0.0.1:4566");
  SignFor(*model, *request);
  return std::move(request).value();
}

void CloudTest::SignFor(const aws::Model& model, net::Request& request) {
  if (credentials_) {
    const bool s3 = model.service == "s3";
    const aws::SignOptions options{.region = region_,
                                   .service = model.signing_name,
                                   .time = clock_.Now(),
                                   .double_encode = !s3,
                                   .normalise = !s3,
                                   .sign_body = s3,
                                   .payload_hash = {}};
    aws::Sign(request, *credentials_, options);
    return;
  }
  const std::string time = ToIso8601Basic(clock_.Now());
  request.headers.Set("X-Amz-Date", time);
  request.headers.Set("Authorization",
                      fmt::format("AWS4-HMAC-SHA256 Credential={}/{}/{}/{}/aws4_request, "
                                  "SignedHeaders=host;x-amz-date, Signature={:064}",
                                  account_, time.substr(0, 8), region_, model.signing_name, 0));
}

Answered CloudTest::Decode(std::string_view service, std::string_view operation,
                           const net::Response& response) {
  const aws::Model* model = models_.Find(service);
  Answered answered{
      .status = response.status, .code = {}, .message = {}, .output = {}, .response = response};
  if (response.status >= 300) {
    const Error error = aws::DecodeError(*model, response, &answered.output);
    answered.code = error.code();
    answered.message = error.message();
    return answered;
  }
  auto output = aws::DecodeResponse(*model, *model->FindOperation(operation), response);
  if (output) {
    answered.output = std::move(output).value();
  } else {
    answered.code = output.error().code().empty() ? "Undecodable" : output.error().code();
    answered.message = output.error().message();
  }
  return answered;
}

Pending CloudTest::Begin(std::string_view service, std::string_view operation,
                         const json::Object& input) {
  Pending pending{.response = std::make_shared<std::optional<net::Response>>(),
                  .service = std::string(service),
                  .operation = std::string(operation)};
  net::asio::co_spawn(
      *loop_, cloud_->Handle(Encode(service, operation, input)),
      [slot = pending.response](const std::exception_ptr& thrown, net::Response response) {
        if (thrown) std::rethrow_exception(thrown);
        *slot = std::move(response);
      });
  RunLoop();
  return pending;
}

Answered CloudTest::Wait(const Pending& pending) {
  const auto end = std::chrono::steady_clock::now() + kPatience;
  loop_->restart();
  while (!pending.done()) {
    if (std::chrono::steady_clock::now() > end || loop_->run_one_for(kPatience) == 0) {
      ADD_FAILURE() << pending.service << ":" << pending.operation << " does not answer";
      return {};
    }
  }
  return Decode(pending.service, pending.operation, **pending.response);
}

Answered CloudTest::Ask(std::string_view service, std::string_view operation,
                        const json::Object& input) {
  return Wait(Begin(service, operation, input));
}

json::Object CloudTest::Do(std::string_view service, std::string_view operation,
                           const json::Object& input) {
  Answered answered = Ask(service, operation, input);
  EXPECT_THAT(answered, Succeeds()) << "of " << service << ":" << operation;
  return std::move(answered.output);
}

net::Response CloudTest::Send(net::Request request) {
  std::optional<net::Response> answer;
  net::asio::co_spawn(*loop_, cloud_->Handle(std::move(request)),
                      [&](const std::exception_ptr& thrown, net::Response response) {
                        if (thrown) std::rethrow_exception(thrown);
                        answer = std::move(response);
                      });
  loop_->restart();
  while (!answer && loop_->run_one_for(kPatience) != 0) {
  }
  if (!answer) throw std::runtime_error("the cloud does not answer");
  return std::move(*answer);
}

}  // namespace trunkline::cloud::tests
