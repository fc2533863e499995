// What REST APIs answer to wrong requests: texts as the service has them.
#include "tests/cloud/execute_api/rest_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

json::Object Op(std::string_view op, std::string_view path, std::string_view value = {}) {
  json::Object patch{{"op", op}, {"path", path}};
  patch.SetIfNotEmpty("value", value);
  return patch;
}

class RestApiFaults : public RestTest {
 protected:
  RestApiFaults() { MakeRest(); }

  Answered Patched(std::string_view operation, json::Object place, json::Object patch) {
    place.Set("restApiId", rest_);
    place.Set("patchOperations", json::Array{std::move(patch)});
    return AskV1(operation, place);
  }
  std::string Fault(std::string_view operation, const json::Object& input) {
    const Answered answered = AskV1(operation, input);
    EXPECT_FALSE(answered.ok());
    return fmt::format("{} {}: {}", answered.status, answered.code, answered.message);
  }
  std::string FaultOf(std::string_view operation, json::Object place, json::Object patch) {
    const Answered answered = Patched(operation, std::move(place), std::move(patch));
    return answered.message;
  }
};

TEST_F(RestApiFaults, EndpointsAreOneKind) {
  const auto fault = [&](json::Object endpoint) {
    return Fault("CreateRestApi", {{"name", "a"}, {"endpointConfiguration", std::move(endpoint)}});
  };

  EXPECT_EQ(fault({{"types", json::Array()}}),
            "400 BadRequestException: REGIONAL Configuration and EDGE Configuration cannot be both "
            "DISABLED.");
  EXPECT_EQ(fault({{"types", json::Array{"EDGE", "REGIONAL"}}}),
            "400 BadRequestException: Cannot create an api with multiple Endpoint Types.");
  EXPECT_EQ(fault({{"types", json::Array{"PRIVATE"}}, {"ipAddressType", "ipv4"}}),
            "400 BadRequestException: Only dualstack ipAddressType is supported for Private APIs.");
  EXPECT_THAT(fault({{"ipAddressType", "wrong"}}),
              HasSubstr("Value 'wrong' at 'createRestApiInput.endpointConfiguration.ipAddressType' "
                        "failed to satisfy constraint"));
  EXPECT_EQ(Fault("CreateRestApi", {{"name", "a"}, {"description", ""}}),
            "400 BadRequestException: Description cannot be an empty string");
}

TEST_F(RestApiFaults, PrivateApisHaveTwoKindsOfAddresses) {
  const json::Object made = V1(
      "CreateRestApi",
      {{"name", "a"}, {"endpointConfiguration", json::Object{{"types", json::Array{"PRIVATE"}}}}});

  EXPECT_EQ(made.GetObject("endpointConfiguration").GetString("ipAddressType"), "dualstack");
  EXPECT_FALSE(made.Has("tags"));
  EXPECT_TRUE(V1("GetRestApi", {{"restApiId", made.GetString("id")}}).Has("tags"));
}

TEST_F(RestApiFaults, PatchesNameThePathOrTheOperation) {
  EXPECT_EQ(FaultOf("UpdateRestApi", {}, Op("replace", "/binaryMediaTypes", "a/b")),
            "Invalid patch path /binaryMediaTypes");
  EXPECT_EQ(FaultOf("UpdateRestApi", {}, Op("add", "/minimumCompressionSize", "1")),
            "Invalid patch operation specified. Must be one of: [replace]");
  EXPECT_EQ(FaultOf("UpdateRestApi", {}, Op("replace", "/minimumCompressionSize", "-1")),
            "Invalid minimum compression size, must be between 0 and 10485760");
  EXPECT_EQ(FaultOf("UpdateRestApi", {}, Op("replace", "/endpointConfiguration/types/EDGE", "no")),
            "Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE");
  EXPECT_THAT(
      FaultOf("UpdateRestApi", {}, Op("wrong", "/name")),
      HasSubstr("Value 'wrong' at 'updateRestApiInput.patchOperations.1.member.op' failed"));
  EXPECT_EQ(FaultOf("UpdateStage", {{"stageName", "none"}}, Op("replace", "/a")),
            "Invalid stage identifier specified");
}

TEST_F(RestApiFaults, ResourcesAreMovedWithinTheTree) {
  const std::string pets = Resource("/pets");
  const std::string dogs = Resource("/pets/dogs");
  const json::Object place{{"resourceId", pets}};

  EXPECT_EQ(FaultOf("UpdateResource", place, Op("replace", "/parentId", dogs)),
            "Resources cannot be cyclical.");
  EXPECT_EQ(FaultOf("UpdateResource", place, Op("replace", "/invalid", "a")),
            "Invalid patch path  '/invalid' specified for op 'replace'. Must be one of: "
            "[/parentId, /pathPart]");
  EXPECT_EQ(FaultOf("UpdateResource", place, Op("add", "/pathPart", "a")),
            "Invalid patch path  '/pathPart' specified for op 'add'. Please choose supported "
            "operations");
  EXPECT_EQ(FaultOf("UpdateResource", {{"resourceId", root_}}, Op("replace", "/pathPart", "a")),
            "Root resource cannot update its pathPart.");
  Resource("/{proxy+}");
  EXPECT_EQ(
      Fault("CreateResource", {{"restApiId", rest_}, {"parentId", root_}, {"pathPart", "{id}"}}),
      "400 BadRequestException: A sibling ({proxy+}) of this resource already has a variable "
      "path part -- only one is allowed");
}

