// Templates of AWS SAM through the engine: what they become is really called.
#include "tests/cloud/cloudformation/types_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class ServerlessStacks : public TypesTest {
 protected:
  net::Response Fetch(std::string_view url, net::Request request = {}) {
    const net::Url parsed = net::ParseUrl(url).value_or(net::Url());
    request.target = parsed.target;
    request.headers.Set("Host", parsed.Authority());
    return Send(std::move(request));
  }

  Answered Create(const std::string& body, json::Array capabilities) {
    return Ask("cloudformation", "CreateStack",
               {{"StackName", "other"},
                {"TemplateBody", body},
                {"Capabilities", std::move(capabilities)}});
  }
};

// Answers what it was called with, and its version.
std::string Application(std::string_view text, std::string_view more = {}) {
  return fmt::format(R"(
Transform: AWS::Serverless-2016-10-31
Globals: {{Function: {{Runtime: python3.11, Handler: index.handler}}}}
Resources:
  Greet:
    Type: AWS::Serverless::Function
    Properties:
      InlineCode: |
        def handler(event, context):
            return {{'statusCode': 200, 'body': '{} ' + (event.get('routeKey') or event.get('resource') or 'alone')}}
      AutoPublishAlias: live
      Events:
        Web: {{Type: HttpApi, Properties: {{Path: /hello, Method: get}}}}
        Rest: {{Type: Api, Properties: {{Path: '/pets/{{id}}', Method: any}}}}
{}Outputs:
  Http: {{Value: !GetAtt ServerlessHttpApi.ApiEndpoint}}
  Rest: {{Value: !Ref ServerlessRestApi}}
  Stage: {{Value: !Ref ServerlessRestApi.Stage}}
  Function: {{Value: !Ref Greet}}
  Alias: {{Value: !Ref Greet.Alias}}
)",
                     text, more);
}

TEST_F(ServerlessStacks, FunctionsAreCalledThroughBothKindsOfApis) {
  Deploy(Application("hi"));

  EXPECT_EQ(Fetch(Output("Http") + "/hello").body, "hi GET /hello");
  EXPECT_EQ(Output("Stage"), "Prod");
  const std::string rest = "http://127.0.0.1:4566/_aws/execute-api/" + Output("Rest") + "/Prod";
  EXPECT_EQ(Fetch(rest + "/pets/7", {.method = "PUT"}).body, "hi /pets/{id}");
  EXPECT_THAT(Output("Alias"), HasSubstr(":live"));
  EXPECT_EQ(Drift(), "IN_SYNC");
}

TEST_F(ServerlessStacks, AChangeOfTheCodeIsANewVersionAndSurvivesARestart) {
  Deploy(Application("one"));
  Deploy(Application("two"));
  Restart();

  EXPECT_EQ(Fetch(Output("Http") + "/hello").body, "two GET /hello");
  const json::Object versions =
      Do("lambda", "ListVersionsByFunction", {{"FunctionName", Output("Function")}});
  EXPECT_EQ(versions.GetArray("Versions").size(), 3U) << "$LATEST, and the old one is retained";
  Delete();
}

TEST_F(ServerlessStacks, TheProcessedTemplateIsShown) {
  Deploy(Application("hi"));

  const json::Object original = Do("cloudformation", "GetTemplate", {{"StackName", "app"}});
  const json::Object processed =
      Do("cloudformation", "GetTemplate", {{"StackName", "app"}, {"TemplateStage", "Processed"}});

  EXPECT_THAT(original.GetString("TemplateBody"), HasSubstr("AWS::Serverless::Function"));
  EXPECT_THAT(processed.GetString("TemplateBody"), HasSubstr("GreetAliaslive"));
  EXPECT_THAT(processed.GetString("TemplateBody"), testing::Not(HasSubstr("AWS::Serverless::")));
}

TEST_F(ServerlessStacks, StacksNeedTheCapabilityAndChangeSetsDoNot) {
  const std::string body = Application("hi");

  EXPECT_THAT(Create(body, {"CAPABILITY_IAM"}),
              Fails(400, "InsufficientCapabilitiesException",
                    "Requires capabilities : [CAPABILITY_AUTO_EXPAND]"));
  const Answered change = Ask("cloudformation", "CreateChangeSet",
                              {{"StackName", "other"},
                               {"ChangeSetName", "first"},
                               {"ChangeSetType", "CREATE"},
                               {"TemplateBody", body},
                               {"Capabilities", json::Array{"CAPABILITY_IAM"}}});
  EXPECT_TRUE(change.ok()) << change.message;
}

