#include "tests/cloud/cloudformation/injected_templates.h"

#include <algorithm>

namespace trunkline::cloud::tests {
namespace {

constexpr std::string_view kStorage = R"(
Resources:
  Key:
    Type: AWS::KMS::Key
    Properties:
      Description: WORD
      KeyPolicy: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {AWS: !Sub 'arn:aws:iam::${AWS::AccountId}:root'}, Action: 'kms:*', Resource: '*'}]}
      Tags: [{Key: word, Value: WORD}]
  KeyAlias: {Type: AWS::KMS::Alias, Properties: {AliasName: alias/WORD, TargetKeyId: !Ref Key}}
  Bucket:
    Type: AWS::S3::Bucket
    Properties:
      VersioningConfiguration: {Status: Enabled}
      LifecycleConfiguration: {Rules: [{Id: WORD, Status: Enabled, ExpirationInDays: COUNT}]}
      Tags: [{Key: word, Value: WORD}]
  BucketPolicy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Bucket
      PolicyDocument: {Version: '2012-10-17', Statement: [{Sid: WORD, Effect: Deny, Principal: '*', Action: 's3:DeleteBucketPolicy', Resource: !GetAtt Bucket.Arn, Condition: {StringEquals: {'aws:PrincipalAccount': '000000000000'}}}]}
  Secret:
    Type: AWS::SecretsManager::Secret
    Properties: {Description: WORD, KmsKeyId: !Ref Key, SecretString: WORD, Tags: [{Key: word, Value: WORD}]}
  SecretPolicy:
    Type: AWS::SecretsManager::ResourcePolicy
    Properties:
      SecretId: !Ref Secret
      ResourcePolicy: {Version: '2012-10-17', Statement: [{Sid: WORD, Effect: Deny, Principal: '*', Action: 'secretsmanager:PutSecretValue', Resource: '*', Condition: {StringEquals: {'aws:PrincipalAccount': '000000000000'}}}]}
  Parameter: {Type: AWS::SSM::Parameter, Properties: {Name: /kept, Type: String, Value: WORD, Tags: {word: WORD}}}
  Renamed: {Type: AWS::SSM::Parameter, Properties: {Name: /WORD, Type: String, Value: COUNT}}
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: kept
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}, {AttributeName: WORD, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      GlobalSecondaryIndexes: [{IndexName: by-WORD, KeySchema: [{AttributeName: WORD, KeyType: HASH}], Projection: {ProjectionType: ALL}}]
      StreamSpecification: {StreamViewType: NEW_IMAGE}
      TimeToLiveSpecification: {AttributeName: end, Enabled: true}
      PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}
      Tags: [{Key: word, Value: WORD}]
  GlobalTable:
    Type: AWS::DynamoDB::GlobalTable
    Properties:
      TableName: WORD
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      Replicas: [{Region: !Ref AWS::Region, Tags: [{Key: word, Value: WORD}]}]
  Group: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: /kept, RetentionInDays: COUNT, Tags: [{Key: word, Value: WORD}]}}
  Stream: {Type: AWS::Logs::LogStream, Properties: {LogGroupName: !Ref Group, LogStreamName: WORD}}
  LogPolicy:
    Type: AWS::Logs::ResourcePolicy
    Properties: {PolicyName: kept, PolicyDocument: '{"Version":"2012-10-17","Statement":[{"Sid":"WORD","Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":"logs:PutLogEvents","Resource":"*"}]}'}
  Repository:
    Type: AWS::ECR::Repository
    Properties:
      RepositoryName: kept
      ImageTagMutability: IMMUTABLE
      LifecyclePolicy: {LifecyclePolicyText: '{"rules":[{"rulePriority":1,"selection":{"tagStatus":"any","countType":"imageCountMoreThan","countNumber":COUNT},"action":{"type":"expire"}}]}'}
      Tags: [{Key: word, Value: WORD}]
)";

