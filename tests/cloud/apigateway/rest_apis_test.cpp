// REST APIs and their parts, as their owners see them.
#include "tests/cloud/execute_api/rest_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

json::Object Change(std::string_view op, std::string_view path, std::string_view value = {}) {
  json::Object change{{"op", op}, {"path", path}};
  if (!value.empty()) change.Set("value", value);
  return change;
}

class RestApis : public RestTest {
 protected:
  // An update by patch operations.
  json::Object Update(std::string_view operation, json::Object keys,
                      std::initializer_list<json::Object> changes) {
    keys.Set("patchOperations", json::Array(changes.begin(), changes.end()));
    return V1(operation, keys);
  }
  Answered AskUpdate(std::string_view operation, json::Object keys, json::Object change) {
    keys.Set("patchOperations", json::Array{std::move(change)});
    return AskV1(operation, keys);
  }
  std::vector<std::string> Paths() {
    std::vector<std::string> paths;
    const json::Object all = V1("GetResources", {{"restApiId", rest_}, {"limit", 500}});
    for (const json::Value& one : all.GetArray("items"))
      paths.emplace_back(one.AsObject().GetString("path"));
    return paths;
  }
  json::Object Rest() const { return {{"restApiId", rest_}}; }
};

TEST_F(RestApis, ANewApiHasARootAndTwoModels) {
  MakeRest({{"description", "words"}, {"tags", json::Object{{"team", "blue"}}}});

  const json::Object shown = V1("GetRestApi", Rest());

  EXPECT_THAT(rest_, SizeIs(10));
  EXPECT_EQ(shown.GetString("apiKeySource"), "HEADER");
  EXPECT_EQ(shown.GetString("rootResourceId"), root_);
  EXPECT_EQ(shown.GetObject("tags").GetString("team"), "blue");
  EXPECT_THAT(Paths(), UnorderedElementsAre("/"));
  EXPECT_THAT(V1("GetModels", Rest()).GetArray("items"), SizeIs(2));
}

TEST_F(RestApis, AnApiIsPatchedAndDeleted) {
  MakeRest();

  const json::Object changed =
      Update("UpdateRestApi", Rest(),
             {Change("replace", "/name", "cats"), Change("add", "/binaryMediaTypes/image~1png"),
              Change("replace", "/minimumCompressionSize", "10"),
              Change("replace", "/disableExecuteApiEndpoint", "true")});

  EXPECT_EQ(changed.GetString("name"), "cats");
  EXPECT_EQ(changed.GetArray("binaryMediaTypes"), json::Array{"image/png"});
  EXPECT_EQ(changed.GetInt("minimumCompressionSize"), 10);
  EXPECT_TRUE(changed.GetBool("disableExecuteApiEndpoint"));
  V1("DeleteRestApi", Rest());
  EXPECT_THAT(
      AskV1("GetRestApi", Rest()),
      Fails(404, "NotFoundException", "Invalid API identifier specified 111122223333:" + rest_));
}

TEST_F(RestApis, APatchNamesWhatThereIs) {
  MakeRest();

  EXPECT_THAT(AskUpdate("UpdateRestApi", Rest(), Change("replace", "/colour", "red")),
              Fails(400, "BadRequestException", "Invalid patch path /colour"));
  EXPECT_EQ(
      AskUpdate("UpdateRestApi", Rest(), Change("replace", "/minimumCompressionSize", "x")).status,
      400);
  EXPECT_EQ(AskUpdate("UpdateRestApi", Rest(), Change("replace", "name", "x")).status, 400);
}

TEST_F(RestApis, AreListedInPages) {
  for (int i = 0; i < 3; ++i) MakeRest();

  const json::Object first = V1("GetRestApis", {{"limit", 2}});
  const json::Object second =
      V1("GetRestApis", {{"limit", 2}, {"position", first.GetString("position")}});

  EXPECT_THAT(first.GetArray("items"), SizeIs(2));
  EXPECT_THAT(second.GetArray("items"), SizeIs(1));
  EXPECT_EQ(AskV1("GetRestApis", {{"position", "nonsense"}}).status, 400);
}

