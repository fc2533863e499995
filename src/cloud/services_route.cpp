// /_trunkline/services: how many operations of each service are implemented; below it, by the
// service's name, which.
#include "cloud/admin.h"

namespace trunkline::cloud {
namespace {

constexpr std::string_view kPrefix = "/_trunkline/services";

struct Split {
  json::Array here;
  json::Array missing;
};

Split OperationsOf(const Dispatch& dispatch, std::string_view service) {
  Split split;
  const aws::Model* model = dispatch.models().Find(service);
  if (!model) return split;
  for (const aws::OperationRow& row : model->operations)
    (dispatch.FindHandler(service, row.name) ? split.here : split.missing).emplace_back(row.name);
  return split;
}

net::Response ShowAll(const Dispatch& dispatch) {
  json::Array services;
  for (const Service* service : dispatch.services()) {
    const Split split = OperationsOf(dispatch, service->model);
    services.emplace_back(json::Object{{"name", service->model},
                                       {"implemented", split.here.size()},
                                       {"notImplemented", split.missing.size()}});
  }
  return JsonResponse(200, {{"services", std::move(services)}});
}

net::Response ShowOne(const Dispatch& dispatch, std::string_view name) {
  if (!dispatch.FindService(name))
    return FailResponse(404, fmt::format("there is no service '{}' in this cloud", name));
  Split split = OperationsOf(dispatch, name);
  return JsonResponse(200, {{"name", name},
                            {"implemented", std::move(split.here)},
                            {"notImplemented", std::move(split.missing)}});
}

net::aw<net::Response> ShowServices(Engine& engine, net::Request request) {
  if (request.method != "GET") co_return WrongMethod(request, "GET");
  const std::string_view path = request.path();
  if (path.size() <= kPrefix.size() + 1) co_return ShowAll(engine.dispatch);
  co_return ShowOne(engine.dispatch, path.substr(kPrefix.size() + 1));
}

}  // namespace

constinit const AdminRoute kServicesAdminRoute{.prefix = kPrefix, .handle = ShowServices};

}  // namespace trunkline::cloud
