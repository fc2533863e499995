#include "cloud/execute_api/issuer_keys.h"

#include <map>

#include "base/json_read.h"
#include "cloud/engine.h"
#include "cloud/execute_api/http_proxy.h"
#include "cloud/execute_api/jwt.h"

namespace trunkline::cloud::execute_api {
namespace {

constexpr Milliseconds kLimit{1'500};  // documented: an issuer has 1.5 seconds
constexpr std::chrono::minutes kLife{5};
constexpr std::chrono::seconds kShortestLife{10};

class IssuerKeys final : public Resident {
 public:
  explicit IssuerKeys(Engine& /*engine*/) {}
  void Reset() override { kept_.clear(); }

  struct Kept {
    json::Object keys;
    TimePoint read;
  };
  static constexpr std::size_t kMost = 100;
  std::map<std::string, Kept> kept_;
};

net::aw<Result<json::Object>> ReadDocument(WaitContext context, std::string url) {
  net::Request request;
  request.target = "/";
  if (const auto parsed = net::ParseUrl(url)) request.target = parsed->target;
  const Proxied got = co_await SendToServer(context, url, std::move(request), kLimit);
  if (got.end != Proxied::End::kDone || got.response.status != 200) {
    co_return Error(ErrorKind::kUnreached, "'{}' could not be read{}{}", url,
                    got.reason.empty() ? "" : ": ", got.reason);
  }
  Result<json::Value> document = json::Parse(got.response.body);
  if (!document || !document->IsObject())
    co_return Error(ErrorKind::kUnreached, "expected '{}' to be a JSON object", url);
  co_return std::move(document->AsObject());
}

}  // namespace

net::aw<Result<json::Object>> KeysOfIssuer(WaitContext context, std::string issuer,
                                           std::string kid) {
  IssuerKeys& memory = context.engine().Get<IssuerKeys>();
  const TimePoint now = context.engine().real_clock.Now();
  const auto found = memory.kept_.find(issuer);
  if (found != memory.kept_.end()) {
    const auto age = now - found->second.read;
    if (age < kShortestLife || (age < kLife && HasKey(found->second.keys, kid)))
      co_return found->second.keys;
  }
  std::string base = issuer;
  if (base.ends_with('/')) base.pop_back();
  auto about = co_await ReadDocument(context, base + "/.well-known/openid-configuration");
  if (!about) co_return about;
  auto keys = co_await ReadDocument(context, std::string(about->GetString("jwks_uri")));
  if (!keys) co_return keys;
  if (memory.kept_.size() >= IssuerKeys::kMost) memory.kept_.clear();
  memory.kept_[issuer] = {.keys = *keys, .read = now};
  co_return keys;
}

}  // namespace trunkline::cloud::execute_api
