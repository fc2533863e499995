#include "app/cloud_post.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "app/endpoint.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "net/client.h"

namespace trunkline::app {
namespace {

net::aw<void> Send(net::Client& client, net::Url url, net::Request request,
                   Result<net::Response>& outcome) {
  outcome = co_await client.Send(std::move(url), std::move(request));
}

}  // namespace

Result<json::Object> PostToCloud(AppWorld& world, const std::string& endpoint_url,
                                 const std::string& path, const json::Object& body,
                                 std::string_view what) {
  const auto url = net::ParseUrl(endpoint_url);
  if (!url)
    return Error(ErrorKind::kInvalid, "expected a URL like 'http://127.0.0.1:4566' but got '{}'",
                 endpoint_url);
  net::Loop loop(1);
  net::Client client(loop, world.environment);
  net::Request request;
  request.method = "POST";
  request.target = path;
  request.headers.Set("Host", url->Authority());
  request.headers.Set("Content-Type", "application/json");
  request.body = json::Write(json::Value(body));
  Result<net::Response> response = Error(ErrorKind::kUnreached, "nothing was sent");
  net::asio::co_spawn(loop, Send(client, *url, std::move(request), response), net::asio::detached);
  loop.run();
  const std::string origin = url->scheme + "://" + url->Authority();
  if (!response) return WithWayOut(std::move(response).error(), origin);
  Result<json::Value> answer = json::Parse(response->body);
  const bool understood = answer && answer->IsObject();
  if (understood && response->status / 100 == 2) return std::move(answer->AsObject());
  const std::string_view message = understood ? answer->AsObject().GetString("message") : "";
  if (message.empty()) {
    return Error(ErrorKind::kUnreached,
                 "expected 'trunkline up' at '{}' but it answers {} with status {} and something "
                 "else than {}",
                 origin, path, response->status, what);
  }
  return Error(response->status == 404 ? ErrorKind::kNotFound : ErrorKind::kInvalid, "{}", message);
}

}  // namespace trunkline::app
