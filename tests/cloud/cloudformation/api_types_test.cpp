// API Gateway through stacks: what a template makes is really called.
#include "tests/cloud/cloudformation/types_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class ApiTypes : public TypesTest {
 protected:
  // Of an address that a stack's output names.
  net::Response Fetch(std::string_view url, net::Request request = {}) {
    const auto parsed = net::ParseUrl(url);
    request.target = parsed->target;
    request.headers.Set("Host", parsed->Authority());
    return Send(std::move(request));
  }
};

constexpr std::string_view kFunction = R"(
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: 'sts:AssumeRole'}]}
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.11
      Handler: index.handler
      Role: !GetAtt Role.Arn
      Code: {ZipFile: "def handler(event, context):\n    return {'statusCode': 200, 'body': event.get('routeKey') or event['resource']}"}
)";

std::string HttpApi(std::string_view stage = "AutoDeploy: true") {
  return fmt::format(R"(
Resources:{}
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties:
      Name: hooks
      ProtocolType: HTTP
      CorsConfiguration: {{AllowOrigins: ['*'], AllowMethods: [POST]}}
      Tags: {{team: blue}}
  Integration:
    Type: AWS::ApiGatewayV2::Integration
    Properties:
      ApiId: !Ref Api
      IntegrationType: AWS_PROXY
      IntegrationUri: !GetAtt Function.Arn
      PayloadFormatVersion: '2.0'
  Route:
    Type: AWS::ApiGatewayV2::Route
    Properties: {{ApiId: !Ref Api, RouteKey: POST /github, Target: !Sub 'integrations/${{Integration}}'}}
  Stage:
    Type: AWS::ApiGatewayV2::Stage
    Properties: {{ApiId: !Ref Api, StageName: $default, {}}}
  Permission:
    Type: AWS::Lambda::Permission
    Properties:
      Action: lambda:InvokeFunction
      FunctionName: !Ref Function
      Principal: apigateway.amazonaws.com
      SourceArn: !Sub 'arn:aws:execute-api:${{AWS::Region}}:${{AWS::AccountId}}:${{Api}}/*/POST/github'
Outputs:
  Url: {{Value: !GetAtt Api.ApiEndpoint}}
  Id: {{Value: !Ref Api}}
)",
                     kFunction, stage);
}

TEST_F(ApiTypes, AnHttpApiOfAStackIsCalledAtItsEndpoint) {
  Deploy(HttpApi());

  EXPECT_EQ(Fetch(Output("Url") + "/github", {.method = "POST"}).body, "POST /github");
  EXPECT_EQ(Fetch(Output("Url") + "/other", {.method = "POST"}).status, 404);
  const json::Object api = Do("apigatewayv2", "GetApi", {{"ApiId", Output("Id")}});
  EXPECT_EQ(api.GetObject("Tags").GetString("team"), "blue");
  EXPECT_EQ(Drift(), "IN_SYNC");
}

TEST_F(ApiTypes, AnHttpApiChangesWithItsTemplateAndGoesWithItsStack) {
  Deploy(HttpApi());
  const std::string id = Output("Id");

  Deploy(
      HttpApi("AutoDeploy: true, StageVariables: {a: '1'}, DefaultRouteSettings: "
              "{ThrottlingBurstLimit: 5}"));

  const json::Object stage =
      Do("apigatewayv2", "GetStage", {{"ApiId", id}, {"StageName", "$default"}});
  EXPECT_EQ(stage.GetObject("StageVariables").GetString("a"), "1");
  EXPECT_EQ(stage.GetObject("DefaultRouteSettings").GetInt("ThrottlingBurstLimit"), 5);
  EXPECT_EQ(Output("Id"), id);
  Deploy(HttpApi("AutoDeploy: true, StageVariables: {b: '2'}"));
  const json::Object again =
      Do("apigatewayv2", "GetStage", {{"ApiId", id}, {"StageName", "$default"}});
  EXPECT_EQ(again.GetObject("StageVariables"), (json::Object{{"b", "2"}}));
  Delete();
  EXPECT_EQ(Ask("apigatewayv2", "GetApi", {{"ApiId", id}}).status, 404);
}

