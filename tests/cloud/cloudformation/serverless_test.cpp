// AWS::Serverless-2016-10-31: templates in, templates out.
#include "cloud/services/cloudformation/serverless/serverless.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "base/json_read.h"
#include "base/json_write.h"
#include "cloud/services/cloudformation/template/read.h"

namespace trunkline::cloud::cloudformation {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

class Serverless : public ::testing::Test {
 protected:
  // The resources that the template's become; an error fails the test.
  const json::Object& Expand(std::string_view yaml, json::Object parameters = {}) {
    auto document = ReadTemplate(yaml);
    EXPECT_TRUE(document.ok()) << (document ? "" : document.error().message);
    parameters.Set("AWS::Region", "eu-central-1");
    parameters.Set("AWS::Partition", "aws");
    auto made = ExpandServerless(document ? std::move(*document) : json::Object(), parameters, "1");
    EXPECT_TRUE(made.ok()) << (made ? "" : made.error().message);
    document_ = made ? std::move(*made) : json::Object();
    return document_.GetObject("Resources");
  }

  // What is wrong, without how many errors there are.
  static std::string Problem(std::string_view yaml) {
    auto document = ReadTemplate(yaml);
    if (!document) return document.error().message;
    const auto made = ExpandServerless(std::move(*document), {}, "1");
    if (made) return "fine";
    const std::string& message = made.error().message;
    return message.substr(message.find("found: ") + 7);
  }

  std::vector<std::string> Ids() const {
    std::vector<std::string> ids;
    for (const json::Member& member : document_.GetObject("Resources")) ids.push_back(member.key);
    return ids;
  }

  std::string TypeOf(std::string_view id) const {
    return std::string(document_.GetObject("Resources").GetObject(id).GetString("Type"));
  }

  // A property as JSON with sorted keys; what lies deeper is named by a path with slashes.
  std::string At(std::string_view id, std::string_view path) const {
    const json::Object& body = document_.GetObject("Resources").GetObject(id);
    json::Value value(body.GetObject("Properties"));
    while (!path.empty()) {
      const std::string_view step = path.substr(0, path.find('|'));
      path.remove_prefix(std::min(path.size(), step.size() + 1));
      const json::Value* found = value.IsObject() ? value.AsObject().Find(step) : nullptr;
      if (!found) return "(nothing)";
      value = json::Value(*found);
    }
    return json::WriteSorted(value);
  }

  json::Object document_;
};

constexpr std::string_view kPlain = R"(
  F:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.11
      Handler: app.handler
      CodeUri: s3://codes/app.zip)";

std::string WithFunction(std::string_view more, std::string_view rest = {}) {
  return "Resources:" + std::string(kPlain) + "\n" + std::string(more) + std::string(rest);
}

TEST_F(Serverless, AFunctionIsAFunctionWithARole) {
  Expand(WithFunction("      Timeout: 5\n      Tags: {team: blue}\n"));

  EXPECT_THAT(Ids(), UnorderedElementsAre("F", "FRole"));
  EXPECT_EQ(TypeOf("F"), "AWS::Lambda::Function");
  EXPECT_EQ(At("F", "Code"), R"({"S3Bucket":"codes","S3Key":"app.zip"})");
  EXPECT_EQ(At("F", "Role"), R"({"Fn::GetAtt":["FRole","Arn"]})");
  EXPECT_EQ(At("F", "Timeout"), "5");
  EXPECT_EQ(At("F", "Tags"),
            R"([{"Key":"lambda:createdBy","Value":"SAM"},{"Key":"team","Value":"blue"}])");
  EXPECT_EQ(At("FRole", "ManagedPolicyArns"),
            R"(["arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"])");
  EXPECT_THAT(At("FRole", "AssumeRolePolicyDocument"), HasSubstr("lambda.amazonaws.com"));
  EXPECT_FALSE(document_.Has("Transform"));
}

TEST_F(Serverless, PoliciesAreNamesDocumentsAndTemplates) {
  Expand(WithFunction(R"(
      Tracing: Active
      Policies:
        - AmazonS3ReadOnlyAccess
        - arn:aws:iam::123456789012:policy/own
        - Statement: [{Effect: Allow, Action: 's3:*', Resource: '*'}]
        - SQSPollerPolicy: {QueueName: !GetAtt Q.QueueName}
        - KMSDecryptPolicy: {KeyId: k1}
  Q: {Type: AWS::SQS::Queue}
)"));

  EXPECT_EQ(At("FRole", "ManagedPolicyArns"),
            R"(["arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",)"
            R"("arn:aws:iam::aws:policy/AWSXrayWriteOnlyAccess",)"
            R"("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess",)"
            R"("arn:aws:iam::123456789012:policy/own"])");
  const std::string policies = At("FRole", "Policies");
  EXPECT_THAT(policies, HasSubstr(R"("PolicyName":"FRolePolicy2")"));
  EXPECT_THAT(policies, HasSubstr(R"({"Fn::Sub":["arn:${AWS::Partition}:sqs:${AWS::Region}:)"
                                  R"(${AWS::AccountId}:${queueName}",)"
                                  R"({"queueName":{"Fn::GetAtt":["Q","QueueName"]}}]})"));
  EXPECT_THAT(policies, HasSubstr(R"("Action":"kms:Decrypt")"));
  EXPECT_EQ(At("F", "TracingConfig"), R"({"Mode":"Active"})");
}

