#include "cloud/execute_api/http_proxy.h"

#include <fmt/format.h>

#include "cloud/engine.h"
#include "cloud/execute_api/packed_http.h"
#include "cloud/loopback_http.h"
#include "cloud/within.h"
#include "net/client.h"

namespace trunkline::cloud::execute_api {
namespace {

// One client with its pool of connections for the whole cloud. The answer's own limit is real time
// and a little longer than any integration may take.
class ProxyClient final : public Resident {
 public:
  explicit ProxyClient(Engine& engine) : client(engine.loop, engine.environment, Options()) {}
  net::Client client;

 private:
  static net::ClientOptions Options() {
    net::ClientOptions options;
    options.answer_limit = std::chrono::seconds(31);
    options.max_body = 10U << 20U;
    return options;
  }
};

net::aw<Answer<>> SendPacked(WaitContext context, json::Object packed) {
  const auto origin = net::ParseUrl(packed.GetString("url"));
  if (!origin) co_return ServiceError("Unreached", "expected the address of a server");
  net::Request request = UnpackRequest(packed);
  request.headers.Set("Host", origin->Authority());
  net::Client& client = context.engine().Get<ProxyClient>().client;
  auto answer = co_await client.Send(*origin, std::move(request));
  if (!answer) co_return ServiceError("Unreached", answer.error().message());
  co_return PackResponse(std::move(*answer));
}

constexpr WaitHandler kSend{SendPacked};

Proxied Unreached(std::string reason) {
  return {.end = Proxied::End::kUnreached, .response = {}, .reason = std::move(reason)};
}

}  // namespace

void RemoveHopHeaders(net::Headers& headers) {
  for (const std::string_view name :
       {"Connection", "Content-Length", "Host", "Keep-Alive", "Proxy-Authenticate",
        "Proxy-Authorization", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Expect"})
    headers.Remove(name);
}

net::aw<Proxied> SendToServer(WaitContext context, std::string url, net::Request request,
                              Milliseconds limit) {
  if (!IsLoopbackUrl(url)) {
    co_return Unreached(
        fmt::format("'{}' is not on this machine: the embedded cloud sends to loopback only", url));
  }
  RemoveHopHeaders(request.headers);
  json::Object packed = PackRequest(std::move(request));
  packed.Set("url", std::move(url));
  auto answer = co_await Within(std::move(context), kSend, std::move(packed), limit);
  if (!answer) {
    Proxied late;
    late.end = Proxied::End::kTimedOut;
    co_return late;
  }
  if (!*answer) co_return Unreached(answer->error().message);
  Proxied done;
  done.end = Proxied::End::kDone;
  done.response = UnpackResponse(**answer);
  co_return done;
}

}  // namespace trunkline::cloud::execute_api