TEST_F(RestApiFaults, WhatBelongsToNoApiIsNotThere) {
  const json::Object none{{"restApiId", "none"}};
  const auto with = [&](std::string_view key, std::string_view value) {
    json::Object input = none;
    input.Set(key, value);
    return input;
  };

  EXPECT_EQ(Fault("CreateRequestValidator", with("name", "a")),
            "400 BadRequestException: Invalid REST API identifier specified");
  EXPECT_EQ(Fault("GetRequestValidator", with("requestValidatorId", "a")),
            "404 NotFoundException: Invalid Request Validator identifier specified");
  EXPECT_EQ(Fault("GetRequestValidators", none),
            "404 NotFoundException: Invalid API identifier specified 111122223333:none");
  EXPECT_EQ(Fault("GetModel", with("modelName", "a")),
            "404 NotFoundException: Invalid model name specified: a");
  json::Object authorizer = with("name", "a");
  authorizer.Set("type", "TOKEN");
  EXPECT_THAT(Fault("CreateAuthorizer", authorizer),
              StartsWith("409 ConflictException: Unable to complete operation due to concurrent"));
}

TEST_F(RestApiFaults, MethodsSayWhatIsWrong) {
  PutMock("/", "GET", "{}");
  json::Object place{{"resourceId", root_}, {"httpMethod", "GET"}};

  EXPECT_EQ(FaultOf("UpdateMethod", place, Op("replace", "/httpMethod", "PUT")),
            "Invalid patch path /httpMethod");
  EXPECT_EQ(FaultOf("UpdateMethod", place, Op("add", "/requestModels/application/json", "Empty")),
            "Invalid patch path /requestModels/application/json");
  EXPECT_THAT(FaultOf("UpdateMethod", place, Op("replace", "/authorizationType", "CUSTOM")),
              StartsWith("Invalid authorizer ID specified."));
  place.Set("statusCode", "200");
  EXPECT_EQ(FaultOf("UpdateMethodResponse", place, Op("remove", "/responseModels/a~1b")),
            "Content-Type specified was not found");
  EXPECT_EQ(FaultOf("UpdateMethodResponse", place,
                    Op("replace", "/responseParameters/method.response.header.a", "true")),
            "Invalid parameter name specified");
  json::Object twice = At("/", "POST");
  twice.Set("authorizationType", "NONE");
  twice.Set("requestParameters", json::Object{{"method.request.header.a", true},
                                              {"method.request.querystring.a", true}});
  EXPECT_EQ(Fault("PutMethod", twice),
            "400 BadRequestException: Parameter names must be unique across querystring, header "
            "and path");
}

TEST_F(RestApiFaults, IntegrationsSayWhatIsWrong) {
  json::Object method = At("/", "GET");
  method.Set("authorizationType", "NONE");
  V1("PutMethod", method);
  const auto fault = [&](std::string_view type, std::string_view uri) {
    json::Object input = At("/", "GET");
    input.Set("type", type);
    input.Set("uri", uri);
    input.Set("integrationHttpMethod", "POST");
    return Fault("PutIntegration", input);
  };

  EXPECT_EQ(fault("AWS", "https://example.com"),
            "400 BadRequestException: Invalid ARN specified in the request");
  EXPECT_EQ(fault("AWS", "arn:aws:apigateway:eu-central-1:s3:wrong/a"),
            "400 BadRequestException: AWS ARN for integration must contain path or action");
  EXPECT_EQ(fault("AWS_PROXY", "arn:aws:apigateway:eu-central-1:s3:path/a"),
            "400 BadRequestException: Integrations of type 'AWS_PROXY' currently only supports "
            "Lambda function and Firehose stream invocations.");
  json::Object bare = At("/", "GET");
  bare.Set("type", "HTTP");
  bare.Set("uri", "http://127.0.0.1");
  EXPECT_EQ(Fault("PutIntegration", bare),
            "400 BadRequestException: Enumeration value for HttpMethod must be non-empty");
  bare.Set("type", "HTTPS");
  EXPECT_THAT(Fault("PutIntegration", bare), HasSubstr("at 'putIntegrationInput.type' failed"));
}

