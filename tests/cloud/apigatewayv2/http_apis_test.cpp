// HTTP APIs and their parts, as their owners see them.
#include "tests/cloud/execute_api/api_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr std::string_view kFunction = "arn:aws:lambda:eu-central-1:111122223333:function:greet";

class HttpApis : public ApiTest {
 protected:
  Answered AskV2(std::string_view operation, const json::Object& input) {
    return Ask("apigatewayv2", operation, input);
  }
  std::string MakeIntegration(std::string_view api) {
    return AddIntegration(api, {{"IntegrationType", "AWS_PROXY"},
                                {"IntegrationUri", kFunction},
                                {"PayloadFormatVersion", "2.0"}});
  }
};

TEST_F(HttpApis, ANewApiHasAnAddressOfThisMachine) {
  const json::Object made =
      V2("CreateApi",
         {{"Name", "hooks"}, {"ProtocolType", "HTTP"}, {"Tags", json::Object{{"team", "blue"}}}});
  const std::string id(made.GetString("ApiId"));

  EXPECT_THAT(id, SizeIs(10));
  EXPECT_EQ(made.GetString("ApiEndpoint"), "http://127.0.0.1:4566/_aws/execute-api/" + id);
  EXPECT_EQ(made.GetString("RouteSelectionExpression"), "$request.method $request.path");
  EXPECT_EQ(made.GetObject("Tags").GetString("team"), "blue");
  EXPECT_EQ(V2("GetApi", {{"ApiId", id}}), made);
}

TEST_F(HttpApis, AnApiIsRenamedAndDeleted) {
  const std::string id = MakeApi();

  V2("UpdateApi", {{"ApiId", id}, {"Name", "other"}, {"Description", "words"}});
  EXPECT_EQ(V2("GetApi", {{"ApiId", id}}).GetString("Name"), "other");
  V2("DeleteApi", {{"ApiId", id}});

  EXPECT_THAT(
      AskV2("GetApi", {{"ApiId", id}}),
      Fails(404, "NotFoundException", "Invalid API identifier specified 111122223333:" + id));
  EXPECT_THAT(AskV2("DeleteApi", {{"ApiId", id}}), Fails(404, "NotFoundException", HasSubstr(id)));
}

TEST_F(HttpApis, AreTheirAccountsAndRegionsOwn) {
  const std::string id = MakeApi();

  UseRegion("us-east-1");

  EXPECT_THAT(V2("GetApis").GetArray("Items"), IsEmpty());
  EXPECT_EQ(AskV2("GetApi", {{"ApiId", id}}).status, 404);
}

TEST_F(HttpApis, AreListedInPages) {
  for (const char* name : {"a", "b", "c"}) MakeApi({{"Name", name}});

  const json::Object first = V2("GetApis", {{"MaxResults", "2"}});
  const json::Object second =
      V2("GetApis", {{"MaxResults", "2"}, {"NextToken", first.GetString("NextToken")}});

  EXPECT_THAT(first.GetArray("Items"), SizeIs(2));
  EXPECT_THAT(second.GetArray("Items"), SizeIs(1));
  EXPECT_FALSE(second.Has("NextToken"));
  EXPECT_THAT(AskV2("GetApis", {{"NextToken", "nonsense"}}),
              Fails(400, "BadRequestException", "Invalid nextToken specified"));
}

TEST_F(HttpApis, WebSocketsAreRefused) {
  EXPECT_THAT(AskV2("CreateApi", {{"Name", "chat"}, {"ProtocolType", "WEBSOCKET"}}),
              Fails(400, "BadRequestException", HasSubstr("not implemented")));
}

TEST_F(HttpApis, ATargetMakesARouteAndAStage) {
  const std::string id = MakeApi({{"Target", kFunction}});

  const json::Object routes = V2("GetRoutes", {{"ApiId", id}});
  const json::Object stage = V2("GetStage", {{"ApiId", id}, {"StageName", "$default"}});

  ASSERT_THAT(routes.GetArray("Items"), SizeIs(1));
  EXPECT_EQ(routes.GetArray("Items")[0].AsObject().GetString("RouteKey"), "$default");
  EXPECT_TRUE(stage.GetBool("AutoDeploy"));
  EXPECT_TRUE(stage.GetBool("ApiGatewayManaged"));
  EXPECT_THAT(stage.GetString("DeploymentId"), SizeIs(6));
}