TEST_F(Serverless, PoliciesThatAreNotSayWhy) {
  EXPECT_EQ(Problem(WithFunction("      Policies: [{SQSPollerPolicy: {Queue: q}}]\n")),
            "1. Resource with id [F] is invalid. Following required parameters of template "
            "'SQSPollerPolicy' don't have values: ['QueueName']");
  EXPECT_EQ(Problem(WithFunction("      Policies: [{NoSuchPolicy: {}}]\n")),
            "1. Resource with id [F] is invalid. Policy at index 0 in the 'Policies' property is "
            "not valid");
}

TEST_F(Serverless, AnAliasHasAVersionThatIsNewWithTheCode) {
  const std::string_view alias = "      AutoPublishAlias: !Ref Stage\n      MemorySize: 256\n";
  Expand(WithFunction(alias, R"(
  Url: {Type: AWS::SSM::Parameter, Properties: {Value: !Sub '${F.Alias}-${F.Version}', Name: !Ref F.Alias}}
)"),
         {{"Stage", "live"}});

  // The hash is known: tools that read templates of AWS SAM see the same name.
  EXPECT_THAT(Ids(), UnorderedElementsAre("F", "FRole", "FAliaslive", "FVersionae918c7070", "Url"));
  EXPECT_EQ(At("FAliaslive", "FunctionVersion"),
            R"({"Fn::GetAtt":["FVersionae918c7070","Version"]})");
  EXPECT_EQ(
      document_.GetObject("Resources").GetObject("FVersionae918c7070").GetString("DeletionPolicy"),
      "Retain");
  EXPECT_EQ(At("Url", "Value"), R"({"Fn::Sub":"${FAliaslive}-${FVersionae918c7070}"})");
  EXPECT_EQ(At("Url", "Name"), R"({"Ref":"FAliaslive"})");
}

TEST_F(Serverless, GlobalsAreJoined) {
  Expand(R"(
Globals:
  Function:
    Runtime: nodejs18.x
    Timeout: 3
    Environment: {Variables: {A: '1', B: '1'}}
    Layers: [one]
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      InlineCode: 'exports.handler = async () => 1;'
      Timeout: 9
      Layers: [two]
      Environment: {Variables: {B: '2'}}
  G:
    Type: AWS::Serverless::Function
    IgnoreGlobals: [Environment, Layers]
    Properties: {Handler: index.handler, InlineCode: x}
)");

  EXPECT_EQ(At("F", "Timeout"), "9");
  EXPECT_EQ(At("F", "Environment|Variables"), R"({"A":"1","B":"2"})");
  EXPECT_EQ(At("F", "Layers"), R"(["one","two"])");
  EXPECT_EQ(At("F", "Code|ZipFile"), R"("exports.handler = async () => 1;")");
  EXPECT_EQ(At("G", "Environment"), "(nothing)");
  EXPECT_EQ(At("G", "Timeout"), "3");
  EXPECT_FALSE(document_.Has("Globals"));
}