std::string RestApi(std::string_view more = {}, std::string_view stage = {}) {
  return fmt::format(R"(
Resources:{}
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties: {{Name: pets{}}}
  Proxy:
    Type: AWS::ApiGateway::Resource
    Properties: {{RestApiId: !Ref Api, ParentId: !GetAtt Api.RootResourceId, PathPart: '{{proxy+}}'}}
  Method:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !Ref Proxy
      HttpMethod: ANY
      AuthorizationType: NONE
      Integration:
        Type: AWS_PROXY
        IntegrationHttpMethod: POST
        Uri: !Sub 'arn:aws:apigateway:${{AWS::Region}}:lambda:path/2015-03-31/functions/${{Function.Arn}}/invocations'
  Mock:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !GetAtt Api.RootResourceId
      HttpMethod: OPTIONS
      AuthorizationType: NONE
      MethodResponses: [{{StatusCode: 204, ResponseParameters: {{method.response.header.Access-Control-Allow-Origin: true}}}}]
      Integration:
        Type: MOCK
        RequestTemplates: {{application/json: '{{"statusCode": 204}}'}}
        IntegrationResponses: [{{StatusCode: 204, ResponseParameters: {{method.response.header.Access-Control-Allow-Origin: "'*'"}}}}]
  Deployment:
    Type: AWS::ApiGateway::Deployment
    DependsOn: [Method, Mock]
    Properties: {{RestApiId: !Ref Api}}
  Stage:
    Type: AWS::ApiGateway::Stage
    Properties: {{RestApiId: !Ref Api, DeploymentId: !Ref Deployment, StageName: prod{}}}
  Permission:
    Type: AWS::Lambda::Permission
    Properties:
      Action: lambda:InvokeFunction
      FunctionName: !Ref Function
      Principal: apigateway.amazonaws.com
      SourceArn: !Sub 'arn:aws:execute-api:${{AWS::Region}}:${{AWS::AccountId}}:${{Api}}/*/*/*'
  Key:
    Type: AWS::ApiGateway::ApiKey
    Properties: {{Enabled: true}}
  Plan:
    Type: AWS::ApiGateway::UsagePlan
    Properties: {{ApiStages: [{{ApiId: !Ref Api, Stage: !Ref Stage}}]}}
  PlanKey:
    Type: AWS::ApiGateway::UsagePlanKey
    Properties: {{KeyId: !Ref Key, KeyType: API_KEY, UsagePlanId: !Ref Plan}}
  Missing:
    Type: AWS::ApiGateway::GatewayResponse
    Properties: {{RestApiId: !Ref Api, ResponseType: DEFAULT_4XX, StatusCode: '404'}}
  Validator:
    Type: AWS::ApiGateway::RequestValidator
    Properties: {{RestApiId: !Ref Api, Name: all, ValidateRequestBody: true}}
  Model:
    Type: AWS::ApiGateway::Model
    Properties: {{RestApiId: !Ref Api, Schema: {{type: object}}}}
  Account:
    Type: AWS::ApiGateway::Account
    Properties: {{CloudWatchRoleArn: !GetAtt Role.Arn}}
Outputs:
  Id: {{Value: !Ref Api}}
)",
                     kFunction, more, stage);
}

TEST_F(ApiTypes, ARestApiOfAStackIsCalled) {
  Deploy(RestApi());
  const std::string url = "http://127.0.0.1:4566/_aws/execute-api/" + Output("Id") + "/prod";

  EXPECT_EQ(Fetch(url + "/any/path").body, "/{proxy+}");
  const net::Response options = Fetch(url, {.method = "OPTIONS"});
  EXPECT_EQ(options.status, 204);
  EXPECT_EQ(options.headers.Get("Access-Control-Allow-Origin"), "*");
  EXPECT_EQ(Drift(), "IN_SYNC");
}

TEST_F(ApiTypes, ARestApiChangesByPatchesAndGoesWithItsStack) {
  Deploy(RestApi());
  const std::string id = Output("Id");

  Deploy(
      RestApi(", Description: words, BinaryMediaTypes: [image/png], EndpointConfiguration: "
              "{Types: [REGIONAL]}",
              ", Variables: {a: '1'}, MethodSettings: [{HttpMethod: '*', ResourcePath: '/*', "
              "ThrottlingRateLimit: 5}]"));

  const json::Object api = Do("apigateway", "GetRestApi", {{"restApiId", id}});
  EXPECT_EQ(api.GetString("description"), "words");
  EXPECT_EQ(api.GetArray("binaryMediaTypes"), json::Array{"image/png"});
  EXPECT_EQ(api.GetObject("endpointConfiguration").GetArray("types"), json::Array{"REGIONAL"});
  const json::Object stage =
      Do("apigateway", "GetStage", {{"restApiId", id}, {"stageName", "prod"}});
  EXPECT_EQ(stage.GetObject("variables").GetString("a"), "1");
  EXPECT_EQ(stage.GetObject("methodSettings").GetObject("*/*").GetInt("throttlingRateLimit"), 5);
  Delete();
  EXPECT_EQ(Ask("apigateway", "GetRestApi", {{"restApiId", id}}).status, 404);
  EXPECT_THAT(Do("apigateway", "GetApiKeys").GetArray("items"), IsEmpty());
}

TEST_F(ApiTypes, ARestApiIsMadeOfADocument) {
  Deploy(R"(
Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Body:
        openapi: 3.0.1
        info: {title: imported}
        paths:
          /pets:
            get:
              responses: {'200': {description: ok}}
              x-amazon-apigateway-integration:
                type: mock
                requestTemplates: {application/json: '{"statusCode": 200}'}
                responses: {default: {statusCode: '200', responseTemplates: {application/json: pets}}}
  Deployment: {Type: AWS::ApiGateway::Deployment, Properties: {RestApiId: !Ref Api, StageName: prod}}
Outputs: {Id: {Value: !Ref Api}}
)");

  EXPECT_EQ(Fetch("http://127.0.0.1:4566/_aws/execute-api/" + Output("Id") + "/prod/pets").body,
            "pets");
  EXPECT_EQ(Do("apigateway", "GetRestApi", {{"restApiId", Output("Id")}}).GetString("name"),
            "imported");
}

TEST_F(ApiTypes, DomainNamesLeadToBothKindsOfApis) {
  Deploy(R"(
Resources:
  Api: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: a, ProtocolType: HTTP, Target: 'http://127.0.0.1:1/'}}
  Domain:
    Type: AWS::ApiGatewayV2::DomainName
    Properties: {DomainName: api.acme.test, DomainNameConfigurations: [{CertificateArn: 'arn:aws:acm:eu-central-1:111122223333:certificate/x', EndpointType: REGIONAL}]}
  Mapping:
    Type: AWS::ApiGatewayV2::ApiMapping
    Properties: {ApiId: !Ref Api, DomainName: !Ref Domain, Stage: $default}
Outputs: {Name: {Value: !GetAtt Domain.RegionalDomainName}}
)");

  EXPECT_THAT(Output("Name"), HasSubstr(".execute-api.eu-central-1.amazonaws.com"));
  EXPECT_EQ(Fetch("http://api.acme.test/x").status, 503) << "nobody listens there";
}

}  // namespace
}  // namespace trunkline::cloud::tests