TEST_F(HttpApis, RoutesAreMadeChangedAndDeleted) {
  const std::string api = MakeApi();
  const std::string route = AddRoute(api, "GET /pets", MakeIntegration(api));

  V2("UpdateRoute", {{"ApiId", api}, {"RouteId", route}, {"RouteKey", "PUT /pets"}});

  EXPECT_EQ(V2("GetRoute", {{"ApiId", api}, {"RouteId", route}}).GetString("RouteKey"),
            "PUT /pets");
  V2("DeleteRoute", {{"ApiId", api}, {"RouteId", route}});
  EXPECT_THAT(V2("GetRoutes", {{"ApiId", api}}).GetArray("Items"), IsEmpty());
  EXPECT_THAT(AskV2("GetRoute", {{"ApiId", api}, {"RouteId", route}}),
              Fails(404, "NotFoundException", "Invalid Route identifier specified"));
}

TEST_F(HttpApis, ARouteKeyHasAForm) {
  const std::string api = MakeApi();

  for (const char* key : {"/pets", "GET pets", "FETCH /pets", "GET /{a}{b}", "GET /{a+}/b",
                          "GET /{a}/{a}", "get /pets"}) {
    EXPECT_THAT(AskV2("CreateRoute", {{"ApiId", api}, {"RouteKey", key}}),
                Fails(400, "BadRequestException", HasSubstr("not formatted properly")))
        << key;
  }
}

TEST_F(HttpApis, ARouteKeyIsThereOnce) {
  const std::string api = MakeApi();
  AddRoute(api, "GET /pets", "");

  EXPECT_THAT(AskV2("CreateRoute", {{"ApiId", api}, {"RouteKey", "GET /pets"}}),
              Fails(409, "ConflictException", HasSubstr("already exists")));
}

TEST_F(HttpApis, ARouteNamesAnIntegrationAndAnAuthorizerOfItsApi) {
  const std::string api = MakeApi();

  EXPECT_THAT(AskV2("CreateRoute",
                    {{"ApiId", api}, {"RouteKey", "GET /a"}, {"Target", "integrations/none"}}),
              Fails(400, "BadRequestException", HasSubstr("Invalid target")));
  EXPECT_THAT(AskV2("CreateRoute", {{"ApiId", api},
                                    {"RouteKey", "GET /a"},
                                    {"AuthorizationType", "JWT"},
                                    {"AuthorizerId", "none"}}),
              Fails(400, "BadRequestException", HasSubstr("Authorizer")));
}

TEST_F(HttpApis, IntegrationsAreFunctionsAndServers) {
  const std::string api = MakeApi();

  EXPECT_THAT(AskV2("CreateIntegration", {{"ApiId", api}, {"IntegrationType", "MOCK"}}),
              Fails(400, "BadRequestException", HasSubstr("MOCK")));
  EXPECT_THAT(AskV2("CreateIntegration", {{"ApiId", api},
                                          {"IntegrationType", "AWS_PROXY"},
                                          {"IntegrationUri", "greet"},
                                          {"PayloadFormatVersion", "2.0"}}),
              Fails(400, "BadRequestException", HasSubstr("function")));
  EXPECT_THAT(AskV2("CreateIntegration", {{"ApiId", api},
                                          {"IntegrationType", "HTTP_PROXY"},
                                          {"IntegrationUri", "http://127.0.0.1/"}}),
              Fails(400, "BadRequestException", HasSubstr("IntegrationMethod")));
  EXPECT_THAT(AskV2("CreateIntegration", {{"ApiId", api},
                                          {"IntegrationType", "AWS_PROXY"},
                                          {"IntegrationSubtype", "Kinesis-PutRecord"}}),
              Fails(400, "BadRequestException", HasSubstr("not implemented")));
}

TEST_F(HttpApis, AnIntegrationInUseStays) {
  const std::string api = MakeApi();
  const std::string integration = MakeIntegration(api);
  const std::string route = AddRoute(api, "GET /pets", integration);
  const json::Object names{{"ApiId", api}, {"IntegrationId", integration}};

  EXPECT_THAT(AskV2("DeleteIntegration", names), Fails(409, "ConflictException", HasSubstr(route)));
  V2("DeleteRoute", {{"ApiId", api}, {"RouteId", route}});
  V2("DeleteIntegration", names);
  EXPECT_EQ(AskV2("GetIntegration", names).status, 404);
}

TEST_F(HttpApis, ParametersAreMergedAndTakenAwayByEmptyTexts) {
  const std::string api = MakeApi();
  const std::string integration = AddIntegration(
      api,
      {{"IntegrationType", "HTTP_PROXY"},
       {"IntegrationMethod", "GET"},
       {"IntegrationUri", "http://127.0.0.1/"},
       {"RequestParameters", json::Object{{"append:header.a", "1"}, {"append:header.b", "2"}}}});

  const json::Object changed =
      V2("UpdateIntegration",
         {{"ApiId", api},
          {"IntegrationId", integration},
          {"RequestParameters", json::Object{{"append:header.a", ""}, {"append:header.c", "3"}}}});

  EXPECT_EQ(changed.GetObject("RequestParameters"),
            (json::Object{{"append:header.b", "2"}, {"append:header.c", "3"}}));
}