TEST_F(RestApiFaults, GatewayResponsesFollowThatOfTheirClass) {
  V1("PutGatewayResponse",
     {{"restApiId", rest_}, {"responseType", "DEFAULT_5XX"}, {"statusCode", "599"}});

  const json::Object shown =
      V1("GetGatewayResponse", {{"restApiId", rest_}, {"responseType", "INTEGRATION_FAILURE"}});
  const json::Object place{{"responseType", "DEFAULT_4XX"}};

  EXPECT_EQ(shown.GetString("statusCode"), "599");
  EXPECT_TRUE(shown.GetBool("defaultResponse"));
  EXPECT_EQ(FaultOf("UpdateGatewayResponse", place, Op("add", "/statusCode", "444")),
            "Invalid patch path /statusCode");
  EXPECT_EQ(FaultOf("UpdateGatewayResponse", place,
                    Op("replace", "/responseParameters/gatewayresponse.header.a", "'b'")),
            "Invalid parameter name specified");
  EXPECT_EQ(FaultOf("UpdateGatewayResponse", place, Op("add", "/responseTemplates/a~1b")),
            "Invalid null or empty value in responseTemplates");
}

TEST_F(RestApiFaults, StagesNameTheirSettings) {
  PutMock("/", "GET", "{}");
  Deploy();
  const json::Object stage{{"stageName", "prod"}};

  EXPECT_THAT(FaultOf("UpdateStage", stage, Op("replace", "/tags/a", "b")),
              StartsWith("Invalid method setting path: /tags/a. Must be one of: [/deploymentId, "));
  EXPECT_EQ(FaultOf("UpdateStage", stage, Op("remove", "/*/*")),
            "Cannot remove method setting */* because there is no method setting for this method ");
  json::Object patched = stage;
  const Answered set =
      Patched("UpdateStage", patched, Op("replace", "/*/*/caching/enabled", "true"));
  const json::Object& all = set.output.GetObject("methodSettings").GetObject("*/*");
  EXPECT_EQ(all.GetInt("throttlingBurstLimit"), 5000);
  EXPECT_TRUE(all.GetBool("cachingEnabled"));
}

TEST_F(RestApiFaults, PlansNameTheStageThatIsNotThere) {
  const std::string plan(V1("CreateUsagePlan", {{"name", "gold"}}).GetString("id"));

  const auto fault = [&](std::string_view value) {
    return AskV1("UpdateUsagePlan",
                 {{"usagePlanId", plan},
                  {"patchOperations", json::Array{Op("add", "/apiStages", value)}}})
        .message;
  };

  EXPECT_EQ(fault("wrong"), "Invalid API Stage specified");
  EXPECT_EQ(fault(rest_ + ":none"),
            fmt::format("Invalid API Stage {{api: {}, stage: none}} specified for usageplan {}",
                        rest_, plan));
  EXPECT_EQ(Fault("GetUsagePlan", {{"usagePlanId", "none"}}),
            "404 NotFoundException: Invalid Usage Plan ID specified");
}

TEST_F(RestApiFaults, DocumentationIsPartsAndVersions) {
  const json::Object made =
      V1("CreateDocumentationPart", {{"restApiId", rest_},
                                     {"location", json::Object{{"type", "API"}}},
                                     {"properties", R"({"description":"pets"})"}});
  const json::Object part{{"documentationPartId", made.GetString("id")}};
  const Answered changed =
      Patched("UpdateDocumentationPart", part, Op("replace", "/properties", R"({"a":"b"})"));

  EXPECT_EQ(changed.output.GetString("properties"), R"({"a":"b"})");
  EXPECT_EQ(FaultOf("UpdateDocumentationPart", part, Op("replace", "/a", "b")),
            "Invalid patch path  '/a' specified for op 'replace'. Must be one of: [/properties]");
  const json::Object imported = V1(
      "ImportDocumentationParts",
      {{"restApiId", rest_},
       {"mode", "overwrite"},
       {"body",
        R"({"openapi":"3.0.0","x-amazon-apigateway-documentation":{"documentationParts":[{"location":{"type":"METHOD","path":"/","method":"GET"},"properties":{"description":"d"}}]}})"}});
  EXPECT_EQ(imported.GetArray("ids").size(), 1U);
  const json::Object listed = V1("GetDocumentationParts", {{"restApiId", rest_}});
  EXPECT_EQ(listed.GetArray("items")[0].AsObject().GetObject("location").GetString("type"),
            "METHOD");
  V1("CreateDocumentationVersion", {{"restApiId", rest_}, {"documentationVersion", "v1"}});
  Restart();
  EXPECT_EQ(V1("GetDocumentationVersion", {{"restApiId", rest_}, {"documentationVersion", "v1"}})
                .GetString("version"),
            "v1");
  EXPECT_EQ(Fault("ImportDocumentationParts", {{"restApiId", rest_}, {"body", "[no"}}),
            "400 BadRequestException: Unable to build importer with provided input.");
}

}  // namespace
}  // namespace trunkline::cloud::tests