TEST_F(Serverless, GlobalsThatAreNotKnownAreNamed) {
  EXPECT_THAT(
      Problem("Globals: {Function: {Nope: 1}}\nResources: {A: {Type: T}}"),
      HasSubstr("1. 'Globals' section is invalid. 'Nope' is not a supported property of "
                "'Function'. Must be one of the following values - ['Handler', 'Runtime', "));
  EXPECT_THAT(
      Problem("Globals: {Table: {}}\nResources: {A: {Type: T}}"),
      HasSubstr("'Table' is not supported. Must be one of the following values - ['Api', "));
}

constexpr std::string_view kTwoApis = R"(      Events:
        Get: {Type: Api, Properties: {Path: '/pets/{id}', Method: get}}
        All: {Type: HttpApi}
        One: {Type: HttpApi, Properties: {Path: /pets, Method: POST, TimeoutInMillis: 1000}}
)";

TEST_F(Serverless, EventsWithoutAnApiMakeOne) {
  Expand(WithFunction(kTwoApis, R"(
Outputs:
  Url: {Value: !Sub 'https://${ServerlessRestApi}/${ServerlessRestApi.Stage}'}
  Http: {Value: !Ref ServerlessHttpApi}
)"));

  EXPECT_EQ(TypeOf("ServerlessRestApi"), "AWS::ApiGateway::RestApi");
  EXPECT_EQ(TypeOf("ServerlessRestApiProdStage"), "AWS::ApiGateway::Stage");
  EXPECT_EQ(TypeOf("ServerlessHttpApi"), "AWS::ApiGatewayV2::Api");
  EXPECT_EQ(TypeOf("ServerlessHttpApiApiGatewayDefaultStage"), "AWS::ApiGatewayV2::Stage");
  EXPECT_EQ(At("ServerlessRestApi", "Body|paths|/pets/{id}|get|x-amazon-apigateway-integration"),
            R"({"httpMethod":"POST","type":"aws_proxy","uri":{"Fn::Sub":"arn:aws:apigateway:)"
            R"(${AWS::Region}:lambda:path/2015-03-31/functions/${F.Arn}/invocations"}})");
  EXPECT_EQ(At("FGetPermissionProd", "SourceArn"),
            R"({"Fn::Sub":["arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:)"
            R"(${__ApiId__}/${__Stage__}/GET/pets/*",)"
            R"({"__ApiId__":{"Ref":"ServerlessRestApi"},"__Stage__":"*"}]})");
  EXPECT_EQ(At("ServerlessHttpApi",
               "Body|paths|$default|x-amazon-apigateway-any-method|"
               "isDefaultRoute"),
            "true");
  EXPECT_EQ(TypeOf("FAllPermission"), "AWS::Lambda::Permission");
  // The default route of the same function lets every path in.
  EXPECT_EQ(TypeOf("FOnePermission"), "");
  EXPECT_EQ(json::Write(document_.GetObject("Outputs").GetObject("Url").At("Value")),
            R"({"Fn::Sub":"https://${ServerlessRestApi}/${ServerlessRestApiProdStage}"})");
}

TEST_F(Serverless, AnotherPathIsAnotherDeployment) {
  const auto deployment = [&](std::string_view path) {
    Expand(WithFunction("      Events: {E: {Type: Api, Properties: {Method: any, Path: " +
                        std::string(path) + "}}}\n"));
    std::string found;
    for (const std::string& id : Ids()) {
      if (TypeOf(id) == "AWS::ApiGateway::Deployment") found = id;
    }
    EXPECT_EQ(At("ServerlessRestApiProdStage", "DeploymentId"), R"({"Ref":")" + found + R"("})");
    return found;
  };

  const std::string first = deployment("/a");

  EXPECT_THAT(first, testing::StartsWith("ServerlessRestApiDeployment"));
  EXPECT_EQ(deployment("/a"), first);
  EXPECT_NE(deployment("/b"), first);
}