constexpr std::string_view kMessages = R"(
Resources:
  Topic: {Type: AWS::SNS::Topic, Properties: {DisplayName: WORD, Tags: [{Key: word, Value: WORD}]}}
  TopicPolicy:
    Type: AWS::SNS::TopicPolicy
    Properties:
      Topics: [!Ref Topic]
      PolicyDocument: {Version: '2012-10-17', Statement: [{Sid: WORD, Effect: Allow, Principal: {Service: events.amazonaws.com}, Action: 'sns:Publish', Resource: !Ref Topic}]}
  Queue: {Type: AWS::SQS::Queue, Properties: {QueueName: kept, VisibilityTimeout: COUNT, Tags: [{Key: word, Value: WORD}]}}
  Renamed: {Type: AWS::SQS::Queue, Properties: {QueueName: WORD}}
  QueuePolicy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Queue]
      PolicyDocument: {Version: '2012-10-17', Statement: [{Sid: WORD, Effect: Allow, Principal: '*', Action: 'sqs:SendMessage', Resource: !GetAtt Queue.Arn}]}
  Subscription:
    Type: AWS::SNS::Subscription
    Properties: {TopicArn: !Ref Topic, Protocol: sqs, Endpoint: !GetAtt Queue.Arn, FilterPolicy: {word: [WORD]}}
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: kept, Description: WORD, Tags: [{Key: word, Value: WORD}]}}
  Rule:
    Type: AWS::Events::Rule
    Properties: {EventBusName: !Ref Bus, Description: WORD, EventPattern: {source: [WORD]}, Targets: [{Id: WORD, Arn: !GetAtt Queue.Arn}]}
  Connection:
    Type: AWS::Events::Connection
    Properties: {Description: WORD, AuthorizationType: API_KEY, AuthParameters: {ApiKeyAuthParameters: {ApiKeyName: x-key, ApiKeyValue: WORD}}}
  Destination:
    Type: AWS::Events::ApiDestination
    Properties: {ConnectionArn: !GetAtt Connection.Arn, Description: WORD, HttpMethod: POST, InvocationEndpoint: 'http://127.0.0.1:1/WORD'}
)";

constexpr std::string_view kPeople = R"(
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: [{Sid: WORD, Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: 'sts:AssumeRole'}]}
      Description: WORD
      Policies: [{PolicyName: WORD, PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: 's3:*', Resource: '*'}]}}]
      ManagedPolicyArns: [!Ref Managed]
      Tags: [{Key: word, Value: WORD}]
  Renamed:
    Type: AWS::IAM::Role
    Properties:
      RoleName: WORD
      AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: 'sts:AssumeRole'}]}
  Managed:
    Type: AWS::IAM::ManagedPolicy
    Properties: {PolicyDocument: {Version: '2012-10-17', Statement: [{Sid: WORD, Effect: Allow, Action: 's3:*', Resource: '*'}]}, Users: [!Ref User]}
  Policy:
    Type: AWS::IAM::Policy
    Properties: {PolicyName: kept, PolicyDocument: {Version: '2012-10-17', Statement: [{Sid: WORD, Effect: Allow, Action: 's3:*', Resource: '*'}]}, Roles: [!Ref Renamed], Groups: [!Ref Group]}
  RolePolicy:
    Type: AWS::IAM::RolePolicy
    Properties: {PolicyName: apart, RoleName: !Ref Role, PolicyDocument: {Version: '2012-10-17', Statement: [{Sid: WORD, Effect: Allow, Action: 's3:*', Resource: '*'}]}}
  Profile: {Type: AWS::IAM::InstanceProfile, Properties: {Roles: [!Ref Renamed]}}
  User: {Type: AWS::IAM::User, Properties: {UserName: jane, Path: /, Tags: [{Key: word, Value: WORD}]}}
  UserPolicy:
    Type: AWS::IAM::UserPolicy
    Properties: {PolicyName: own, UserName: !Ref User, PolicyDocument: {Version: '2012-10-17', Statement: [{Sid: WORD, Effect: Allow, Action: 's3:*', Resource: '*'}]}}
  Group: {Type: AWS::IAM::Group, Properties: {GroupName: WORD}}
  GroupPolicy:
    Type: AWS::IAM::GroupPolicy
    Properties: {PolicyName: own, GroupName: !Ref Group, PolicyDocument: {Version: '2012-10-17', Statement: [{Sid: WORD, Effect: Allow, Action: 's3:*', Resource: '*'}]}}
  Members: {Type: AWS::IAM::UserToGroupAddition, Properties: {GroupName: !Ref Group, Users: [!Ref User]}}
  AccessKey: {Type: AWS::IAM::AccessKey, Properties: {UserName: !Ref User, Serial: COUNT}}
)";

