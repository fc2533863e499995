// AWS::ApiGateway::UsagePlan.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

std::string StageWord(const json::Value& row) {
  if (!row.IsObject()) return {};
  return fmt::format("{}:{}", row.AsObject().GetString("ApiId"), row.AsObject().GetString("Stage"));
}

net::aw<Answer<void>> Patch(WaitContext context, std::string plan, json::Array operations) {
  if (operations.empty()) co_return Answer<void>();
  json::Object input;
  input.Set("usagePlanId", plan);
  input.Set("patchOperations", std::move(operations));
  Answer<> done = co_await context.Call("apigateway", "UpdateUsagePlan", std::move(input));
  if (!done) co_return std::move(done).error();
  co_return Answer<void>();
}

// The creation takes the stages; later they come and go by patches.
net::aw<Answer<void>> ChangeStages(WaitContext context, ResourceOrder order) {
  if (order.previous.empty()) co_return Answer<void>();
  json::Object before;
  json::Object wanted;
  for (const json::Value& row : order.previous.GetArray("ApiStages"))
    before.Set(StageWord(row), true);
  for (const json::Value& row : order.properties.GetArray("ApiStages"))
    wanted.Set(StageWord(row), true);
  json::Array operations;
  for (const json::Member& stage : before) {
    json::Object operation{{"op", "remove"}, {"path", "/apiStages"}, {"value", stage.key}};
    if (!wanted.Has(stage.key)) operations.push_back(std::move(operation));
  }
  for (const json::Member& stage : wanted) {
    json::Object operation{{"op", "add"}, {"path", "/apiStages"}, {"value", stage.key}};
    if (!before.Has(stage.key)) operations.push_back(std::move(operation));
  }
  co_return co_await Patch(context, order.physical_id, std::move(operations));
}

// A plan with stages cannot be deleted.
net::aw<Answer<void>> ClearStages(WaitContext context, ResourceOrder order) {
  json::Object input;
  input.Set("usagePlanId", order.physical_id);
  const Answer<> plan = context.Dispatch("apigateway", "GetUsagePlan", input);
  if (!plan) co_return Answer<void>();
  json::Array operations;
  for (const json::Value& row : plan->GetArray("apiStages")) {
    const json::Object& stage = row.AsObject();
    json::Object operation{{"op", "remove"}, {"path", "/apiStages"}};
    operation.Set("value",
                  fmt::format("{}:{}", stage.GetString("apiId"), stage.GetString("stage")));
    operations.push_back(std::move(operation));
  }
  co_return co_await Patch(context, order.physical_id, std::move(operations));
}

constexpr auto kProperties =
    Properties<"ApiStages~ Description Quota Tags Throttle UsagePlanName">();

constexpr auto kAttributes = Words<"Id">();

constexpr Name kNames[] = {
    {"UsagePlanName", "name"},
    {"Stage", "stage"},
};

constexpr Name kValues[] = {
    {"UsagePlanId", "id"},
    {"Id", "id"},
};

constexpr Change kChanges[] = {
    {"UpdateUsagePlan", "Description Quota Throttle UsagePlanName"},
};

constexpr Mapping kMapping{
    .type = "AWS::ApiGateway::UsagePlan",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "apigateway",
    .create = "CreateUsagePlan",
    .describe = "GetUsagePlan",
    .remove = "DeleteUsagePlan",
    .changes = kChanges,
    .id = "UsagePlanId",
    .keys = "UsagePlanId",
    .values = kValues,
    .names = kNames,
    .naming = {.property = "UsagePlanName", .limit = 128},
    .after = ChangeStages,
    .after_properties = "ApiStages",
    .clear = ClearStages,
};

}  // namespace

constinit const ResourceType kApiGatewayUsagePlanType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
