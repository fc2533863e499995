// /_trunkline/contacts: start a call, tell it what the caller does, read its transcript
// (docs/contacts.md).
#include "base/json_read.h"
#include "base/text.h"
#include "cloud/admin.h"
#include "cloud/contacts/contacts.h"

namespace trunkline::cloud {
namespace {

constexpr std::string_view kPrefix = "/_trunkline/contacts";

net::Response ToResponse(const Answer<>& answer) {
  if (answer) return JsonResponse(200, *answer);
  const ServiceError& error = answer.error();
  const int status = error.status == 0 ? 400 : error.status;
  return JsonResponse(status, json::Object{{"code", error.code}, {"message", error.message}});
}

Answer<json::Object> ReadBody(const net::Request& request) {
  if (Trim(request.body).empty()) return json::Object();
  Result<json::Value> value = json::Parse(request.body);
  if (value && value->IsObject()) return std::move(value->AsObject());
  return ServiceError("InvalidRequestException",
                      value ? "expected a JSON object"
                            : fmt::format("expected a JSON object: {}", value.error().message()))
      .WithStatus(400);
}

net::aw<net::Response> Serve(Engine& engine, net::Request request) {
  contacts::Contacts& all = engine.Get<contacts::Contacts>();
  const std::string rest(
      request.path().substr(std::min(kPrefix.size() + 1, request.path().size())));
  const std::size_t slash = rest.find('/');
  const std::string id = PercentDecode(rest.substr(0, slash));
  const bool events = slash != std::string::npos && rest.substr(slash) == "/events";
  if (request.method == "GET" && !id.empty() && slash == std::string::npos)
    co_return ToResponse(all.Show(id));
  if (request.method != "POST" || (!id.empty() && !events)) {
    co_return JsonResponse(
        405,
        json::Object{{"message",
                      "expected POST /_trunkline/contacts, POST .../<id>/events or GET .../<id>"}});
  }
  Answer<json::Object> body = ReadBody(request);
  if (!body) co_return ToResponse(body);
  if (id.empty()) co_return ToResponse(co_await all.Start(std::move(*body)));
  co_return ToResponse(co_await all.Tell(id, std::move(*body)));
}

}  // namespace

constinit const AdminRoute kContactsAdminRoute{.prefix = kPrefix, .handle = Serve};

}  // namespace trunkline::cloud