TEST_F(RestApis, ResourcesAreATree) {
  MakeRest();
  const std::string pets = Resource("/pets");
  Resource("/pets/{id}");

  const json::Object place{{"restApiId", rest_}, {"resourceId", pets}};
  Update("UpdateResource", place, {Change("replace", "/pathPart", "cats")});
  EXPECT_THAT(Paths(), UnorderedElementsAre("/", "/cats", "/cats/{id}"));

  V1("DeleteResource", place);
  EXPECT_THAT(Paths(), UnorderedElementsAre("/"));
  EXPECT_EQ(AskV1("GetResource", place).status, 404);
}

TEST_F(RestApis, SiblingsDiffer) {
  MakeRest();
  Resource("/{id}");
  const auto add = [&](std::string_view part) {
    return AskV1("CreateResource", {{"restApiId", rest_}, {"parentId", root_}, {"pathPart", part}});
  };

  EXPECT_THAT(add("{id}"), Fails(409, "ConflictException", HasSubstr("same parent")));
  EXPECT_THAT(add("{other}"), Fails(400, "BadRequestException", HasSubstr("sibling")));
  EXPECT_EQ(add("a/b").status, 400);
  EXPECT_EQ(add("{a+}b").status, 400);
  EXPECT_THAT(add("{rest+}"), Fails(400, "BadRequestException", HasSubstr("sibling")));
}

TEST_F(RestApis, MethodsAreShownWithAllTheirParts) {
  MakeRest();
  PutMock("/pets", "GET", "{}");

  const json::Object method = V1("GetMethod", At("/pets", "GET"));
  const json::Object plain =
      V1("GetResource", {{"restApiId", rest_}, {"resourceId", Resource("/pets")}});
  const json::Object embedded = V1(
      "GetResource",
      {{"restApiId", rest_}, {"resourceId", Resource("/pets")}, {"embed", json::Array{"methods"}}});

  EXPECT_EQ(method.GetObject("methodIntegration").GetString("type"), "MOCK");
  EXPECT_TRUE(method.GetObject("methodIntegration").GetObject("integrationResponses").Has("200"));
  EXPECT_TRUE(method.GetObject("methodResponses").Has("200"));
  EXPECT_THAT(plain.GetObject("resourceMethods").GetObject("GET"), IsEmpty());
  EXPECT_EQ(embedded.GetObject("resourceMethods").GetObject("GET"), method);
}

TEST_F(RestApis, MethodsAreChangedAndDeleted) {
  MakeRest();
  PutMock("/", "GET", "{}");
  const json::Object place = At("/", "GET");
  EXPECT_THAT(AskV1("PutMethod",
                    [&] {
                      json::Object again = place;
                      again.Set("authorizationType", "NONE");
                      return again;
                    }()),
              Fails(409, "ConflictException", HasSubstr("already exists")));

  Update("UpdateMethod", place,
         {Change("replace", "/apiKeyRequired", "true"),
          Change("add", "/requestParameters/method.request.querystring.q", "true")});
  Update("UpdateIntegration", place, {Change("replace", "/timeoutInMillis", "100")});

  const json::Object method = V1("GetMethod", place);
  EXPECT_TRUE(method.GetBool("apiKeyRequired"));
  EXPECT_TRUE(method.GetObject("requestParameters").GetBool("method.request.querystring.q"));
  EXPECT_EQ(method.GetObject("methodIntegration").GetInt("timeoutInMillis"), 100);
  V1("DeleteIntegration", place);
  EXPECT_EQ(AskV1("GetIntegration", place).status, 404);
  V1("DeleteMethod", place);
  EXPECT_THAT(AskV1("GetMethod", place),
              Fails(404, "NotFoundException", "Invalid Method identifier specified"));
}