constexpr std::string_view kFunctions = R"(
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: 'sts:AssumeRole'}]}
      ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess']
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
      Handler: index.handler
      Role: !GetAtt Role.Arn
      Timeout: COUNT
      Environment: {Variables: {SAID: WORD}}
      Code: {ZipFile: "def handler(event, context):\n    return 'WORD'"}
      Tags: [{Key: word, Value: WORD}]
  Renamed:
    Type: AWS::Lambda::Function
    Properties: {FunctionName: WORD, Runtime: python3.13, Handler: index.handler, Role: !GetAtt Role.Arn, Code: {ZipFile: 'x = 1'}}
  VersionWORD: {Type: AWS::Lambda::Version, Properties: {FunctionName: !Ref Function, Description: WORD}}
  Alias:
    Type: AWS::Lambda::Alias
    Properties: {FunctionName: !Ref Function, FunctionVersion: !GetAtt VersionWORD.Version, Name: live, Description: WORD}
  Permission:
    Type: AWS::Lambda::Permission
    Properties: {FunctionName: !Ref Alias, Action: lambda:InvokeFunction, Principal: connect.amazonaws.com, SourceAccount: '0000000000COUNT'}
  Queue: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 100}}
  Source:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {FunctionName: !Ref Function, EventSourceArn: !GetAtt Queue.Arn, BatchSize: COUNT, MaximumBatchingWindowInSeconds: COUNT, Enabled: false}
)";

constexpr std::string_view kRestApi = R"(
Resources:
  Api: {Type: AWS::ApiGateway::RestApi, Properties: {Name: kept, Description: WORD, Tags: [{Key: word, Value: WORD}]}}
  Part: {Type: AWS::ApiGateway::Resource, Properties: {RestApiId: !Ref Api, ParentId: !GetAtt Api.RootResourceId, PathPart: kept}}
  Renamed: {Type: AWS::ApiGateway::Resource, Properties: {RestApiId: !Ref Api, ParentId: !GetAtt Api.RootResourceId, PathPart: WORD}}
  Method:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !Ref Part
      HttpMethod: GET
      AuthorizationType: NONE
      RequestParameters: {method.request.querystring.WORD: true}
      MethodResponses: [{StatusCode: 200, ResponseParameters: {method.response.header.WORD: true}}]
      Integration:
        Type: MOCK
        RequestTemplates: {application/json: '{"statusCode": 200, "word": "WORD"}'}
        IntegrationResponses: [{StatusCode: 200, ResponseTemplates: {application/json: WORD}}]
  DeploymentWORD: {Type: AWS::ApiGateway::Deployment, DependsOn: Method, Properties: {RestApiId: !Ref Api, Description: WORD}}
  Stage: {Type: AWS::ApiGateway::Stage, Properties: {RestApiId: !Ref Api, DeploymentId: !Ref DeploymentWORD, StageName: prod, Variables: {word: WORD}, Tags: [{Key: word, Value: WORD}]}}
  Key: {Type: AWS::ApiGateway::ApiKey, Properties: {Enabled: true, Name: kept, Description: WORD}}
  Plan: {Type: AWS::ApiGateway::UsagePlan, Properties: {UsagePlanName: kept, Description: WORD, ApiStages: [{ApiId: !Ref Api, Stage: !Ref Stage}], Throttle: {BurstLimit: COUNT, RateLimit: COUNT}}}
  PlanKey: {Type: AWS::ApiGateway::UsagePlanKey, Properties: {KeyId: !Ref Key, KeyType: API_KEY, UsagePlanId: !Ref Plan}}
  Missing: {Type: AWS::ApiGateway::GatewayResponse, Properties: {RestApiId: !Ref Api, ResponseType: DEFAULT_4XX, ResponseTemplates: {application/json: WORD}}}
  Validator: {Type: AWS::ApiGateway::RequestValidator, Properties: {RestApiId: !Ref Api, Name: WORD, ValidateRequestBody: true}}
  Model: {Type: AWS::ApiGateway::Model, Properties: {RestApiId: !Ref Api, Name: kept, ContentType: application/json, Description: WORD, Schema: {type: object, title: WORD}}}
  Authorizer:
    Type: AWS::ApiGateway::Authorizer
    Properties: {RestApiId: !Ref Api, Name: WORD, Type: TOKEN, IdentitySource: method.request.header.Authorization, AuthorizerUri: 'arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-central-1:111122223333:function:WORD/invocations'}
  Domain: {Type: AWS::ApiGateway::DomainName, Properties: {DomainName: api.acme.test, RegionalCertificateArn: 'arn:aws:acm:eu-central-1:111122223333:certificate/WORD', EndpointConfiguration: {Types: [REGIONAL]}}}
  Path: {Type: AWS::ApiGateway::BasePathMapping, Properties: {DomainName: !Ref Domain, BasePath: WORD, RestApiId: !Ref Api, Stage: !Ref Stage}}
)";

