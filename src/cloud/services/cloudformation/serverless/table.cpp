// AWS::Serverless::SimpleTable: a table with one key.
#include <algorithm>

#include <fmt/format.h>

#include "cloud/services/cloudformation/serverless/intrinsics.h"
#include "cloud/services/cloudformation/serverless/kinds.h"

namespace trunkline::cloud::cloudformation::serverless {
namespace {

Answer<json::Object> KeyOf(const Source& source) {
  const json::Object& given = source.properties.GetObject("PrimaryKey");
  if (given.empty()) return json::Object{{"AttributeName", "id"}, {"AttributeType", "S"}};
  for (const std::string_view name : {"Name", "Type"}) {
    if (!Present(given, name))
      return InvalidResource(source.id, fmt::format("Property 'PrimaryKey.{}' is required.", name));
  }
  const std::string_view type = given.GetString("Type");
  if (type != "String" && type != "Number" && type != "Binary")
    return InvalidResource(source.id, fmt::format("Invalid 'Type' \"{}\".", type));
  return json::Object{{"AttributeName", given.At("Name")}, {"AttributeType", type.substr(0, 1)}};
}

Answer<std::vector<Resource>> Translate(Document& /*document*/, Source& source) {
  Resource table{
      .id = source.id, .type = "AWS::DynamoDB::Table", .members = source.Own(), .properties = {}};
  TL_TRY(const json::Object key, KeyOf(source));
  json::Object schema;
  Copy(schema, "AttributeName", key);
  schema.Set("KeyType", "HASH");
  table.properties.Set("AttributeDefinitions", json::Array{key});
  table.properties.Set("KeySchema", json::Array{std::move(schema)});
  for (const std::string_view name : {"PointInTimeRecoverySpecification", "ProvisionedThroughput",
                                      "SSESpecification", "TableName"}) {
    if (const json::Value* value = Given(source.properties, name))
      table.properties.Set(name, *value);
  }
  if (!Given(source.properties, "ProvisionedThroughput"))
    table.properties.Set("BillingMode", "PAY_PER_REQUEST");
  const json::Object& tags = source.properties.GetObject("Tags");
  if (!tags.empty()) table.properties.Set("Tags", TagList(tags));
  return std::vector<Resource>{std::move(table)};
}

constexpr Rule kRules[] = {{"PointInTimeRecoverySpecification", "*"},
                           {"PrimaryKey", "d"},
                           {"ProvisionedThroughput", "d"},
                           {"TableName", "sm"},
                           {"Tags", "m"},
                           {"SSESpecification", "m"}};

}  // namespace

constinit const Kind kTableKind{.type = "AWS::Serverless::SimpleTable",
                                .rules = kRules,
                                .referable = {},
                                .translate = Translate};

}  // namespace trunkline::cloud::cloudformation::serverless