TEST_F(RestApis, IntegrationsAreChecked) {
  MakeRest();
  json::Object method = At("/", "GET");
  method.Set("authorizationType", "NONE");
  V1("PutMethod", method);
  json::Object integration = At("/", "GET");
  integration.Set("type", "AWS");
  integration.Set("integrationHttpMethod", "POST");
  integration.Set("uri", "arn:aws:apigateway:eu-central-1:sqs:path/1/q");

  EXPECT_THAT(AskV1("PutIntegration", integration),
              Fails(400, "BadRequestException", "Role ARN must be specified for AWS integrations"));
  integration.Set("uri", FunctionUri());
  integration.Set("requestTemplates", json::Object{{"application/json", "#if($a)"}});
  EXPECT_THAT(AskV1("PutIntegration", integration),
              Fails(400, "BadRequestException", HasSubstr("mapping template")));
}

TEST_F(RestApis, OnlyWholeApisAreDeployed) {
  MakeRest();
  EXPECT_THAT(AskV1("CreateDeployment", Rest()),
              Fails(400, "BadRequestException", HasSubstr("doesn't contain any methods")));
  json::Object method = At("/", "GET");
  method.Set("authorizationType", "NONE");
  V1("PutMethod", method);
  EXPECT_THAT(AskV1("CreateDeployment", Rest()),
              Fails(400, "BadRequestException", "No integration defined for method"));
}

TEST_F(RestApis, StagesArePatched) {
  MakeRest();
  PutMock("/", "GET", "{}");
  Deploy();
  const json::Object stage{{"restApiId", rest_}, {"stageName", "prod"}};

  Update("UpdateStage", stage,
         {Change("replace", "/variables/a", "1"),
          Change("replace", "/*/*/throttling/rateLimit", "5.5"),
          Change("replace", "/~1pets~1{id}/GET/logging/loglevel", "INFO")});
  const json::Object shown = V1("GetStage", stage);

  EXPECT_EQ(shown.GetObject("variables").GetString("a"), "1");
  EXPECT_EQ(shown.GetObject("methodSettings").GetObject("*/*").GetDouble("throttlingRateLimit"),
            5.5);
  EXPECT_EQ(
      shown.GetObject("methodSettings").GetObject("~1pets~1{id}/GET").GetString("loggingLevel"),
      "INFO");
  Update("UpdateStage", stage, {Change("remove", "/variables/a"), Change("remove", "/*/*")});
  EXPECT_THAT(V1("GetStage", stage).GetObject("variables"), IsEmpty());
  EXPECT_EQ(AskUpdate("UpdateStage", stage, Change("replace", "/deploymentId", "none")).status,
            400);
  EXPECT_THAT(V1("GetStages", Rest()).GetArray("item"), SizeIs(1));
}

TEST_F(RestApis, ADeploymentOfAStageStays) {
  MakeRest();
  PutMock("/", "GET", "{}");
  Deploy();
  const json::Object deployments = V1("GetDeployments", Rest());
  json::Object names = Rest();
  names.Set("deploymentId", deployments.GetArray("items")[0].AsObject().GetString("id"));

  EXPECT_THAT(AskV1("DeleteDeployment", names),
              Fails(400, "BadRequestException", HasSubstr("Active stages")));
  names.Set("embed", json::Array{"apisummary"});
  EXPECT_EQ(V1("GetDeployment", names)
                .GetObject("apiSummary")
                .GetObject("/")
                .GetObject("GET")
                .GetString("authorizationType"),
            "NONE");
  V1("DeleteStage", {{"restApiId", rest_}, {"stageName", "prod"}});
  names.Remove("embed");
  V1("DeleteDeployment", names);
}

