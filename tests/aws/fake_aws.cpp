#include "tests/aws/fake_aws.h"

#include <gmock/gmock.h>

namespace trunkline::aws {

FakeAws::FakeAws() : answer_([](const net::Request&) { return Ok(); }) {
  net::ServerOptions options;
  options.timers = &server_timers_;
  net::Handler handler = [this](net::Request request) -> net::aw<net::Response> {
    requests_.push_back(request);
    co_return answer_(requests_.back());
  };
  server_ = std::move(net::Server::Listen(loop_, options, std::move(handler), log_)).value();
}

void FakeAws::AnswersInTurn(std::vector<net::Response> responses) {
  auto left = std::make_shared<std::vector<net::Response>>(std::move(responses));
  answer_ = [left](const net::Request&) {
    net::Response response = left->front();
    if (left->size() > 1) left->erase(left->begin());
    return response;
  };
}

Client FakeAws::MakeClient(ClientOptions options, std::map<std::string, std::string> more) {
  std::map<std::string, std::string> values = std::move(more);
  values.emplace("AWS_ACCESS_KEY_ID", kTestKey);
  values.emplace("AWS_SECRET_ACCESS_KEY", kTestSecret);
  values.emplace("AWS_REGION", "eu-central-1");
  values.emplace("AWS_ENDPOINT_URL", url());
  values.emplace("AWS_EC2_METADATA_DISABLED", "true");
  environments_.push_back(std::make_unique<MapEnvironment>(std::move(values)));
  return {ClientWorld{loop_, *environments_.back(), files_, clock_, random_, log_, timers_},
          std::move(options)};
}

void FakeAws::Step() {
  loop_.restart();
  if (loop_.poll_one() > 0) return;
  if (const std::optional<Milliseconds> due = timers_.NextDue()) {
    waited_ += *due;
    clock_.Advance(*due);
    timers_.Advance(*due);
    return;
  }
  loop_.run_one();
}

net::Response Ok(std::string body) {
  net::Response response{.status = 200, .body = std::move(body)};
  response.headers.Set("Content-Type", "application/json");
  return response;
}

net::Response Refusal(int status, const std::string& code, const std::string& message) {
  net::Response response{.status = status, .body = fmt::format("{{\"message\":\"{}\"}}", message)};
  response.headers.Set("x-amzn-ErrorType", code);
  return response;
}

}  // namespace trunkline::aws