TEST_F(ServerlessStacks, AWrongTemplateFailsTheStackOrItsChangeSet) {
  const std::string body =
      "Transform: AWS::Serverless-2016-10-31\nResources: {F: {Type: "
      "AWS::Serverless::Function, Properties: {Runtime: python3.11, Handler: a.b}}}";
  const std::string problem =
      "Transform AWS::Serverless-2016-10-31 failed with: Invalid Serverless Application "
      "Specification document. Number of errors found: 1. Resource with id [F] is invalid. Only "
      "one of 'InlineCode' or 'CodeUri' can be set.";

  EXPECT_THAT(Create(body, {"CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"}), Succeeds());
  Do("cloudformation", "CreateChangeSet",
     {{"StackName", "reviewed"},
      {"ChangeSetName", "first"},
      {"ChangeSetType", "CREATE"},
      {"TemplateBody", body},
      {"Capabilities", json::Array{"CAPABILITY_IAM"}}});
  Advance(std::chrono::seconds(1));

  const json::Object stacks = Do("cloudformation", "DescribeStacks", {{"StackName", "other"}});
  EXPECT_EQ(stacks.GetArray("Stacks").at(0).AsObject().GetString("StackStatus"),
            "ROLLBACK_COMPLETE");
  const json::Object change = Do("cloudformation", "DescribeChangeSet",
                                 {{"StackName", "reviewed"}, {"ChangeSetName", "first"}});
  EXPECT_EQ(change.GetString("Status"), "FAILED");
  EXPECT_EQ(change.GetString("StatusReason"), problem);
}

TEST_F(ServerlessStacks, AnUnknownTypeMakesNothing) {
  EXPECT_THAT(Create("Transform: AWS::Serverless-2016-10-31\nResources: {T: {Type: "
                     "AWS::Cognito::UserPool}}",
                     {"CAPABILITY_AUTO_EXPAND"}),
              Fails(400, "ValidationError", HasSubstr("[AWS::Cognito::UserPool]")));
}

TEST_F(ServerlessStacks, LoopsAreWrittenOutBefore) {
  Deploy(R"(
Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]
Resources:
  'Fn::ForEach::Functions':
    - Name
    - [One, Two]
    - 'F${Name}':
        Type: AWS::Serverless::Function
        Properties: {Runtime: python3.11, Handler: index.handler, FunctionName: !Sub 'f-${Name}', InlineCode: "def handler(event, context): return 1"}
)");

  EXPECT_EQ(PhysicalId("FOne"), "f-One");
  EXPECT_EQ(PhysicalId("FTwo"), "f-Two");
}

TEST_F(ServerlessStacks, CodeAndDefinitionsComeFromS3) {
  Do("s3", "CreateBucket",
     {{"Bucket", "parts"},
      {"CreateBucketConfiguration", json::Object{{"LocationConstraint", "eu-central-1"}}}});
  Do("s3", "PutObject",
     {{"Bucket", "parts"},
      {"Key", "machine.json"},
      {"Body",
       R"({"StartAt": "A", "States": {"A": {"Type": "Pass", "Result": "${Word}", "End": true}}})"}});
  Do("s3", "PutObject",
     {{"Bucket", "parts"},
      {"Key", "api.json"},
      {"Body", R"({"openapi": "3.0.1", "info": {"title": "own"}, "paths": {}})"}});
  Deploy(R"(
Transform: AWS::Serverless-2016-10-31
Resources:
  M:
    Type: AWS::Serverless::StateMachine
    Properties: {DefinitionUri: 's3://parts/machine.json', DefinitionSubstitutions: {Word: done}, Type: EXPRESS}
  H: {Type: AWS::Serverless::HttpApi, Properties: {DefinitionUri: 's3://parts/api.json'}}
Outputs: {Arn: {Value: !Ref M}, Api: {Value: !Ref H}}
)");

  const json::Object machine =
      Do("stepfunctions", "DescribeStateMachine", {{"stateMachineArn", Output("Arn")}});
  EXPECT_THAT(machine.GetString("definition"), HasSubstr(R"("Result": "done")"));
  EXPECT_EQ(Do("apigatewayv2", "GetApi", {{"ApiId", Output("Api")}}).GetString("Name"), "own");
}

