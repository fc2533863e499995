// REST APIs as OpenAPI documents: imported, exported, merged.
#include "base/json_read.h"
#include "base/json_write.h"
#include "tests/cloud/execute_api/rest_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

constexpr std::string_view kDocument = R"_(
openapi: 3.0.1
info: {title: imported, version: "2"}
x-amazon-apigateway-request-validators:
  body: {validateRequestBody: true}
paths:
  /pets/{id}:
    post:
      operationId: addPet
      x-amazon-apigateway-request-validator: body
      parameters:
      - {name: id, in: path, required: true, schema: {type: string}}
      requestBody:
        content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
      responses:
        "200": {description: ok}
      x-amazon-apigateway-integration:
        type: mock
        requestTemplates: {application/json: '{"statusCode": 200}'}
        responses:
          default: {statusCode: "200", responseTemplates: {application/json: 'pet $input.params("id")'}}
components:
  schemas:
    Pet: {type: object, required: [name], properties: {owner: {$ref: '#/components/schemas/Owner'}}}
    Owner: {type: string}
)_";

class RestApiDocuments : public RestTest {
 protected:
  json::Object Rest() const { return {{"restApiId", rest_}}; }
  std::vector<std::string> Paths() {
    std::vector<std::string> paths;
    const json::Object all = V1("GetResources", {{"restApiId", rest_}, {"limit", 500}});
    for (const json::Value& one : all.GetArray("items"))
      paths.emplace_back(one.AsObject().GetString("path"));
    return paths;
  }
  void Import() {
    const json::Object made = V1("ImportRestApi", {{"body", kDocument}});
    rest_ = made.GetString("id");
    root_ = made.GetString("rootResourceId");
  }
  net::Response Add(std::string_view body) {
    return Get("/prod/pets/7", {.method = "POST", .body = std::string(body)});
  }
};

constexpr std::string_view kSwagger = R"({"swagger": "2.0", "info": {"title": "t", "version": "3"},
 "paths": {"/pets": {"get": {"produces": ["text/json"], "responses": {"200": {
   "description": "200 response", "schema": {"$ref": "#/definitions/Pets"},
   "headers": {"X-Seen": {"type": "string"}}}},
  "x-amazon-apigateway-integration": {"type": "mock", "responses": {"default": {"statusCode": "200"}},
   "requestTemplates": {"application/json": "{}"}}}}},
 "definitions": {"Pets": {"type": "array", "items": {"$ref": "#/definitions/Pet"}},
  "Pet": {"type": "object"}, "Idle": {"type": "object"}}})";

TEST_F(RestApiDocuments, AreImported) {
  Import();
  Deploy();

  EXPECT_EQ(V1("GetRestApi", Rest()).GetString("name"), "imported");
  EXPECT_EQ(Add(R"({"name":"Rex"})").body, "pet 7");
  EXPECT_EQ(Add("{}").status, 400);
  EXPECT_EQ(Add(R"({"name":"Rex","owner":1})").status, 400) << "by the model it refers to";
}

TEST_F(RestApiDocuments, AreExportedAndComeBack) {
  Import();
  Deploy();
  const json::Object exported =
      V1("GetExport", {{"restApiId", rest_},
                       {"stageName", "prod"},
                       {"exportType", "oas30"},
                       {"parameters", json::Object{{"extensions", "apigateway"}}}});
  const Result<json::Value> document = json::Parse(exported.GetString("body"));

  ASSERT_TRUE(document);
  EXPECT_EQ(document->AsObject().GetString("openapi"), "3.0.1");
  rest_ = V1("ImportRestApi", {{"body", exported.GetString("body")}}).GetString("id");
  Deploy();
  EXPECT_EQ(Add(R"({"name":"Rex"})").body, "pet 7");
}