TEST_F(HttpApis, StagesKeepTheirSettings) {
  const std::string api = MakeApi();
  AddRoute(api, "GET /pets", MakeIntegration(api));
  const json::Object stage{{"ApiId", api}, {"StageName", "beta"}};
  json::Object input = stage;
  input.Set("RouteSettings",
            json::Object{{"GET /pets", json::Object{{"ThrottlingBurstLimit", 5}}}});
  V2("CreateStage", input);

  json::Object update = stage;
  update.Set("StageVariables", json::Object{{"a", "1"}});
  const json::Object changed = V2("UpdateStage", update);

  EXPECT_EQ(changed.GetObject("RouteSettings").size(), 1U);
  EXPECT_EQ(changed.GetObject("StageVariables").GetString("a"), "1");
  json::Object settings = stage;
  settings.Set("RouteKey", "GET /pets");
  V2("DeleteRouteSettings", settings);
  EXPECT_THAT(V2("GetStage", stage).GetObject("RouteSettings"), IsEmpty());
  EXPECT_THAT(AskV2("CreateStage", stage), Fails(409, "ConflictException", HasSubstr("exists")));
  V2("DeleteStage", stage);
  EXPECT_EQ(AskV2("GetStage", stage).status, 404);
}

TEST_F(HttpApis, AStageThatDeploysItselfTakesNoDeployment) {
  const std::string api = MakeApi();
  AddRoute(api, "GET /pets", MakeIntegration(api));
  const json::Object made = V2("CreateDeployment", {{"ApiId", api}, {"Description", "first"}});

  EXPECT_THAT(AskV2("CreateStage", {{"ApiId", api},
                                    {"StageName", "x"},
                                    {"AutoDeploy", true},
                                    {"DeploymentId", made.GetString("DeploymentId")}}),
              Fails(400, "BadRequestException", HasSubstr("AutoDeploy")));
}

TEST_F(HttpApis, ADeploymentInUseStays) {
  const std::string api = MakeApi();
  AddRoute(api, "GET /pets", MakeIntegration(api));
  const json::Object made = V2("CreateDeployment", {{"ApiId", api}, {"Description", "first"}});
  const json::Object names{{"ApiId", api}, {"DeploymentId", made.GetString("DeploymentId")}};
  json::Object stage = names;
  stage.Set("StageName", "x");
  V2("CreateStage", stage);

  EXPECT_FALSE(V2("GetDeployment", names).Has("Snapshot"));
  EXPECT_EQ(AskV2("DeleteDeployment", names).status, 400);
  V2("DeleteStage", {{"ApiId", api}, {"StageName", "x"}});
  V2("DeleteDeployment", names);
  EXPECT_EQ(AskV2("GetDeployment", names).status, 404);
}

TEST_F(HttpApis, DeploymentsOfChangesDoNotPileUp) {
  const std::string api = MakeApi({{"Target", kFunction}});
  for (const char* key : {"GET /a", "GET /b", "GET /c"}) AddRoute(api, key, "");

  EXPECT_THAT(V2("GetDeployments", {{"ApiId", api}}).GetArray("Items"), SizeIs(1));
}

TEST_F(HttpApis, AuthorizersAreCheckedAndInUseTheyStay) {
  const std::string api = MakeApi();
  json::Object jwt{{"ApiId", api},
                   {"Name", "tokens"},
                   {"AuthorizerType", "JWT"},
                   {"IdentitySource", json::Array{"$request.header.Authorization"}}};
  EXPECT_EQ(AskV2("CreateAuthorizer", jwt).status, 400) << "without an issuer";
  jwt.Set("JwtConfiguration",
          json::Object{{"Issuer", "http://127.0.0.1:9"}, {"Audience", json::Array{"a"}}});
  const std::string id(V2("CreateAuthorizer", jwt).GetString("AuthorizerId"));
  const std::string route =
      AddRoute(api, "GET /a", "", {{"AuthorizationType", "JWT"}, {"AuthorizerId", id}});
  const json::Object names{{"ApiId", api}, {"AuthorizerId", id}};

  EXPECT_THAT(AskV2("DeleteAuthorizer", names), Fails(409, "ConflictException", HasSubstr(route)));
  V2("UpdateRoute", {{"ApiId", api}, {"RouteId", route}, {"AuthorizationType", "NONE"}});
  V2("DeleteAuthorizer", names);
  EXPECT_EQ(AskV2("GetAuthorizer", names).status, 404);
}

