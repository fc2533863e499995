// AWS::ApiGateway::RestApi.
#include "base/json_read.h"
#include "base/json_write.h"
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

// The document, from the template or from S3.
Answer<std::string> BodyOf(const WaitContext& context, const json::Object& properties) {
  if (const json::Value* body = properties.Find("Body"))
    return body->IsString() ? body->AsString() : json::Write(*body);
  const json::Object& place = properties.GetObject("BodyS3Location");
  if (place.empty()) return std::string();
  json::Object input;
  input.Set("Bucket", place.GetString("Bucket"));
  input.Set("Key", place.GetString("Key"));
  input.SetIfNotEmpty("VersionId", place.GetString("Version"));
  TL_TRY(const json::Object object, context.Dispatch("s3", "GetObject", input));
  return std::string(object.GetString("Body"));
}

// A document names its API.
Answer<void> AddTitle(const WaitContext& context, const ResourceOrder& /*order*/,
                      json::Object& properties) {
  if (properties.Has("Name")) return {};
  TL_TRY(const std::string body, BodyOf(context, properties));
  const Result<json::Value> document = json::Parse(body);
  if (document && document->IsObject())
    properties.Set("Name", document->AsObject().GetObject("info").GetString("title"));
  return {};
}

void AddApiArn(const WaitContext& context, const ResourceOrder& order, json::Object& known) {
  known.Set("ApiArn", fmt::format("arn:aws:apigateway:{}::/restapis/{}", context.region(),
                                  order.physical_id));
}

net::aw<Answer<void>> PutBody(WaitContext context, ResourceOrder order) {
  TL_CO_TRY(const std::string body, BodyOf(context, order.properties));
  TL_CO_TRY(const std::string before, BodyOf(context, order.previous));
  if (body.empty() || body == before) co_return Answer<void>();
  json::Object input;
  input.Set("restApiId", order.physical_id);
  input.Set("mode", order.properties.GetString("Mode", "overwrite"));
  input.Set("body", body);
  const json::Value* strict = order.properties.Find("FailOnWarnings");
  if (strict && (*strict == json::Value(true) || *strict == json::Value("true")))
    input.Set("failOnWarnings", true);
  if (order.properties.Has("Parameters"))
    input.Set("parameters", order.properties.GetObject("Parameters"));
  Answer<> done = co_await context.Call("apigateway", "PutRestApi", std::move(input));
  if (!done) co_return std::move(done).error();
  co_return Answer<void>();
}

constexpr auto kProperties = Properties<
    "ApiKeySourceType BinaryMediaTypes Body~ Description "
    "DisableExecuteApiEndpoint EndpointAccessMode EndpointConfiguration FailOnWarnings~ "
    "MinimumCompressionSize Mode~ Name Parameters~ Policy SecurityPolicy Tags Version "
    "BodyS3Location~">();

constexpr auto kAttributes = Words<"RestApiId RootResourceId">();

constexpr Name kNames[] = {
    {"ApiKeySourceType", "apiKeySource"},
    {"VpcEndpointIds", "vpcEndpointIds"},
};

constexpr Name kValues[] = {
    {"RestApiId", "id"},
};

constexpr Change kChanges[] = {
    {"UpdateRestApi",
     "ApiKeySourceType BinaryMediaTypes Description DisableExecuteApiEndpoint EndpointAccessMode "
     "EndpointConfiguration MinimumCompressionSize Name Policy SecurityPolicy Version"},
};

constexpr Mapping kMapping{
    .type = "AWS::ApiGateway::RestApi",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "apigateway",
    .create = "CreateRestApi",
    .describe = "GetRestApi",
    .remove = "DeleteRestApi",
    .changes = kChanges,
    .id = "RestApiId",
    .keys = "RestApiId",
    .values = kValues,
    .names = kNames,
    .tag = "TagResource",
    .untag = "UntagResource",
    .tagged = "ApiArn",
    .prepare = AddTitle,
    .complete = AddApiArn,
    .after = PutBody,
    .after_properties = "Body BodyS3Location FailOnWarnings Mode Parameters",
};

}  // namespace

constinit const ResourceType kApiGatewayRestApiType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