TEST_F(ServerlessStacks, AnEventWithoutAPathIsTheDefaultRoute) {
  Deploy(R"(
Transform: AWS::Serverless-2016-10-31
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.11
      Handler: index.handler
      InlineCode: "def handler(event, context): return event['routeKey']"
      Events:
        Any: {Type: HttpApi}
        Mine: {Type: HttpApi, Properties: {ApiId: !Ref Own, Path: /mine, Method: get, Auth: {Authorizer: AWS_IAM}}}
  Own: {Type: AWS::Serverless::HttpApi, Properties: {Tags: {team: blue}, Auth: {EnableIamAuthorizer: true}}}
Outputs: {Url: {Value: !GetAtt ServerlessHttpApi.ApiEndpoint}, Own: {Value: !Ref Own}}
)");

  EXPECT_EQ(Fetch(Output("Url") + "/any/path").body, "$default");
  const json::Object own = Do("apigatewayv2", "GetApi", {{"ApiId", Output("Own")}});
  EXPECT_EQ(own.GetObject("Tags").GetString("team"), "blue");
  EXPECT_EQ(own.GetObject("Tags").GetString("httpapi:createdBy"), "SAM");
  const json::Object routes = Do("apigatewayv2", "GetRoutes", {{"ApiId", Output("Own")}});
  EXPECT_EQ(routes.GetArray("Items")[0].AsObject().GetString("AuthorizationType"), "AWS_IAM");
}

TEST_F(ServerlessStacks, AnApiStartsAStateMachine) {
  Deploy(R"(
Transform: AWS::Serverless-2016-10-31
Resources:
  M:
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition: {StartAt: A, States: {A: {Type: Pass, End: true}}}
      Events: {Call: {Type: Api, Properties: {Path: /start, Method: post}}}
Outputs: {Api: {Value: !Ref ServerlessRestApi}, M: {Value: !Ref M}}
)");

  const std::string url = "http://127.0.0.1:4566/_aws/execute-api/" + Output("Api") + "/Prod/start";
  net::Request request{.method = "POST"};
  request.headers.Set("Content-Type", "application/json");
  request.body = R"({"who": "me"})";
  const net::Response response = Fetch(url, std::move(request));

  EXPECT_EQ(response.status, 200) << response.body;
  EXPECT_THAT(response.body, HasSubstr("executionArn"));
  const json::Object runs =
      Do("stepfunctions", "ListExecutions", {{"stateMachineArn", Output("M")}});
  const json::Object run =
      Do("stepfunctions", "DescribeExecution",
         {{"executionArn", runs.GetArray("executions")[0].AsObject().GetString("executionArn")}});
  EXPECT_THAT(run.GetString("input"), HasSubstr("me"));
}

TEST_F(ServerlessStacks, QueuesSchedulesAndUsagePlansAreMade) {
  Deploy(Application("hi", R"(        Jobs: {Type: SQS, Properties: {Queue: !GetAtt Q.Arn}}
        Tick: {Type: Schedule, Properties: {Schedule: rate(1 day)}}
  Q: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 60}}
  Keyed:
    Type: AWS::Serverless::Api
    Properties:
      StageName: v1
      Auth: {ApiKeyRequired: true, UsagePlan: {CreateUsagePlan: PER_API}}
      DefinitionBody:
        swagger: '2.0'
        info: {title: keyed}
        paths: {/: {get: {responses: {}, x-amazon-apigateway-integration: {type: mock, requestTemplates: {application/json: '{"statusCode": 200}'}, responses: {default: {statusCode: '200'}}}}}}
)"));

  EXPECT_EQ(Do("lambda", "ListEventSourceMappings").GetArray("EventSourceMappings").size(), 1U);
  EXPECT_EQ(Do("events", "ListRules").GetArray("Rules").size(), 1U);
  EXPECT_EQ(Do("apigateway", "GetUsagePlans").GetArray("items").size(), 1U);
  Delete();
}

}  // namespace
}  // namespace trunkline::cloud::tests