constexpr std::string_view kHttpApi = R"(
Resources:
  Api: {Type: AWS::ApiGatewayV2::Api, Properties: {Name: kept, Description: WORD, ProtocolType: HTTP, CorsConfiguration: {AllowOrigins: ['https://WORD.acme.test']}, Tags: {word: WORD}}}
  Integration: {Type: AWS::ApiGatewayV2::Integration, Properties: {ApiId: !Ref Api, IntegrationType: HTTP_PROXY, IntegrationMethod: ANY, IntegrationUri: 'http://127.0.0.1:1/WORD', PayloadFormatVersion: '1.0'}}
  Route: {Type: AWS::ApiGatewayV2::Route, Properties: {ApiId: !Ref Api, RouteKey: POST /WORD, Target: !Sub 'integrations/${Integration}'}}
  Authorizer:
    Type: AWS::ApiGatewayV2::Authorizer
    Properties: {ApiId: !Ref Api, Name: WORD, AuthorizerType: JWT, IdentitySource: [$request.header.Authorization], JwtConfiguration: {Audience: [WORD], Issuer: 'https://issuer.acme.test'}}
  Deployment: {Type: AWS::ApiGatewayV2::Deployment, DependsOn: Route, Properties: {ApiId: !Ref Api, Description: WORD}}
  Stage: {Type: AWS::ApiGatewayV2::Stage, Properties: {ApiId: !Ref Api, DeploymentId: !Ref Deployment, StageName: prod, StageVariables: {word: WORD}, DefaultRouteSettings: {ThrottlingBurstLimit: COUNT, ThrottlingRateLimit: COUNT}}}
  Domain: {Type: AWS::ApiGatewayV2::DomainName, Properties: {DomainName: hooks.acme.test, DomainNameConfigurations: [{CertificateArn: 'arn:aws:acm:eu-central-1:111122223333:certificate/WORD', EndpointType: REGIONAL}]}}
  Mapping: {Type: AWS::ApiGatewayV2::ApiMapping, Properties: {ApiId: !Ref Api, DomainName: !Ref Domain, Stage: !Ref Stage, ApiMappingKey: WORD}}
)";

