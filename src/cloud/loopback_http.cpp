#include "cloud/loopback_http.h"

#include <fmt/format.h>

#include "cloud/engine.h"
#include "net/client.h"
#include "net/loopback.h"

namespace trunkline::cloud {
namespace {

// One client with its pool of connections for the whole cloud.
class LoopbackClient final : public Resident {
 public:
  explicit LoopbackClient(Engine& engine) : client(engine.loop, engine.environment, Options()) {}
  net::Client client;

 private:
  static net::ClientOptions Options() {
    net::ClientOptions options;
    options.answer_limit = std::chrono::seconds(15);  // what SNS waits for an answer
    options.max_body = 1U << 20U;
    return options;
  }
};

}  // namespace

bool IsLoopbackUrl(std::string_view url) {
  const auto parsed = net::ParseUrl(url);
  return parsed && net::IsLoopback(*parsed);
}

net::aw<Answer<net::Response>> SendToLoopback(WaitContext context, std::string url,
                                              net::Request request) {
  if (!IsLoopbackUrl(url)) {
    co_return ServiceError("ValidationException",
                           fmt::format("'{}' is not on this machine: the embedded cloud sends to "
                                       "loopback only",
                                       url));
  }
  const net::Url origin = *net::ParseUrl(url);
  if (request.target == "/") request.target = origin.target;
  net::Client& client = context.engine().Get<LoopbackClient>().client;
  auto answer = co_await client.Send(origin, std::move(request));
  if (!answer) co_return ServiceError("ValidationException", answer.error().message());
  co_return std::move(*answer);
}

}  // namespace trunkline::cloud
