// GET /_trunkline/lambda-code/<id>: where GetFunction's Code.Location and a layer's
// Content.Location point. The id is random and stands in no listing, like the presigned URL that
// AWS gives; nothing but code is served.
#include <algorithm>

#include "cloud/admin.h"
#include "cloud/objects.h"
#include "cloud/services/lambda/layers.h"
#include "cloud/services/lambda/records.h"

namespace trunkline::cloud {
namespace {

constexpr std::string_view kPrefix = "/_trunkline/lambda-code";

bool IsCode(Engine& engine, const std::string& id) {
  for (const Kind kind : {lambda::kFunction, lambda::kVersion, lambda::kLayerVersion}) {
    const auto records = engine.store.ListEverywhere(kind);
    if (std::any_of(records.begin(), records.end(), [&](const auto& entry) {
          return entry.second->body.GetString("CodeId") == id;
        })) {
      return true;
    }
  }
  return false;
}

net::aw<net::Response> Serve(Engine& engine, net::Request request) {
  const std::string_view path = request.path();
  const std::string id(path.size() > kPrefix.size() ? path.substr(kPrefix.size() + 1)
                                                    : std::string_view());
  if (request.method != "GET" || !IsCode(engine, id))
    co_return JsonResponse(404, json::Object{{"message", "there is no such code"}});
  const Result<std::uint64_t> size = engine.objects.Size(id);
  if (!size) co_return JsonResponse(404, json::Object{{"message", size.error().message()}});
  net::Response response;
  response.headers.Set("Content-Type", "application/zip");
  response.file = engine.objects.AsBody(id, 0, *size);
  co_return response;
}

}  // namespace

constinit const AdminRoute kLambdaCodeAdminRoute{.prefix = kPrefix, .handle = Serve};

}  // namespace trunkline::cloud