TEST_F(RestApiDocuments, AreWrittenAsTheServiceDoes) {
  rest_ = V1("ImportRestApi", {{"body", kSwagger}}).GetString("id");
  Deploy();

  const json::Object exported =
      V1("GetExport", {{"restApiId", rest_}, {"stageName", "prod"}, {"exportType", "swagger"}});
  const Result<json::Value> document = json::Parse(exported.GetString("body"));

  ASSERT_TRUE(document);
  const json::Object& root = document->AsObject();
  const json::Object& get = root.GetObject("paths").GetObject("/pets").GetObject("get");
  EXPECT_EQ(exported.GetString("contentDisposition"), "attachment; filename=\"swagger_3.json\"");
  EXPECT_EQ(root.GetString("host"), rest_ + ".execute-api.eu-central-1.amazonaws.com");
  EXPECT_EQ(get.GetArray("consumes"), json::Array{"application/json"});
  EXPECT_EQ(get.GetArray("produces"), json::Array{"text/json"});
  EXPECT_TRUE(get.GetObject("responses").GetObject("200").GetObject("headers").Has("X-Seen"));
  EXPECT_EQ(
      json::Write(json::Value(root.GetObject("definitions"))),
      R"({"Pets":{"type":"array","items":{"$ref":"#/definitions/Pet"}},"Pet":{"type":"object"}})");
  EXPECT_FALSE(root.Has("securityDefinitions"));
}

TEST_F(RestApiDocuments, SetWhatTheyLeaveOutAsTheServiceDoes) {
  rest_ = V1("ImportRestApi", {{"body", R"({"swagger": "2.0", "info": {"title": "t"},
 "paths": {"/": {"get": {"x-amazon-apigateway-integration":
   {"type": "http", "httpMethod": "GET", "uri": "http://127.0.0.1:1/"}}}},
 "securityDefinitions": {"a": {"type": "apiKey", "name": "Authorization", "in": "header",
  "x-amazon-apigateway-authtype": "oauth2", "x-amazon-apigateway-authorizer": {"type": "token",
   "authorizerUri": "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-central-1:111122223333:function:greet/invocations"}}}})"}})
              .GetString("id");
  root_ = V1("GetRestApi", Rest()).GetString("rootResourceId");

  const json::Object authorizer = V1("GetAuthorizers", Rest()).GetArray("items")[0].AsObject();

  EXPECT_EQ(V1("GetIntegration", At("/", "GET")).GetString("connectionType"), "INTERNET");
  EXPECT_EQ(authorizer.GetString("authType"), "oauth2");
  EXPECT_FALSE(authorizer.Has("authorizerResultTtlInSeconds"));
  EXPECT_THAT(V1("GetModels", Rest()).GetArray("items"), IsEmpty());
}

TEST_F(RestApiDocuments, OverwriteAnApiOrAreAddedToIt) {
  MakeRest();
  PutMock("/old", "GET", "{}");
  json::Object input = Rest();
  input.Set("body", kDocument);

  V1("PutRestApi", input);
  EXPECT_THAT(Paths(), UnorderedElementsAre("/", "/old", "/pets", "/pets/{id}"));
  input.Set("mode", "overwrite");
  V1("PutRestApi", input);

  EXPECT_THAT(Paths(), UnorderedElementsAre("/", "/pets", "/pets/{id}"));
  EXPECT_EQ(V1("GetRestApi", Rest()).GetString("rootResourceId"), root_);
}

TEST_F(RestApiDocuments, HaveToBeSome) {
  EXPECT_THAT(AskV1("ImportRestApi", {{"body", "{nonsense"}}),
              Fails(400, "BadRequestException", HasSubstr("Invalid OpenAPI input")));
  EXPECT_EQ(AskV1("ImportRestApi", {{"body", R"({"a":1})"}}).status, 400);
}

TEST_F(RestApiDocuments, PutTheirBasePathBeforeTheirPathsOnRequest) {
  constexpr std::string_view kSwaggered =
      R"({"swagger": "2.0", "info": {"title": "t"}, "basePath": "/a/b", "paths": {"/c": {}}})";
  constexpr std::string_view kServed =
      R"({"openapi": "3.0.1", "info": {"title": "t"}, "paths": {"/c": {}},
 "servers": [{"url": "https://api.acme.test/{basePath}", "variables": {"basePath": {"default": "a/b"}}}]})";
  const auto paths = [&](std::string_view document, std::string_view mode) {
    rest_ =
        V1("ImportRestApi", {{"body", document}, {"parameters", json::Object{{"basepath", mode}}}})
            .GetString("id");
    return Paths();
  };

  EXPECT_THAT(paths(kSwaggered, "ignore"), UnorderedElementsAre("/", "/c"));
  EXPECT_THAT(paths(kSwaggered, "prepend"), UnorderedElementsAre("/", "/a", "/a/b", "/a/b/c"));
  EXPECT_THAT(paths(kSwaggered, "split"), UnorderedElementsAre("/", "/b", "/b/c"));
  EXPECT_THAT(paths(kServed, "prepend"), UnorderedElementsAre("/", "/a", "/a/b", "/a/b/c"));
  EXPECT_THAT(
      AskV1("ImportRestApi", {{"body", kServed}, {"parameters", json::Object{{"basepath", "x"}}}}),
      Fails(400, "BadRequestException", HasSubstr("expected ignore, prepend or split")));
}

TEST_F(RestApiDocuments, TellWhatWasNotTakenOfThem) {
  constexpr std::string_view kWithCookie = R"({"openapi": "3.0.1", "info": {"title": "t"},
 "paths": {"/": {"get": {"parameters": [{"name": "session", "in": "cookie"}],
  "requestBody": {"$ref": "#/components/requestBodies/Gone"}}}}})";

  const json::Object made = V1("ImportRestApi", {{"body", kWithCookie}});

  EXPECT_EQ(made.GetArray("warnings"),
            (json::Array{"The cookie parameter 'session' was ignored",
                         "The reference '#/components/requestBodies/Gone' leads to nothing"}));
  EXPECT_THAT(AskV1("ImportRestApi", {{"body", kWithCookie}, {"failOnWarnings", true}}),
              Fails(400, "BadRequestException", HasSubstr("The cookie parameter 'session'")));
  EXPECT_THAT(V1("GetRestApis", {}).GetArray("items"), SizeIs(1)) << "the second was not made";
}

}  // namespace
}  // namespace trunkline::cloud::tests