TEST_F(RestApis, AuthorizersModelsAndValidatorsInUseStay) {
  MakeRest();
  json::Object authorizer = Rest();
  authorizer.Set("name", "a");
  authorizer.Set("type", "TOKEN");
  authorizer.Set("authorizerUri", FunctionUri());
  const std::string id(V1("CreateAuthorizer", authorizer).GetString("id"));
  const json::Object validator =
      V1("CreateRequestValidator", {{"restApiId", rest_}, {"name", "v"}});
  PutMock("/", "GET", "{}",
          {{"authorizationType", "CUSTOM"},
           {"authorizerId", id},
           {"requestModels", json::Object{{"application/json", "Empty"}}},
           {"requestValidatorId", validator.GetString("id")}});

  EXPECT_EQ(AskV1("DeleteAuthorizer", {{"restApiId", rest_}, {"authorizerId", id}}).status, 409);
  EXPECT_EQ(AskV1("DeleteModel", {{"restApiId", rest_}, {"modelName", "Empty"}}).status, 409);
  EXPECT_EQ(AskV1("DeleteRequestValidator",
                  {{"restApiId", rest_}, {"requestValidatorId", validator.GetString("id")}})
                .status,
            409);
  V1("DeleteMethod", At("/", "GET"));
  V1("DeleteAuthorizer", {{"restApiId", rest_}, {"authorizerId", id}});
  V1("DeleteModel", {{"restApiId", rest_}, {"modelName", "Empty"}});
}

TEST_F(RestApis, KeysShowTheirValueOnRequest) {
  const json::Object made =
      V1("CreateApiKey", {{"name", "k1"}, {"enabled", true}, {"value", "12345678901234567890"}});
  const json::Object key{{"apiKey", made.GetString("id")}};

  EXPECT_FALSE(V1("GetApiKey", key).Has("value"));
  json::Object with_value = key;
  with_value.Set("includeValue", true);
  EXPECT_EQ(V1("GetApiKey", with_value).GetString("value"), "12345678901234567890");
  EXPECT_THAT(V1("GetApiKeys", {{"nameQuery", "k"}}).GetArray("items"), SizeIs(1));
  EXPECT_THAT(V1("GetApiKeys", {{"nameQuery", "x"}}).GetArray("items"), IsEmpty());
  EXPECT_EQ(AskV1("CreateApiKey", {{"value", "12345678901234567890"}}).status, 409);
  EXPECT_EQ(AskV1("CreateApiKey", {{"value", "short"}}).status, 400);
  Update("UpdateApiKey", key, {Change("replace", "/enabled", "false")});
  EXPECT_FALSE(V1("GetApiKey", key).GetBool("enabled", true));
  V1("DeleteApiKey", key);
  EXPECT_EQ(AskV1("GetApiKey", key).status, 404);
}

TEST_F(RestApis, KeysAreImportedFromAList) {
  const json::Object done = V1("ImportApiKeys", {{"format", "csv"},
                                                 {"body",
                                                  "name,key\na,aaaaaaaaaaaaaaaaaaaaaaaa\n"
                                                  "b,bbbbbbbbbbbbbbbbbbbbbbbb\n"}});

  EXPECT_THAT(done.GetArray("ids"), SizeIs(2));
}

TEST_F(RestApis, PlansHaveStagesAndKeys) {
  MakeRest();
  PutMock("/", "GET", "{}");
  Deploy();
  const json::Object plan{{"usagePlanId", V1("CreateUsagePlan", {{"name", "p"}}).GetString("id")}};

  Update(
      "UpdateUsagePlan", plan,
      {Change("add", "/apiStages", rest_ + ":prod"), Change("replace", "/throttle/rateLimit", "10"),
       Change("add", "/apiStages/" + rest_ + ":prod/throttle/~1~1GET/burstLimit", "3")});
  const json::Object shown = V1("GetUsagePlan", plan);

  ASSERT_THAT(shown.GetArray("apiStages"), SizeIs(1));
  EXPECT_EQ(shown.GetObject("throttle").GetDouble("rateLimit"), 10);
  EXPECT_EQ(AskV1("DeleteUsagePlan", plan).status, 400);
  EXPECT_EQ(AskUpdate("UpdateUsagePlan", plan, Change("add", "/apiStages", "none:x")).status, 404);
  Update("UpdateUsagePlan", plan, {Change("remove", "/apiStages", rest_ + ":prod")});
  V1("DeleteUsagePlan", plan);
}

