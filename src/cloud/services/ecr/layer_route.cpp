// GET /_trunkline/ecr-layer/<id>: where GetDownloadUrlForLayer points. The id is random and stands
// in no listing, like the presigned URL that AWS gives; nothing but layers is served.
#include <algorithm>

#include "cloud/admin.h"
#include "cloud/objects.h"
#include "cloud/services/ecr/repository.h"

namespace trunkline::cloud {
namespace {

bool IsLayer(Engine& engine, std::string_view id) {
  const auto layers = engine.store.ListEverywhere(ecr::kLayer);
  return std::any_of(layers.begin(), layers.end(), [&](const auto& entry) {
    return entry.second->body.GetString("ObjectId") == id;
  });
}

net::aw<net::Response> Serve(Engine& engine, net::Request request) {
  const std::string_view path = request.path();
  const std::string id(path.substr(std::min(path.size(), ecr::kLayerPath.size() + 1)));
  const auto size = request.method == "GET" && IsLayer(engine, id)
                        ? engine.objects.Size(id)
                        : Result<std::uint64_t>(Error(ErrorKind::kNotFound, "no such layer"));
  if (!size) co_return JsonResponse(404, json::Object{{"message", size.error().message()}});
  net::Response response;
  response.headers.Set("Content-Type", "application/octet-stream");
  response.file = engine.objects.AsBody(id, 0, *size);
  co_return response;
}

}  // namespace

constinit const AdminRoute kEcrLayerAdminRoute{.prefix = ecr::kLayerPath, .handle = Serve};

}  // namespace trunkline::cloud