constexpr std::string_view kDelivery = R"(
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {Service: [states.amazonaws.com, codebuild.amazonaws.com, codepipeline.amazonaws.com]}, Action: 'sts:AssumeRole'}]}
  Machine:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: !GetAtt Role.Arn
      DefinitionString: '{"StartAt": "A", "States": {"A": {"Type": "Pass", "Result": "WORD", "End": true}}}'
      Tags: [{Key: word, Value: WORD}]
  MachineVersionWORD: {Type: AWS::StepFunctions::StateMachineVersion, Properties: {StateMachineArn: !Ref Machine, Description: WORD, StateMachineRevisionId: !GetAtt Machine.StateMachineRevisionId}}
  MachineAlias: {Type: AWS::StepFunctions::StateMachineAlias, Properties: {Name: live, Description: WORD, RoutingConfiguration: [{StateMachineVersionArn: !Ref MachineVersionWORD, Weight: 100}]}}
  Activity: {Type: AWS::StepFunctions::Activity, Properties: {Name: WORD, Tags: [{Key: word, Value: WORD}]}}
  Project:
    Type: AWS::CodeBuild::Project
    Properties:
      Description: WORD
      ServiceRole: !GetAtt Role.Arn
      Artifacts: {Type: CODEPIPELINE}
      Source: {Type: CODEPIPELINE, BuildSpec: 'version: 0.2'}
      Environment: {Type: LINUX_CONTAINER, ComputeType: BUILD_GENERAL1_SMALL, Image: 'aws/codebuild/standard:7.0', EnvironmentVariables: [{Name: WORD, Value: WORD}]}
      TimeoutInMinutes: COUNT
      Tags: [{Key: word, Value: WORD}]
  Reports: {Type: AWS::CodeBuild::ReportGroup, Properties: {Type: TEST, Name: WORD, ExportConfig: {ExportConfigType: NO_EXPORT}}}
  Connection: {Type: AWS::CodeConnections::Connection, Properties: {ConnectionName: WORD, ProviderType: GitHub, Tags: [{Key: word, Value: WORD}]}}
  Star: {Type: AWS::CodeStarConnections::Connection, Properties: {ConnectionName: kept, ProviderType: GitHub, Tags: [{Key: word, Value: WORD}]}}
  Artifacts: {Type: AWS::S3::Bucket, Properties: {VersioningConfiguration: {Status: Enabled}}}
  Pipeline:
    Type: AWS::CodePipeline::Pipeline
    Properties:
      RoleArn: !GetAtt Role.Arn
      PipelineType: V2
      ArtifactStore: {Type: S3, Location: !Ref Artifacts}
      RestartExecutionOnUpdate: false
      Stages:
      - Name: Source
        Actions: [{Name: Source, ActionTypeId: {Category: Source, Owner: AWS, Provider: CodeStarSourceConnection, Version: '1'}, OutputArtifacts: [{Name: source}],
                   Configuration: {ConnectionArn: !Ref Star, FullRepositoryId: acme/center, BranchName: WORD, DetectChanges: false}}]
      - Name: Build
        Actions: [{Name: Build, ActionTypeId: {Category: Build, Owner: AWS, Provider: CodeBuild, Version: '1'}, InputArtifacts: [{Name: source}], Configuration: {ProjectName: !Ref Project}}]
      Tags: [{Key: word, Value: WORD}]
)";

