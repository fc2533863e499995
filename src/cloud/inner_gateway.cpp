#include "cloud/inner_gateway.h"

#include <fmt/format.h>

#include "cloud/engine.h"
#include "cloud/gateway.h"

namespace trunkline::cloud {
namespace {

class InnerGateway final : public Resident {
 public:
  explicit InnerGateway(Engine& engine) : gateway(engine, GatewayOptions{}) {}
  Gateway gateway;
};

}  // namespace

net::aw<net::Response> AskService(WaitContext context, std::string signing_name,
                                  net::Request request) {
  // Read for its scope only: nobody verifies it.
  request.headers.Set("X-Amz-Date", "20260101T000000Z");
  request.headers.Set("Authorization",
                      fmt::format("AWS4-HMAC-SHA256 Credential=INNER/20260101/{}/{}/aws4_request, "
                                  "SignedHeaders=host, Signature={:064}",
                                  context.region(), signing_name, 0));
  Gateway& gateway = context.engine().Get<InnerGateway>().gateway;
  Caller caller = context.caller();
  co_return co_await gateway.HandleAs(std::move(caller), std::move(request));
}

}  // namespace trunkline::cloud
