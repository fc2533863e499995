// AWS::ApiGateway::Model.
#include "base/json_write.h"
#include "cloud/services/cloudformation/mapping/mapped_type.h"
#include "cloud/services/cloudformation/mapping/parent_keys.h"

namespace trunkline::cloud::cloudformation {
namespace {

// Letters and digits only, as API Gateway wants it.
std::string NameOf(const ResourceOrder& order) {
  if (!order.physical_id.empty()) return order.physical_id;
  std::string name = GeneratedName(order, {.property = "Name", .limit = 128});
  std::erase(name, '-');
  return name;
}

Answer<void> WriteSchema(const WaitContext& /*context*/, const ResourceOrder& order,
                         json::Object& properties) {
  if (!properties.Has("Name")) properties.Set("Name", NameOf(order));
  if (!properties.Has("ContentType")) properties.Set("ContentType", "application/json");
  return {};
}

net::aw<Answer<void>> ChangeSchema(WaitContext context, ResourceOrder order) {
  const json::Value* schema = order.properties.Find("Schema");
  const json::Value* before = order.previous.Find("Schema");
  if (order.previous.empty() || !schema || (before && *before == *schema)) co_return Answer<void>();
  json::Object operation{{"op", "replace"}, {"path", "/schema"}};
  operation.Set("value", schema->IsString() ? schema->AsString() : json::Write(*schema));
  json::Object input;
  input.Set("restApiId", order.properties.GetString("RestApiId"));
  input.Set("modelName", order.physical_id);
  input.Set("patchOperations", json::Array{std::move(operation)});
  Answer<> done = co_await context.Call("apigateway", "UpdateModel", std::move(input));
  if (!done) co_return std::move(done).error();
  co_return Answer<void>();
}

constexpr auto kProperties = Properties<"ContentType^ Description Name^ RestApiId*^ Schema">();

constexpr Change kChanges[] = {
    {"UpdateModel", "Description"},
};

constexpr Mapping kMapping{
    .type = "AWS::ApiGateway::Model",
    .properties = kProperties,
    .service = "apigateway",
    .create = "CreateModel",
    .describe = "GetModel",
    .remove = "DeleteModel",
    .changes = kChanges,
    .id = "Name",
    .keys = "ModelName RestApiId",
    .prepare = WriteSchema,
    .after = ChangeSchema,
    .after_properties = "Schema",
    .keys_of = KeysOfOwned,
};

}  // namespace

constinit const ResourceType kApiGatewayModelType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