constexpr std::string_view kConnect = R"(
Resources:
  Instance:
    Type: AWS::Connect::Instance
    Properties: {IdentityManagementType: CONNECT_MANAGED, InstanceAlias: acme-dev, Attributes: {InboundCalls: true, OutboundCalls: true}}
  Hours:
    Type: AWS::Connect::HoursOfOperation
    Properties: {InstanceArn: !GetAtt Instance.Arn, Name: kept, Description: WORD, TimeZone: UTC, Config: [{Day: MONDAY, StartTime: {Hours: 9, Minutes: 0}, EndTime: {Hours: 18, Minutes: 0}}], Tags: [{Key: word, Value: WORD}]}
  Queue:
    Type: AWS::Connect::Queue
    Properties: {InstanceArn: !GetAtt Instance.Arn, Name: WORD, Description: WORD, MaxContacts: COUNT, HoursOfOperationArn: !GetAtt Hours.HoursOfOperationArn, QuickConnectArns: [!GetAtt Quick.QuickConnectArn]}
  Quick:
    Type: AWS::Connect::QuickConnect
    Properties: {InstanceArn: !GetAtt Instance.Arn, Name: WORD, QuickConnectConfig: {QuickConnectType: PHONE_NUMBER, PhoneConfig: {PhoneNumber: '+493012345COUNT'}}}
  Profile:
    Type: AWS::Connect::RoutingProfile
    Properties: {InstanceArn: !GetAtt Instance.Arn, Name: WORD, Description: WORD, DefaultOutboundQueueArn: !GetAtt Queue.QueueArn, MediaConcurrencies: [{Channel: VOICE, Concurrency: 1}],
                 QueueConfigs: [{Delay: COUNT, Priority: 1, QueueReference: {Channel: VOICE, QueueArn: !GetAtt Queue.QueueArn}}]}
  Security:
    Type: AWS::Connect::SecurityProfile
    Properties: {InstanceArn: !GetAtt Instance.Arn, SecurityProfileName: kept, Description: WORD, Permissions: [BasicAgentAccess]}
  Levels:
    Type: AWS::Connect::UserHierarchyStructure
    Properties: {InstanceArn: !GetAtt Instance.Arn, UserHierarchyStructure: {LevelOne: {Name: WORD}}}
  Berlin:
    Type: AWS::Connect::UserHierarchyGroup
    DependsOn: Levels
    Properties: {InstanceArn: !GetAtt Instance.Arn, Name: WORD}
  Skill: {Type: AWS::Connect::PredefinedAttribute, Properties: {InstanceArn: !GetAtt Instance.Arn, Name: Language, Values: {StringList: [WORD]}}}
  User:
    Type: AWS::Connect::User
    Properties: {InstanceArn: !GetAtt Instance.Arn, Username: jane, Password: Secret-123, RoutingProfileArn: !GetAtt Profile.RoutingProfileArn, SecurityProfileArns: [!GetAtt Security.SecurityProfileArn], HierarchyGroupArn: !Ref Berlin,
                 PhoneConfig: {PhoneType: SOFT_PHONE, AfterContactWorkTimeLimit: COUNT}, IdentityInfo: {FirstName: Jane, LastName: WORD}}
  Flow:
    Type: AWS::Connect::ContactFlow
    Properties: {InstanceArn: !GetAtt Instance.Arn, Name: WORD, Type: CAMPAIGN, Content: '{"Version":"2019-10-30","StartAction":"WORD","Actions":[{"Identifier":"WORD","Type":"DisconnectParticipant","Parameters":{},"Transitions":{}}]}'}
  FlowVersion: {Type: AWS::Connect::ContactFlowVersion, Properties: {ContactFlowId: !Ref Flow, Description: WORD}}
  Module:
    Type: AWS::Connect::ContactFlowModule
    Properties: {InstanceArn: !GetAtt Instance.Arn, Name: kept, Description: WORD, Content: '{"Version":"2019-10-30","StartAction":"WORD","Settings":{},"Actions":[{"Identifier":"WORD","Type":"EndFlowModuleExecution","Parameters":{},"Transitions":{}}]}'}
  ModuleVersion: {Type: AWS::Connect::ContactFlowModuleVersion, Properties: {ContactFlowModuleId: !GetAtt Module.ContactFlowModuleArn, Description: WORD}}
  ModuleAlias: {Type: AWS::Connect::ContactFlowModuleAlias, Properties: {ContactFlowModuleId: !GetAtt Module.ContactFlowModuleArn, ContactFlowModuleVersion: !GetAtt ModuleVersion.Version, Name: WORD}}
  View: {Type: AWS::Connect::View, Properties: {InstanceArn: !GetAtt Instance.Arn, Name: kept, Actions: [Next], Template: {Head: {Title: WORD}, Body: []}}}
  ViewVersion: {Type: AWS::Connect::ViewVersion, Properties: {ViewArn: !GetAtt View.ViewArn, VersionDescription: WORD, ViewContentSha256: !GetAtt View.ViewContentSha256}}
)";

