// /_trunkline/faults: arm, list and disarm what calls shall meet. docs/embedded-cloud.md describes
// it.
#include "base/json_read.h"
#include "base/text.h"
#include "cloud/admin.h"
#include "cloud/faults.h"

namespace trunkline::cloud {
namespace {

constexpr std::string_view kPrefix = "/_trunkline/faults";

net::Response Arm(Engine& engine, const net::Request& request) {
  const auto wanted = json::Parse(request.body);
  if (!wanted) return FailResponse(wanted.error());
  if (!wanted->IsObject())
    return FailResponse(400, R"(expected {"operation": "connect:CreateInstance", "error": ...})");
  const auto armed = ArmFault(engine, wanted->AsObject());
  return armed ? JsonResponse(201, *armed) : FailResponse(armed.error());
}

net::Response Disarm(Engine& engine, std::string_view id) {
  const auto gone = DisarmFaults(engine, id);
  if (!gone) return FailResponse(gone.error());
  if (!*gone) return FailResponse(404, fmt::format("there is no fault '{}'", id));
  net::Response response;
  response.status = 204;
  return response;
}

net::aw<net::Response> ServeFaults(Engine& engine, net::Request request) {
  std::string id = PercentDecode(request.path().substr(kPrefix.size()));
  if (!id.empty()) id.erase(0, 1);
  if (request.method == "DELETE") co_return Disarm(engine, id);
  if (!id.empty()) co_return WrongMethod(request, "DELETE");
  if (request.method == "POST") co_return Arm(engine, request);
  if (request.method != "GET") co_return WrongMethod(request, "DELETE, GET, POST");
  json::Object body{{"faults", ListFaults(engine)}};
  co_return JsonResponse(200, body);
}

}  // namespace

constinit const AdminRoute kFaultsAdminRoute{.prefix = kPrefix, .handle = ServeFaults};

}  // namespace trunkline::cloud