TEST_F(Serverless, AnApiHasCorsAuthAndStages) {
  Expand(WithFunction(R"(      Events:
        E: {Type: Api, Properties: {RestApiId: !Ref A, Path: /x, Method: post}}
        Open: {Type: Api, Properties: {RestApiId: !Ref A, Path: /open, Method: get, Auth: {Authorizer: NONE}}}
  A:
    Type: AWS::Serverless::Api
    Properties:
      StageName: v1
      Cors: {AllowOrigin: "'https://example.com'", AllowHeaders: "'X-Own'", MaxAge: "'600'"}
      Auth:
        DefaultAuthorizer: Mine
        AddDefaultAuthorizerToCorsPreflight: false
        Authorizers: {Mine: {FunctionArn: !GetAtt F.Arn, Identity: {Header: X-Token, ReauthorizeEvery: 0}}}
)"));

  EXPECT_EQ(At("A", "Body|paths|/x|post|security"), R"([{"Mine":[]}])");
  EXPECT_EQ(At("A", "Body|paths|/open|get|security"), R"([{"NONE":[]}])");
  EXPECT_EQ(At("A", "Body|paths|/x|options|security"), "(nothing)");
  EXPECT_THAT(
      At("A",
         "Body|paths|/x|options|x-amazon-apigateway-integration|responses|default|"
         "responseParameters"),
      HasSubstr(R"("method.response.header.Access-Control-Allow-Methods":"'OPTIONS,POST'")"));
  EXPECT_THAT(At("A", "Body|securityDefinitions|Mine"), HasSubstr(R"("name":"X-Token")"));
  EXPECT_EQ(TypeOf("AMineAuthorizerPermission"), "AWS::Lambda::Permission");
  EXPECT_EQ(At("Av1Stage", "StageName"), R"("v1")");
  EXPECT_EQ(At("FEPermissionv1", "Principal"), R"("apigateway.amazonaws.com")");
}

TEST_F(Serverless, AnHttpApiHasAuthorizersCorsAndADomain) {
  Expand(WithFunction(R"(      Events:
        E: {Type: HttpApi, Properties: {ApiId: !Ref A, Path: '/x/{id}', Method: get}}
  A:
    Type: AWS::Serverless::HttpApi
    Properties:
      StageName: dev
      CorsConfiguration: {AllowOrigins: ['*'], MaxAge: 5}
      Auth:
        DefaultAuthorizer: Jwt
        Authorizers: {Jwt: {AuthorizationScopes: [read], IdentitySource: $request.header.Authorization, JwtConfiguration: {issuer: 'https://i', audience: [a]}}}
      Domain: {DomainName: api.example.com, CertificateArn: arn:c, BasePath: [one]}
)"));

  EXPECT_EQ(At("A", "Body|paths|/x/{id}|get|security"), R"([{"Jwt":["read"]}])");
  EXPECT_EQ(At("A", "Body|paths|/x/{id}|get|parameters"),
            R"([{"in":"path","name":"id","required":true}])");
  EXPECT_EQ(At("A", "Body|x-amazon-apigateway-cors"), R"({"allowOrigins":["*"],"maxAge":5})");
  EXPECT_THAT(At("A", "Body|components|securitySchemes|Jwt"), HasSubstr(R"("type":"jwt")"));
  EXPECT_EQ(TypeOf("AdevStage"), "AWS::ApiGatewayV2::Stage");
  EXPECT_EQ(At("AoneApiMapping", "Stage"), R"({"Ref":"AdevStage"})");
}

TEST_F(Serverless, EventsBecomeRulesMappingsAndSubscriptions) {
  Expand(WithFunction(R"(      Events:
        Tick: {Type: Schedule, Properties: {Schedule: rate(1 minute), Enabled: false, DeadLetterConfig: {Type: SQS}}}
        Bus: {Type: EventBridgeRule, Properties: {Pattern: {source: [own]}, InputPath: $.detail}}
        Old: {Type: CloudWatchEvent, Properties: {Pattern: {source: [old]}}}
        Later: {Type: ScheduleV2, Properties: {ScheduleExpression: rate(1 day)}}
        Jobs: {Type: SQS, Properties: {Queue: !GetAtt Q.Arn, BatchSize: 5}}
        News: {Type: SNS, Properties: {Topic: !Ref T}}
        Slow: {Type: SNS, Properties: {Topic: !Ref T, SqsSubscription: true}}
        Files: {Type: S3, Properties: {Bucket: !Ref B, Events: ['s3:ObjectCreated:*'], Filter: {S3Key: {Rules: []}}}}
        Logs: {Type: CloudWatchLogs, Properties: {LogGroupName: /own, FilterPattern: ERROR}}
  Q: {Type: AWS::SQS::Queue}
  T: {Type: AWS::SNS::Topic}
  B: {Type: AWS::S3::Bucket}
)"));

  EXPECT_EQ(At("FTick", "State"), R"("DISABLED")");
  EXPECT_THAT(At("FTick", "Targets"), HasSubstr(R"("Id":"FTickLambdaTarget")"));
  EXPECT_EQ(TypeOf("FTickQueuePolicy"), "AWS::SQS::QueuePolicy");
  EXPECT_EQ(At("FBusPermission", "SourceArn"), R"({"Fn::GetAtt":["FBus","Arn"]})");
  EXPECT_EQ(TypeOf("FOld"), "AWS::Events::Rule");
  EXPECT_EQ(At("FLater", "FlexibleTimeWindow"), R"({"Mode":"OFF"})");
  EXPECT_EQ(At("FLater", "Target|RoleArn"), R"({"Fn::GetAtt":["FLaterRole","Arn"]})");
  EXPECT_EQ(At("FJobs", "BatchSize"), "5");
  EXPECT_THAT(At("FRole", "ManagedPolicyArns"), HasSubstr("AWSLambdaSQSQueueExecutionRole"));
  EXPECT_EQ(At("FNews", "Protocol"), R"("lambda")");
  EXPECT_EQ(At("FSlow", "Endpoint"), R"({"Fn::GetAtt":["FSlowQueue","Arn"]})");
  EXPECT_EQ(TypeOf("FSlowEventSourceMapping"), "AWS::Lambda::EventSourceMapping");
  EXPECT_THAT(At("B", "NotificationConfiguration|LambdaConfigurations"),
              HasSubstr(R"("Event":"s3:ObjectCreated:*")"));
  EXPECT_EQ(json::Write(document_.GetObject("Resources").GetObject("B").At("DependsOn")),
            R"(["FFilesPermission"])");
  EXPECT_EQ(At("FLogs", "FilterPattern"), R"("ERROR")");
}

TEST_F(Serverless, EventsThatAreWrongAreTheirFunctions) {
  EXPECT_EQ(
      Problem(WithFunction("      Events: {E: {Type: S3, Properties: {Bucket: b, Events: e}}}\n")),
      "1. Resource with id [F] is invalid. Event with id [E] is invalid. S3 events must "
      "reference an S3 bucket in the same template.");
  EXPECT_EQ(Problem(WithFunction("      Events: {E: {Type: MQ, Properties: {Broker: b}}}\n")),
            "1. Resource with id [F] is invalid. Event with id [E] is invalid. Events of type MQ "
            "are not implemented by the embedded cloud.");
  EXPECT_EQ(Problem(WithFunction("      Events: {E: {Type: Nope}}\n")),
            "1. Resource with id [F] is invalid. Event with id [E] is invalid. Resource dict has "
            "missing or invalid value for key Type. Event Type is: Nope.");
  EXPECT_EQ(
      Problem(WithFunction("      Events: {A: {Type: Api, Properties: {Path: /, Method: get}},"
                           " B: {Type: Api, Properties: {Path: /, Method: GET}}}\n")),
      "1. Resource with id [F] is invalid. Event with id [B] is invalid. API method \"get\" "
      "defined multiple times for path \"/\".");
}

TEST_F(Serverless, ProblemsAreCountedAndToldTogether) {
  EXPECT_EQ(Problem("Resources: {A: {Type: AWS::Serverless::Function, Properties: {Nope: 1}},"
                    " B: {Type: AWS::Serverless::Api}}"),
            "2. Resource with id [A] is invalid. property Nope not defined for resource of type "
            "AWS::Serverless::Function Resource with id [B] is invalid. Missing required property "
            "'StageName'.");
}

TEST_F(Serverless, AStateMachineHasARoleAndEvents) {
  Expand(R"(
Resources:
  M:
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition: {StartAt: A, States: {A: {Type: Task, Resource: !GetAtt F.Arn, End: true}}}
      DefinitionSubstitutions: {Own: value}
      Policies: [{LambdaInvokePolicy: {FunctionName: f}}]
      Events:
        Tick: {Type: Schedule, Properties: {Schedule: rate(1 minute)}}
        Call: {Type: Api, Properties: {Path: /start, Method: post}}
)");

  EXPECT_EQ(At("M", "DefinitionSubstitutions"),
            R"({"Own":"value","definition_substitution_1":{"Fn::GetAtt":["F","Arn"]}})");
  EXPECT_THAT(At("M", "DefinitionString"), HasSubstr(R"("{","    \"StartAt\": \"A\",",)"));
  EXPECT_EQ(At("M", "RoleArn"), R"({"Fn::GetAtt":["MRole","Arn"]})");
  EXPECT_EQ(At("M", "Tags"), R"([{"Key":"stateMachine:createdBy","Value":"SAM"}])");
  EXPECT_THAT(At("MTick", "Targets"), HasSubstr(R"("Id":"MTickStepFunctionsTarget")"));
  EXPECT_THAT(At("MTickRole", "Policies"), HasSubstr("MTickRoleStartExecutionPolicy"));
  EXPECT_THAT(At("ServerlessRestApi", "Body|paths|/start|post|x-amazon-apigateway-integration"),
              HasSubstr(R"("credentials":{"Fn::GetAtt":["MCallRole","Arn"]})"));
}

TEST_F(Serverless, LayersTablesAndApplications) {
  Expand(R"(
Resources:
  L:
    Type: AWS::Serverless::LayerVersion
    Properties: {ContentUri: 's3://codes/layer.zip?versionId=3', RetentionPolicy: delete}
  T: {Type: AWS::Serverless::SimpleTable, Properties: {PrimaryKey: {Name: key, Type: Number}}}
  S: {Type: AWS::Serverless::Application, Properties: {Location: 'https://b.s3.amazonaws.com/t.yaml', Parameters: {P: 1}}}
  P: {Type: AWS::SSM::Parameter, DependsOn: L, Properties: {Value: !Ref L}}
)");

  std::string layer;
  for (const std::string& id : Ids()) {
    if (TypeOf(id) == "AWS::Lambda::LayerVersion") layer = id;
  }
  EXPECT_EQ(layer.size(), 11U);
  EXPECT_EQ(At(layer, "Content"),
            R"({"S3Bucket":"codes","S3Key":"layer.zip","S3ObjectVersion":"3"})");
  EXPECT_EQ(At(layer, "LayerName"), R"("L")");
  EXPECT_EQ(At("P", "Value"), R"({"Ref":")" + layer + R"("})");
  EXPECT_EQ(document_.GetObject("Resources").GetObject("P").GetString("DependsOn"), layer);
  EXPECT_EQ(At("T", "KeySchema"), R"([{"AttributeName":"key","KeyType":"HASH"}])");
  EXPECT_EQ(TypeOf("S"), "AWS::CloudFormation::Stack");
  EXPECT_THAT(Problem("Resources: {S: {Type: AWS::Serverless::Application, Properties: {Location: "
                      "{ApplicationId: arn:a, SemanticVersion: 1.0.0}}}}"),
              HasSubstr("no Serverless Application Repository"));
}

TEST_F(Serverless, ConnectorsGivePermissions) {
  Expand(WithFunction("", R"(
    Connectors:
      ToQ: {Properties: {Destination: {Id: Q}, Permissions: [Write]}}
  Q: {Type: AWS::SQS::Queue}
  T: {Type: AWS::SNS::Topic}
  C: {Type: AWS::Serverless::Connector, Properties: {Source: {Id: T}, Destination: [{Id: F}, {Id: Q}], Permissions: [Write]}}
)"));

  EXPECT_EQ(At("FToQPolicy", "Roles"), R"([{"Ref":"FRole"}])");
  EXPECT_THAT(At("FToQPolicy", "PolicyDocument"), HasSubstr("sqs:SendMessage"));
  EXPECT_EQ(At("CWriteLambdaPermissionDestination0", "SourceArn"), R"({"Ref":"T"})");
  EXPECT_EQ(At("CQueuePolicyDestination1", "Queues"), R"([{"Ref":"Q"}])");
  EXPECT_EQ(
      Problem("Resources: {A: {Type: AWS::SQS::Queue}, C: {Type: AWS::Serverless::Connector, "
              "Properties: {Source: {Id: A}, Destination: {Id: A}, Permissions: [Read]}}}"),
      "1. Resource with id [C] is invalid. Unable to create connector from AWS::SQS::Queue to "
      "AWS::SQS::Queue; it's not supported or the template is invalid.");
}

TEST_F(Serverless, UrlsAndDestinationsOfFunctions) {
  Expand(WithFunction(R"(
      FunctionUrlConfig: {AuthType: NONE}
      DeadLetterQueue: {Type: SQS, TargetArn: arn:q}
      EventInvokeConfig:
        MaximumRetryAttempts: 1
        DestinationConfig: {OnSuccess: {Type: SQS}, OnFailure: {Type: SNS, Destination: arn:t}}
)"));

  EXPECT_EQ(At("FUrl", "TargetFunctionArn"), R"({"Ref":"F"})");
  EXPECT_EQ(At("FUrlPublicPermissions", "Principal"), R"("*")");
  EXPECT_EQ(TypeOf("FURLInvokeAllowPublicAccess"), "AWS::Lambda::Permission");
  EXPECT_EQ(At("FEventInvokeConfig", "DestinationConfig"),
            R"({"OnFailure":{"Destination":"arn:t"},)"
            R"("OnSuccess":{"Destination":{"Fn::GetAtt":["FEventInvokeConfigOnSuccessQueue",)"
            R"("Arn"]}}})");
  EXPECT_EQ(At("FEventInvokeConfig", "Qualifier"), R"("$LATEST")");
  EXPECT_THAT(At("FRole", "Policies"), HasSubstr("DeadLetterQueuePolicy"));
  EXPECT_THAT(At("FRole", "Policies"), HasSubstr("FEventInvokeConfigOnFailureSNSPolicy"));
}

TEST_F(Serverless, ConditionsGoWithWhatAFunctionBecomes) {
  Expand(R"(
Conditions: {C: {'Fn::Equals': [a, a]}, D: {'Fn::Equals': [a, b]}}
Resources:
  F:
    Type: AWS::Serverless::Function
    Condition: C
    Properties: {Runtime: python3.11, Handler: a.b, InlineCode: x, Events: {E: {Type: Api, Properties: {Path: /, Method: get}}}}
  G:
    Type: AWS::Serverless::Function
    Condition: D
    Properties: {Runtime: python3.11, Handler: a.b, InlineCode: x, Events: {E: {Type: Api, Properties: {Path: /, Method: put}}}}
)");

  const json::Object& resources = document_.GetObject("Resources");
  EXPECT_EQ(resources.GetObject("FRole").GetString("Condition"), "C");
  EXPECT_EQ(resources.GetObject("ServerlessRestApi").GetString("Condition"),
            "ServerlessRestApiCondition");
  EXPECT_EQ(json::Write(document_.GetObject("Conditions").At("ServerlessRestApiCondition")),
            R"({"Fn::Or":[{"Condition":"C"},{"Condition":"D"}]})");
}

TEST_F(Serverless, WhatWouldGrowBeyondMeasureIsRefused) {
  std::string events;
  for (int i = 0; i < 200; ++i)
    events +=
        fmt::format("        E{}: {{Type: Api, Properties: {{Path: /{}, Method: get}}}}\n", i, i);
  const std::string globals = "Globals: {Api: {Cors: \"'" + std::string(100'000, 'x') + "'\"}}\n";

  EXPECT_EQ(Problem(globals + WithFunction("      Events:\n" + events)),
            "1. Resource with id [ServerlessRestApi] is invalid. What it becomes is larger than "
            "16000000 bytes.");
  EXPECT_THAT(Problem("Globals: {Function: {Description: " + std::string(4'100'000, 'x') + "}}\n" +
                      WithFunction("")),
              HasSubstr("larger than 4000000 bytes"));
}

}  // namespace
}  // namespace trunkline::cloud::cloudformation