constexpr std::string_view kConnectMore = R"(
Resources:
  Instance:
    Type: AWS::Connect::Instance
    Properties: {IdentityManagementType: CONNECT_MANAGED, InstanceAlias: acme-dev, Attributes: {InboundCalls: true, OutboundCalls: true}}
  Flow:
    Type: AWS::Connect::ContactFlow
    Properties: {InstanceArn: !GetAtt Instance.Arn, Name: kept, Type: CONTACT_FLOW, Content: '{"Version":"2019-10-30","StartAction":"end","Actions":[{"Identifier":"end","Type":"DisconnectParticipant","Parameters":{},"Transitions":{}}]}'}
  Bucket: {Type: AWS::S3::Bucket}
  Recordings:
    Type: AWS::Connect::InstanceStorageConfig
    Properties: {InstanceArn: !GetAtt Instance.Arn, ResourceType: CALL_RECORDINGS, StorageType: S3, S3Config: {BucketName: !Ref Bucket, BucketPrefix: WORD}}
  Origin: {Type: AWS::Connect::ApprovedOrigin, Properties: {InstanceId: !GetAtt Instance.Arn, Origin: 'https://WORD.acme.test'}}
  SecurityKey: {Type: AWS::Connect::SecurityKey, Properties: {InstanceId: !GetAtt Instance.Arn, Key: one-public-key}}
  Number: {Type: AWS::Connect::PhoneNumber, Properties: {TargetArn: !GetAtt Instance.Arn, Type: DID, CountryCode: US, Description: WORD}}
  Lunch: {Type: AWS::Connect::AgentStatus, Properties: {InstanceArn: !GetAtt Instance.Arn, Name: WORD, State: ENABLED, DisplayOrder: 3}}
  Rule:
    Type: AWS::Connect::Rule
    Properties: {InstanceArn: !GetAtt Instance.Arn, Name: WORD, PublishStatus: DRAFT, Function: '{"Version":"2022-11-25","RuleFunction":{}}', TriggerEventSource: {EventSourceName: OnPostCallAnalysisAvailable}, Actions: {EventBridgeActions: [{Name: WORD}]}}
  Form:
    Type: AWS::Connect::TaskTemplate
    Properties: {InstanceArn: !GetAtt Instance.Arn, Name: WORD, ContactFlowArn: !Ref Flow, Fields: [{Id: {Name: Subject}, Type: NAME}], Constraints: {RequiredFields: [{Id: {Name: Subject}}]}, Tags: [{Key: word, Value: WORD}]}
  Test:
    Type: AWS::Connect::TestCase
    Properties:
      InstanceArn: !GetAtt Instance.Arn
      Name: kept
      Description: WORD
      Status: PUBLISHED
      Content: '{"Version":"2019-10-30","Observations":[{"Identifier":"start","Event":{"Type":"TestInitiated","Actor":"System","Properties":{}},"Actions":[],"Transitions":{}}]}'
      EntryPoint: {Type: VOICE_CALL, VoiceCallEntryPointParameters: {FlowId: !Ref Flow}}
  LexRole:
    Type: AWS::IAM::Role
    Properties: {AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {Service: lexv2.amazonaws.com}, Action: 'sts:AssumeRole'}]}}
  Bot:
    Type: AWS::Lex::Bot
    Properties:
      Name: kept
      Description: WORD
      RoleArn: !GetAtt LexRole.Arn
      DataPrivacy: {ChildDirected: false}
      IdleSessionTTLInSeconds: 300
      AutoBuildBotLocales: true
      BotLocales:
      - LocaleId: en_US
        NluConfidenceThreshold: 0.4
        Intents: [{Name: Hello, SampleUtterances: [{Utterance: 'hello WORD'}]}, {Name: FallbackIntent, ParentIntentSignature: AMAZON.FallbackIntent}]
  BotVersionWORD:
    Type: AWS::Lex::BotVersion
    Properties: {BotId: !Ref Bot, BotVersionLocaleSpecification: [{LocaleId: en_US, BotVersionLocaleDetails: {SourceBotVersion: DRAFT}}]}
  BotAlias:
    Type: AWS::Lex::BotAlias
    Properties: {BotId: !Ref Bot, BotAliasName: live, Description: WORD, BotVersion: !GetAtt BotVersionWORD.BotVersion, BotAliasLocaleSettings: [{LocaleId: en_US, BotAliasLocaleSetting: {Enabled: true}}]}
  BotPolicy:
    Type: AWS::Lex::ResourcePolicy
    Properties: {ResourceArn: !GetAtt BotAlias.Arn, Policy: {Version: '2012-10-17', Statement: [{Sid: WORD, Effect: Allow, Principal: {Service: connect.amazonaws.com}, Action: ['lex:RecognizeText'], Resource: !GetAtt BotAlias.Arn}]}}
  Association:
    Type: AWS::Connect::IntegrationAssociation
    DependsOn: BotPolicy
    Properties: {InstanceId: !GetAtt Instance.Arn, IntegrationType: LEX_BOT, IntegrationArn: !GetAtt BotAlias.Arn}
)";

constexpr InjectedTemplate kTemplates[] = {
    {"Storage", kStorage},     {"Messages", kMessages}, {"People", kPeople},
    {"Functions", kFunctions}, {"RestApi", kRestApi},   {"HttpApi", kHttpApi},
    {"Delivery", kDelivery},   {"Connect", kConnect},   {"ConnectMore", kConnectMore},
};

std::string Replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

}  // namespace

std::string InjectedTemplate::Edition(std::string_view word, std::string_view number) const {
  return Replaced(Replaced(std::string(yaml), "WORD", word), "COUNT", number);
}

std::span<const InjectedTemplate> InjectedTemplates() {
  return kTemplates;
}

}  // namespace trunkline::cloud::tests
