// AWS::CloudFormation::WaitCondition: waits for signals, sent to its handle or by SignalResource.
#include <algorithm>

#include <fmt/format.h>

#include "base/json_write.h"
#include "base/text.h"
#include "cloud/services/cloudformation/resource_types.h"
#include "cloud/services/cloudformation/resources/polling.h"
#include "cloud/services/cloudformation/resources/signals.h"
#include "cloud/services/cloudformation/resources/slots.h"
#include "cloud/services/cloudformation/stacks/resources.h"
#include "cloud/services/cloudformation/template/function.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr Property kProperties[] = {{.name = "Count", .create_only = true},
                                    {.name = "Handle", .create_only = true},
                                    {.name = "Timeout", .create_only = true}};
constexpr std::string_view kAttributes[] = {"Data"};
constexpr std::int64_t kMaxTimeout = 43'200;  // seconds: 12 hours

std::int64_t IntOf(const ResourceOrder& order, std::string_view name, std::int64_t fallback) {
  const json::Value* value = order.properties.Find(name);
  const auto text = value ? ScalarText(*value) : std::nullopt;
  return text ? ToInt(*text).value_or(fallback) : fallback;
}

std::vector<Signal> Received(const WaitContext& context, const ResourceOrder& order) {
  std::vector<Signal> all;
  const auto read = context.State([&](Context& state) -> Answer<> {
    all = ListSignals(state, ResourceId(order.stack_id, order.logical_id));
    const std::string token = TokenOfUrl(order.properties.GetString("Handle"));
    if (token.empty()) return json::Object();
    for (Signal& signal : ListSignals(state, token)) all.push_back(std::move(signal));
    return json::Object();
  });
  if (!read) context.log().Warn("signals of {}: {}", order.logical_id, read.error().message);
  return all;
}

// A wait condition is called after its handle (documented, and seen); without one, after itself.
std::string NameOf(const WaitContext& context, const ResourceOrder& order) {
  std::string name = order.logical_id;
  const std::string_view handle = order.properties.GetString("Handle");
  const auto looked = context.State([&](Context& state) -> Answer<> {
    for (const json::Object& resource : ListResources(state, order.stack_id)) {
      if (!handle.empty() && resource.GetString("PhysicalResourceId") == handle)
        name = resource.GetString("LogicalResourceId");
    }
    return json::Object();
  });
  if (!looked) context.log().Warn("handle of {}: {}", order.logical_id, looked.error().message);
  return name;
}

MadeResource Made(const WaitContext& context, const ResourceOrder& order,
                  const std::vector<Signal>& signals) {
  json::Object data;
  for (const Signal& signal : signals) data.Set(signal.unique_id, signal.data);
  MadeResource made;
  made.physical_id = fmt::format("{}/{}", order.stack_id, NameOf(context, order));
  made.attributes.Set("Data", json::Write(json::Value(std::move(data))));
  return made;
}

net::aw<Answer<MadeResource>> Create(WaitContext context, ResourceOrder order) {
  const std::int64_t count = IntOf(order, "Count", 1);
  const std::int64_t timeout = std::min(IntOf(order, "Timeout", kMaxTimeout), kMaxTimeout);
  const TimePoint end = context.clock().Now() + std::chrono::seconds(timeout);
  Pauses pauses;
  for (;;) {
    const std::vector<Signal> signals = Received(context, order);
    for (const Signal& signal : signals) {
      if (signal.success) continue;
      co_return ServiceError("NotStabilized",
                             fmt::format("Failed to receive {} resource signal(s) within the "
                                         "specified duration: {}",
                                         count, signal.reason));
    }
    if (static_cast<std::int64_t>(signals.size()) >= count) co_return Made(context, order, signals);
    if (order.cancelled && order.cancelled()) co_return ServiceError("Cancelled", "cancelled");
    if (context.clock().Now() >= end) {
      co_return ServiceError(
          "NotStabilized",
          fmt::format("WaitCondition timed out. Received {} conditions when expecting {}",
                      signals.size(), count));
    }
    co_await pauses.Next(context);
  }
}

net::aw<Answer<void>> Remove(WaitContext context, ResourceOrder order) {
  TL_CO_DO(context.State([&](Context& state) -> Answer<> {
    DropSignals(state, ResourceId(order.stack_id, order.logical_id));
    return json::Object();
  }));
  co_return Answer<void>();
}

}  // namespace

constinit const ResourceType kWaitConditionType{.name = "AWS::CloudFormation::WaitCondition",
                                                .properties = kProperties,
                                                .attributes = kAttributes,
                                                .create = Create,
                                                .update = nullptr,
                                                .remove = Remove,
                                                .resumes = true};

}  // namespace trunkline::cloud::cloudformation
