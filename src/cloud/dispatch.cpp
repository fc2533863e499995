#include "cloud/dispatch.h"

#include <algorithm>
#include <array>
#include <optional>
#include <stdexcept>
#include <utility>

#include "aws/constraints.h"
#include "cloud/context_as.h"
#include "cloud/errors.h"
#include "cloud/services/s3/refuse_input.h"

namespace trunkline::cloud {

Dispatch::Dispatch(const aws::Models& models, std::span<const Service* const> services)
    : models_(models), services_(services) {
  for (const Service* service : services) {
    Handlers& handlers = handlers_[service->model];
    handlers.service = service;
    for (const Family* family : service->families) {
      for (const Operation& operation : *family)
        handlers.operations.emplace(operation.name, &operation);
    }
  }
}

const Service* Dispatch::FindService(std::string_view service) const {
  const auto found = handlers_.find(service);
  return found == handlers_.end() ? nullptr : found->second.service;
}

const Operation* Dispatch::FindHandler(std::string_view service, std::string_view operation) const {
  const auto handlers = handlers_.find(service);
  if (handlers == handlers_.end()) return nullptr;
  const auto found = handlers->second.operations.find(operation);
  return found == handlers->second.operations.end() ? nullptr : found->second;
}

Answer<Route> Dispatch::Find(std::string_view service, std::string_view operation) const {
  Route route;
  route.service = FindService(service);
  route.model = models_.Find(service);
  if (!route.service || !route.model) return UnknownService(service, aws::Protocol::kRestJson);
  route.row = route.model->FindOperation(operation);
  route.handler = FindHandler(service, operation);
  if (!route.row || !route.handler) return NotImplemented(*route.model, operation);
  return route;
}

Answer<> Dispatch::Run(Context& context, const Route& route, const json::Object& input) const {
  if (!route.handler->handle) {
    throw std::logic_error(fmt::format("{}:{} waits: call it through WaitContext",
                                       route.model->service, route.row->name));
  }
  std::optional<Answer<>> answer;
  const auto done = context.store.Transact([&] {
    answer.emplace(route.handler->handle(context, input));
    return answer->ok();
  });
  if (!done) return done.error();
  return std::move(*answer);
}

Answer<void> CheckInput(const Route& route, const json::Object& input) {
  if (!route.row->input) return {};
  const auto violated = aws::CheckConstraintsOf(route.model->service, *route.row->input, input);
  if (violated.empty()) return {};
  if (route.model->service == "s3") {
    if (auto refused = s3::RefuseInput(*route.row, input, violated)) return *std::move(refused);
  }
  return ViolatedConstraints(*route.model, *route.row, violated);
}

Answer<> Context::Call(std::string_view service, std::string_view operation,
                       const json::Object& input) {
  return CallAs(caller, region, service, operation, input);
}

Context ContextAs(const Context& context, const Caller& other, std::string_view other_region,
                  Reply& reply) {
  return {.store = context.store,
          .objects = context.objects,
          .jobs = context.jobs,
          .dispatch = context.dispatch,
          .clock = context.clock,
          .real_clock = context.real_clock,
          .random = context.random,
          .caller = other,
          .region = other_region,
          .request_id = context.request_id,
          .endpoint = context.endpoint,
          .reply = reply,
          .request = nullptr,
          .settings = context.settings};
}

Answer<> Context::CallAs(const Caller& other, std::string_view other_region,
                         std::string_view service, std::string_view operation,
                         const json::Object& input) {
  TL_TRY(const Route route, dispatch.Find(service, operation));
  TL_DO(CheckInput(route, input));
  Reply dropped;
  Context inner = ContextAs(*this, other, other_region, dropped);
  return dispatch.Run(inner, route, input);
}

}  // namespace trunkline::cloud
