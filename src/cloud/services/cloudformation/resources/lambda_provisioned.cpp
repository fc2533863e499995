#include "cloud/services/cloudformation/resources/lambda_provisioned.h"

#include "cloud/services/cloudformation/mapping/mapped.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr std::string_view kProperty = "ProvisionedConcurrencyConfig";

json::Object KeysOf(const ResourceOrder& order) {
  const std::size_t colon = order.physical_id.rfind(':');
  return {{"FunctionName", order.physical_id.substr(0, colon)},
          {"Qualifier", order.physical_id.substr(colon + 1)}};
}

// A template may say "1" for a number.
json::Value NumberOf(const json::Value& value) {
  return value.IsString() ? json::Value(json::Number{value.AsString()}) : value;
}

}  // namespace

net::aw<Answer<void>> ApplyProvisioned(WaitContext context, ResourceOrder order) {
  const json::Object keys = KeysOf(order);
  const json::Object& wanted = order.properties.GetObject(kProperty);
  if (wanted == order.previous.GetObject(kProperty)) co_return Answer<void>();
  if (wanted.empty()) {
    co_return co_await CallUnlessGone(context, "lambda", "DeleteProvisionedConcurrencyConfig",
                                      keys);
  }
  json::Object input = keys;
  if (const json::Value* count = wanted.Find("ProvisionedConcurrentExecutions"))
    input.Set("ProvisionedConcurrentExecutions", NumberOf(*count));
  Answer<> state =
      co_await context.Call("lambda", "PutProvisionedConcurrencyConfig", std::move(input));
  Patience patience;
  while (state && state->GetString("Status") == "IN_PROGRESS") {
    const bool again = co_await patience.Next(context);
    if (!again) break;
    json::Object look = keys;
    state = co_await context.Call("lambda", "GetProvisionedConcurrencyConfig", std::move(look));
  }
  if (!state) co_return std::move(state).error();
  if (state->GetString("Status") == "READY") co_return Answer<void>();
  co_return ServiceError("NotStabilized", std::string(state->GetString("StatusReason")));
}

}  // namespace trunkline::cloud::cloudformation