TEST_F(HttpApis, TagsComeAndGo) {
  const std::string arn = "arn:aws:apigateway:eu-central-1::/apis/" + MakeApi();

  V2("TagResource", {{"ResourceArn", arn}, {"Tags", json::Object{{"a", "1"}, {"b", "2"}}}});
  V2("UntagResource", {{"ResourceArn", arn}, {"TagKeys", json::Array{"a"}}});

  EXPECT_EQ(V2("GetTags", {{"ResourceArn", arn}}).GetObject("Tags"), (json::Object{{"b", "2"}}));
  EXPECT_THAT(AskV2("GetTags", {{"ResourceArn", "arn:aws:apigateway:eu-central-1::/apis/none"}}),
              Fails(404, "NotFoundException", HasSubstr("/apis/none")));
}

TEST_F(HttpApis, DomainNamesAreUniqueAndHaveMappings) {
  const std::string api = MakeApi({{"Target", kFunction}});
  const json::Object name{{"DomainName", "api.acme.test"}};
  V2("CreateDomainName", name);
  EXPECT_THAT(AskV2("CreateDomainName", name),
              Fails(409, "ConflictException", HasSubstr("exists")));
  json::Object mapping{{"DomainName", "api.acme.test"}, {"ApiId", api}, {"Stage", "$default"}};
  const std::string id(V2("CreateApiMapping", mapping).GetString("ApiMappingId"));
  EXPECT_EQ(AskV2("CreateApiMapping", mapping).status, 409);
  mapping.Set("Stage", "none");
  mapping.Set("ApiMappingKey", "v2");
  EXPECT_EQ(AskV2("CreateApiMapping", mapping).status, 400);

  V2("UpdateApiMapping", {{"DomainName", "api.acme.test"},
                          {"ApiMappingId", id},
                          {"ApiId", api},
                          {"ApiMappingKey", "v1"}});
  EXPECT_EQ(V2("GetApiMappings", name).GetArray("Items")[0].AsObject().GetString("ApiMappingKey"),
            "v1");
  V2("DeleteApiMapping", {{"DomainName", "api.acme.test"}, {"ApiMappingId", id}});
  V2("DeleteDomainName", name);
  EXPECT_EQ(AskV2("GetDomainName", name).status, 404);
}

constexpr std::string_view kDocument = R"_(
openapi: 3.0.1
info: {title: imported}
x-amazon-apigateway-cors: {allowOrigins: ['*']}
paths:
  /pets/{id}:
    get:
      security: [{tokens: [read]}]
      x-amazon-apigateway-integration:
        type: http_proxy
        httpMethod: GET
        uri: http://127.0.0.1:1/{id}
        payloadFormatVersion: 1.0
components:
  securitySchemes:
    tokens:
      type: oauth2
      x-amazon-apigateway-authorizer:
        type: jwt
        identitySource: $request.header.Authorization
        jwtConfiguration: {issuer: 'http://127.0.0.1:1', audience: [a]}
)_";

TEST_F(HttpApis, AreImportedExportedAndImportedAgain) {
  const json::Object made = V2("ImportApi", {{"Body", kDocument}});
  const std::string api(made.GetString("ApiId"));
  const json::Object exported =
      V2("ExportApi", {{"ApiId", api}, {"Specification", "OAS30"}, {"OutputType", "JSON"}});

  EXPECT_EQ(made.GetString("Name"), "imported");
  EXPECT_EQ(made.GetObject("CorsConfiguration").GetArray("AllowOrigins"), json::Array{"*"});
  V2("ReimportApi", {{"ApiId", api}, {"Body", exported.GetString("body")}});
  const json::Object routes = V2("GetRoutes", {{"ApiId", api}});
  ASSERT_THAT(routes.GetArray("Items"), SizeIs(1));
  const json::Object& route = routes.GetArray("Items")[0].AsObject();
  EXPECT_EQ(route.GetString("RouteKey"), "GET /pets/{id}");
  EXPECT_EQ(route.GetString("AuthorizationType"), "JWT");
  EXPECT_EQ(route.GetArray("AuthorizationScopes"), json::Array{"read"});
  EXPECT_EQ(AskV2("ImportApi", {{"Body", "nonsense"}}).status, 400);
}

TEST_F(HttpApis, AreThereAfterARestart) {
  const std::string api = MakeApi({{"Target", kFunction}});
  const json::Object before = V2("GetStages", {{"ApiId", api}});

  Restart();

  EXPECT_EQ(V2("GetStages", {{"ApiId", api}}), before);
}

}  // namespace
}  // namespace trunkline::cloud::tests
