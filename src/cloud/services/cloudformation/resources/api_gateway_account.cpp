// AWS::ApiGateway::Account: there is one for each account and Region; it stays when its resource
// goes.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

void AddId(const WaitContext& context, const ResourceOrder& order, json::Object& known) {
  known.Set("Id", order.physical_id.empty() ? GeneratedName(order, {.property = "Id", .limit = 64})
                                            : order.physical_id);
  static_cast<void>(context);
}

constexpr auto kProperties = Properties<"CloudWatchRoleArn">();

constexpr auto kAttributes = Words<"Id">();

constexpr Name kNames[] = {
    {"CloudWatchRoleArn", "cloudwatchRoleArn"},
};

constexpr Change kChanges[] = {
    {"UpdateAccount", "CloudWatchRoleArn"},
};

constexpr Mapping kMapping{
    .type = "AWS::ApiGateway::Account",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "apigateway",
    .create = "GetAccount",
    .describe = "GetAccount",
    .remove = "GetAccount",
    .changes = kChanges,
    .id = "Id",
    .names = kNames,
    .complete = AddId,
};

}  // namespace

constinit const ResourceType kApiGatewayAccountType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