TEST_F(RestApis, GatewayResponsesHaveDefaults) {
  MakeRest();
  json::Object type = Rest();
  type.Set("responseType", "UNAUTHORIZED");

  EXPECT_TRUE(V1("GetGatewayResponse", type).GetBool("defaultResponse"));
  Update("UpdateGatewayResponse", type, {Change("replace", "/statusCode", "418")});
  EXPECT_EQ(V1("GetGatewayResponse", type).GetString("statusCode"), "418");
  EXPECT_FALSE(V1("GetGatewayResponse", type).GetBool("defaultResponse"));
  V1("DeleteGatewayResponse", type);
  EXPECT_EQ(V1("GetGatewayResponse", type).GetString("statusCode"), "401");
  EXPECT_EQ(AskV1("DeleteGatewayResponse", type).status, 404);
  EXPECT_THAT(V1("GetGatewayResponses", Rest()).GetArray("items"), SizeIs(21));
}

TEST_F(RestApis, TagsComeAndGo) {
  MakeRest();
  const std::string arn = "arn:aws:apigateway:eu-central-1::/restapis/" + rest_;

  V1("TagResource", {{"resourceArn", arn}, {"tags", json::Object{{"a", "1"}, {"b", "2"}}}});
  V1("UntagResource", {{"resourceArn", arn}, {"tagKeys", json::Array{"a"}}});

  EXPECT_EQ(V1("GetTags", {{"resourceArn", arn}}).GetObject("tags"), (json::Object{{"b", "2"}}));
  EXPECT_EQ(AskV1("GetTags", {{"resourceArn", arn + "x"}}).status, 404);
  EXPECT_EQ(
      AskV1("TagResource", {{"resourceArn", arn}, {"tags", json::Object{{"aws:a", "1"}}}}).status,
      400);
}

TEST_F(RestApis, TheAccountHasARole) {
  const json::Object changed =
      Update("UpdateAccount", {},
             {Change("replace", "/cloudwatchRoleArn", "arn:aws:iam::111122223333:role/logs")});

  EXPECT_EQ(changed.GetString("cloudwatchRoleArn"), "arn:aws:iam::111122223333:role/logs");
  EXPECT_EQ(V1("GetAccount"), changed);
}

TEST_F(RestApis, DomainNamesHaveBasePaths) {
  MakeRest();
  PutMock("/", "GET", "{}");
  Deploy();
  V1("CreateDomainName", {{"domainName", "a.acme.test"}});
  json::Object mapping{{"domainName", "a.acme.test"}, {"restApiId", rest_}, {"stage", "prod"}};
  EXPECT_EQ(V1("CreateBasePathMapping", mapping).GetString("basePath"), "(none)");
  EXPECT_EQ(AskV1("CreateBasePathMapping", mapping).status, 409);

  const json::Object place{{"domainName", "a.acme.test"}, {"basePath", "(none)"}};
  Update("UpdateBasePathMapping", place, {Change("replace", "/basePath", "v1")});

  EXPECT_EQ(AskV1("GetBasePathMapping", place).status, 404);
  EXPECT_EQ(V1("GetBasePathMapping", {{"domainName", "a.acme.test"}, {"basePath", "v1"}})
                .GetString("stage"),
            "prod");
  V1("DeleteDomainName", {{"domainName", "a.acme.test"}});
  EXPECT_EQ(AskV1("GetDomainName", {{"domainName", "a.acme.test"}}).status, 404);
}

TEST_F(RestApis, AreThereAfterARestart) {
  MakeRest();
  PutMock("/pets", "GET", "{}");
  const json::Object before = V1("GetMethod", At("/pets", "GET"));

  Restart();

  EXPECT_EQ(V1("GetMethod", At("/pets", "GET")), before);
}

}  // namespace
}  // namespace trunkline::cloud::tests
