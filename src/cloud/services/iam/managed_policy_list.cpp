// The list of AWS's own policies that this cloud knows, by name.
#include <algorithm>

#include "cloud/services/iam/managed_policies.h"

namespace trunkline::cloud::iam {
namespace {

constexpr ManagedPolicy kPolicies[] = {
    {"AWSAppSyncPushToCloudWatchLogs", "/service-role/",
     "logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents"},
    {"AWSCloudFormationFullAccess", "/", "cloudformation:*"},
    {"AWSCloudFormationReadOnlyAccess", "/",
     "cloudformation:Describe* cloudformation:EstimateTemplateCost cloudformation:Get* "
     "cloudformation:List* cloudformation:ValidateTemplate cloudformation:Detect*"},
    {"AWSCodeBuildAdminAccess", "/",
     "codebuild:* logs:GetLogEvents s3:GetBucketLocation s3:ListAllMyBuckets"},
    {"AWSCodeBuildDeveloperAccess", "/",
     "codebuild:StartBuild codebuild:StopBuild codebuild:StartBuildBatch "
     "codebuild:StopBuildBatch codebuild:RetryBuild codebuild:RetryBuildBatch "
     "codebuild:BatchGet* codebuild:GetResourcePolicy codebuild:DescribeTestCases "
     "codebuild:DescribeCodeCoverages codebuild:List* logs:GetLogEvents s3:GetBucketLocation "
     "s3:ListAllMyBuckets"},
    {"AWSCodeBuildReadOnlyAccess", "/",
     "codebuild:BatchGet* codebuild:GetResourcePolicy codebuild:List* "
     "codebuild:DescribeTestCases codebuild:DescribeCodeCoverages logs:GetLogEvents"},
    {"AWSCodeDeployRole", "/service-role/",
     "autoscaling:* codedeploy:* ec2:DescribeInstances ec2:DescribeInstanceStatus "
     "ec2:TerminateInstances tag:GetResources sns:Publish cloudwatch:DescribeAlarms "
     "cloudwatch:PutMetricAlarm elasticloadbalancing:*"},
    {"AWSCodePipelineApproverAccess", "/",
     "codepipeline:GetPipeline codepipeline:GetPipelineState "
     "codepipeline:GetPipelineExecution codepipeline:ListPipelineExecutions "
     "codepipeline:ListPipelines codepipeline:PutApprovalResult"},
    {"AWSCodePipelineCustomActionAccess", "/",
     "codepipeline:AcknowledgeJob codepipeline:GetJobDetails codepipeline:PollForJobs "
     "codepipeline:PutJobFailureResult codepipeline:PutJobSuccessResult"},
    {"AWSCodePipeline_FullAccess", "/",
     "codepipeline:* cloudformation:Describe* cloudformation:List* s3:*"},
    {"AWSCodePipeline_ReadOnlyAccess", "/",
     "codepipeline:GetPipeline codepipeline:GetPipelineState "
     "codepipeline:GetPipelineExecution codepipeline:ListPipelineExecutions "
     "codepipeline:ListActionExecutions codepipeline:ListActionTypes "
     "codepipeline:ListPipelines codepipeline:ListTagsForResource s3:ListAllMyBuckets"},
    {"AWSGlueServiceRole", "/service-role/",
     "glue:* s3:GetBucketLocation s3:ListBucket s3:ListAllMyBuckets s3:GetBucketAcl "
     "s3:CreateBucket s3:GetObject s3:PutObject s3:DeleteObject logs:CreateLogGroup "
     "logs:CreateLogStream logs:PutLogEvents cloudwatch:PutMetricData"},
    {"AWSKeyManagementServicePowerUser", "/",
     "kms:CreateAlias kms:CreateKey kms:DeleteAlias kms:Describe* kms:GenerateRandom kms:Get* "
     "kms:List* kms:TagResource kms:UntagResource iam:ListGroups iam:ListRoles iam:ListUsers"},
    {"AWSLambdaBasicExecutionRole", "/service-role/",
     "logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents"},
    {"AWSLambdaDynamoDBExecutionRole", "/service-role/",
     "dynamodb:DescribeStream dynamodb:GetRecords dynamodb:GetShardIterator "
     "dynamodb:ListStreams logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents"},
    {"AWSLambdaENIManagementAccess", "/service-role/",
     "ec2:CreateNetworkInterface ec2:DescribeNetworkInterfaces ec2:DeleteNetworkInterface "
     "ec2:AssignPrivateIpAddresses ec2:UnassignPrivateIpAddresses"},
    {"AWSLambdaExecute", "/", "logs:* s3:GetObject s3:PutObject"},
    {"AWSLambdaInvocation-DynamoDB", "/",
     "lambda:InvokeFunction dynamodb:DescribeStream dynamodb:GetRecords "
     "dynamodb:GetShardIterator dynamodb:ListStreams"},
    {"AWSLambdaKinesisExecutionRole", "/service-role/",
     "kinesis:DescribeStream kinesis:DescribeStreamSummary kinesis:GetRecords "
     "kinesis:GetShardIterator kinesis:ListShards kinesis:ListStreams "
     "kinesis:SubscribeToShard logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents"},
    {"AWSLambdaRole", "/service-role/", "lambda:InvokeFunction"},
    {"AWSLambdaSQSQueueExecutionRole", "/service-role/",
     "sqs:ReceiveMessage sqs:DeleteMessage sqs:GetQueueAttributes logs:CreateLogGroup "
     "logs:CreateLogStream logs:PutLogEvents"},
    {"AWSLambdaVPCAccessExecutionRole", "/service-role/",
     "logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents ec2:CreateNetworkInterface "
     "ec2:DescribeNetworkInterfaces ec2:DescribeSubnets ec2:DeleteNetworkInterface "
     "ec2:AssignPrivateIpAddresses ec2:UnassignPrivateIpAddresses"},
    {"AWSLambda_FullAccess", "/",
     "lambda:* cloudformation:DescribeStacks cloudformation:ListStackResources "
     "cloudwatch:ListMetrics cloudwatch:GetMetricData iam:GetPolicy iam:GetPolicyVersion "
     "iam:GetRole iam:GetRolePolicy iam:ListAttachedRolePolicies iam:ListRolePolicies "
     "iam:ListRoles iam:PassRole kms:ListAliases logs:DescribeLogGroups "
     "states:DescribeStateMachine states:ListStateMachines tag:GetResources "
     "xray:GetTraceSummaries xray:BatchGetTraces"},
    {"AWSLambda_ReadOnlyAccess", "/",
     "lambda:Get* lambda:List* iam:GetPolicy iam:GetRole iam:ListRoles"},
    {"AWSSecretsManagerClientReadOnlyAccess", "/",
     "secretsmanager:GetSecretValue secretsmanager:DescribeSecret kms:Decrypt"},
    {"AWSStepFunctionsConsoleFullAccess", "/",
     "states:* iam:ListRoles iam:PassRole lambda:ListFunctions"},
    {"AWSStepFunctionsFullAccess", "/", "states:*"},
    {"AWSStepFunctionsReadOnlyAccess", "/",
     "states:ListStateMachines states:ListActivities states:DescribeStateMachine "
     "states:DescribeStateMachineForExecution states:ListExecutions states:DescribeExecution "
     "states:GetExecutionHistory states:DescribeActivity states:ListTagsForResource "
     "states:DescribeMapRun states:ListMapRuns"},
    {"AWSSupportAccess", "/", "support:*"},
    {"AWSXRayDaemonWriteAccess", "/",
     "xray:PutTraceSegments xray:PutTelemetryRecords xray:GetSamplingRules "
     "xray:GetSamplingTargets xray:GetSamplingStatisticSummaries"},
    {"AWSXrayFullAccess", "/", "xray:*"},
    {"AWSXrayReadOnlyAccess", "/", "xray:BatchGet* xray:Get* xray:List*"},
    {"AWSXrayWriteOnlyAccess", "/",
     "xray:PutTraceSegments xray:PutTelemetryRecords xray:GetSamplingRules "
     "xray:GetSamplingTargets xray:GetSamplingStatisticSummaries"},
    {"AdministratorAccess", "/", "*"},
    {"AmazonAPIGatewayAdministrator", "/", "apigateway:*"},
    {"AmazonAPIGatewayInvokeFullAccess", "/", "execute-api:Invoke execute-api:ManageConnections"},
    {"AmazonAPIGatewayPushToCloudWatchLogs", "/service-role/",
     "logs:CreateLogGroup logs:CreateLogStream logs:DescribeLogGroups logs:DescribeLogStreams "
     "logs:PutLogEvents logs:GetLogEvents logs:FilterLogEvents"},
    {"AmazonBedrockFullAccess", "/",
     "bedrock:* kms:DescribeKey iam:ListRoles ec2:DescribeVpcs ec2:DescribeSubnets "
     "ec2:DescribeSecurityGroups"},
    {"AmazonBedrockReadOnly", "/", "bedrock:Get* bedrock:List*"},
    {"AmazonCognitoPowerUser", "/",
     "cognito-identity:* cognito-idp:* cognito-sync:* iam:ListRoles "
     "iam:ListOpenIdConnectProviders iam:GetRole iam:ListSAMLProviders iam:GetSAMLProvider "
     "sns:ListPlatformApplications"},
    {"AmazonCognitoReadOnly", "/",
     "cognito-identity:Describe* cognito-identity:Get* cognito-identity:List* "
     "cognito-idp:Describe* cognito-idp:AdminGet* cognito-idp:AdminList* cognito-idp:List* "
     "cognito-idp:Get* cognito-sync:Describe* cognito-sync:Get* cognito-sync:List* "
     "iam:ListRoles"},
    {"AmazonConnectReadOnlyAccess", "/",
     "connect:Get* connect:Describe* connect:List* ds:DescribeDirectories"},
    {"AmazonConnect_FullAccess", "/",
     "connect:* ds:CreateAlias ds:AuthorizeApplication ds:CreateIdentityPoolDirectory "
     "ds:DeleteDirectory ds:DescribeDirectories ds:UnauthorizeApplication "
     "firehose:DescribeDeliveryStream firehose:ListDeliveryStreams kinesis:DescribeStream "
     "kinesis:ListStreams kms:DescribeKey kms:ListAliases lex:GetBots lex:ListBots "
     "lex:ListBotAliases logs:CreateLogGroup s3:GetBucketLocation s3:ListAllMyBuckets "
     "lambda:ListFunctions iam:CreateServiceLinkedRole iam:PutRolePolicy"},
    {"AmazonDynamoDBFullAccess", "/", "dynamodb:* dax:*"},
    {"AmazonDynamoDBReadOnlyAccess", "/",
     "dynamodb:BatchGetItem dynamodb:Describe* dynamodb:GetItem dynamodb:List* "
     "dynamodb:PartiQLSelect dynamodb:Query dynamodb:Scan"},
    {"AmazonEC2ContainerRegistryFullAccess", "/", "ecr:* cloudtrail:LookupEvents"},
    {"AmazonEC2ContainerRegistryPowerUser", "/",
     "ecr:GetAuthorizationToken ecr:BatchCheckLayerAvailability ecr:GetDownloadUrlForLayer "
     "ecr:GetRepositoryPolicy ecr:DescribeRepositories ecr:ListImages ecr:DescribeImages "
     "ecr:BatchGetImage ecr:GetLifecyclePolicy ecr:GetLifecyclePolicyPreview "
     "ecr:ListTagsForResource ecr:DescribeImageScanFindings ecr:InitiateLayerUpload "
     "ecr:UploadLayerPart ecr:CompleteLayerUpload ecr:PutImage"},
    {"AmazonEC2ContainerRegistryReadOnly", "/",
     "ecr:GetAuthorizationToken ecr:BatchCheckLayerAvailability ecr:GetDownloadUrlForLayer "
     "ecr:GetRepositoryPolicy ecr:DescribeRepositories ecr:ListImages ecr:DescribeImages "
     "ecr:BatchGetImage ecr:GetLifecyclePolicy ecr:GetLifecyclePolicyPreview "
     "ecr:ListTagsForResource ecr:DescribeImageScanFindings"},
    {"AmazonEC2FullAccess", "/", "ec2:* elasticloadbalancing:* cloudwatch:* autoscaling:*"},
    {"AmazonEC2ReadOnlyAccess", "/",
     "ec2:Describe* ec2:Get* elasticloadbalancing:Describe* cloudwatch:ListMetrics "
     "cloudwatch:GetMetricStatistics cloudwatch:Describe* autoscaling:Describe*"},
    {"AmazonEventBridgeFullAccess", "/", "events:* schemas:* scheduler:* pipes:*"},
    {"AmazonEventBridgePipesFullAccess", "/", "pipes:*"},
    {"AmazonEventBridgeReadOnlyAccess", "/",
     "events:Describe* events:List* events:TestEventPattern schemas:Describe* schemas:Get* "
     "schemas:List* schemas:Search* scheduler:Get* scheduler:List* pipes:Describe* "
     "pipes:List*"},
    {"AmazonEventBridgeSchedulerFullAccess", "/", "scheduler:*"},
    {"AmazonEventBridgeSchedulerReadOnlyAccess", "/", "scheduler:Get* scheduler:List*"},
    {"AmazonKinesisFirehoseFullAccess", "/", "firehose:*"},
    {"AmazonKinesisFullAccess", "/", "kinesis:*"},
    {"AmazonKinesisReadOnlyAccess", "/", "kinesis:Get* kinesis:List* kinesis:Describe*"},
    {"AmazonLexFullAccess", "/",
     "lex:* polly:DescribeVoices polly:SynthesizeSpeech lambda:GetPolicy lambda:ListFunctions "
     "cloudwatch:GetMetricStatistics logs:DescribeLogGroups"},
    {"AmazonLexReadOnly", "/", "lex:Get* lex:Describe* lex:List*"},
    {"AmazonLexRunBotsOnly", "/",
     "lex:PostContent lex:PostText lex:PutSession lex:GetSession lex:DeleteSession "
     "lex:RecognizeText lex:RecognizeUtterance lex:StartConversation"},
    {"AmazonPollyFullAccess", "/", "polly:*"},
    {"AmazonPollyReadOnlyAccess", "/",
     "polly:DescribeVoices polly:GetLexicon polly:GetSpeechSynthesisTask polly:ListLexicons "
     "polly:ListSpeechSynthesisTasks polly:SynthesizeSpeech"},
    {"AmazonRDSFullAccess", "/",
     "rds:* application-autoscaling:* cloudwatch:DescribeAlarms "
     "cloudwatch:GetMetricStatistics cloudwatch:PutMetricAlarm ec2:Describe* "
     "sns:ListSubscriptions sns:ListTopics sns:Publish logs:DescribeLogStreams "
     "logs:GetLogEvents"},
    {"AmazonS3FullAccess", "/", "s3:* s3-object-lambda:*"},
    {"AmazonS3ObjectLambdaExecutionRolePolicy", "/service-role/",
     "logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents "
     "s3-object-lambda:WriteGetObjectResponse"},
    {"AmazonS3ReadOnlyAccess", "/",
     "s3:Get* s3:List* s3:Describe* s3-object-lambda:Get* s3-object-lambda:List*"},
    {"AmazonSNSFullAccess", "/", "sns:*"},
    {"AmazonSNSReadOnlyAccess", "/", "sns:GetTopicAttributes sns:List*"},
    {"AmazonSNSRole", "/service-role/",
     "logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents logs:PutMetricFilter "
     "logs:PutRetentionPolicy"},
    {"AmazonSQSFullAccess", "/", "sqs:*"},
    {"AmazonSQSReadOnlyAccess", "/",
     "sqs:GetQueueAttributes sqs:GetQueueUrl sqs:ListDeadLetterSourceQueues sqs:ListQueues "
     "sqs:ListMessageMoveTasks sqs:ListQueueTags"},
    {"AmazonSSMFullAccess", "/",
     "ssm:* ssmmessages:* ec2messages:* cloudwatch:PutMetricData logs:*"},
    {"AmazonSSMManagedInstanceCore", "/",
     "ssm:DescribeAssociation ssm:GetDeployablePatchSnapshotForInstance ssm:GetDocument "
     "ssm:DescribeDocument ssm:GetManifest ssm:GetParameter ssm:GetParameters "
     "ssm:ListAssociations ssm:ListInstanceAssociations ssm:PutInventory "
     "ssm:PutComplianceItems ssm:PutConfigurePackageResult ssm:UpdateAssociationStatus "
     "ssm:UpdateInstanceAssociationStatus ssm:UpdateInstanceInformation ssmmessages:* "
     "ec2messages:*"},
    {"AmazonSSMReadOnlyAccess", "/", "ssm:Describe* ssm:Get* ssm:List*"},
    {"AmazonTranscribeFullAccess", "/", "transcribe:* s3:GetObject"},
    {"AmazonTranscribeReadOnlyAccess", "/", "transcribe:Get* transcribe:List*"},
    {"AmazonVPCFullAccess", "/", "ec2:*"},
    {"CloudFrontFullAccess", "/",
     "cloudfront:* cloudfront-keyvaluestore:* s3:ListAllMyBuckets acm:ListCertificates "
     "iam:ListServerCertificates waf:ListWebACLs waf:GetWebACL wafv2:ListWebACLs "
     "wafv2:GetWebACL kinesis:ListStreams"},
    {"CloudWatchAgentServerPolicy", "/",
     "cloudwatch:PutMetricData ec2:DescribeVolumes ec2:DescribeTags logs:PutLogEvents "
     "logs:PutRetentionPolicy logs:DescribeLogStreams logs:DescribeLogGroups "
     "logs:CreateLogStream logs:CreateLogGroup ssm:GetParameter xray:PutTraceSegments "
     "xray:PutTelemetryRecords xray:GetSamplingRules xray:GetSamplingTargets "
     "xray:GetSamplingStatisticSummaries"},
    {"CloudWatchEventsFullAccess", "/", "events:* schemas:* scheduler:* pipes:*"},
    {"CloudWatchEventsReadOnlyAccess", "/",
     "events:Describe* events:List* events:TestEventPattern"},
    {"CloudWatchFullAccess", "/", "autoscaling:Describe* cloudwatch:* logs:* sns:* iam:GetPolicy"},
    {"CloudWatchFullAccessV2", "/",
     "application-autoscaling:DescribeScalingPolicies autoscaling:Describe* cloudwatch:* "
     "logs:* sns:CreateTopic sns:ListSubscriptions sns:ListSubscriptionsByTopic "
     "sns:ListTopics sns:Subscribe iam:GetPolicy iam:GetPolicyVersion iam:GetRole "
     "oam:ListSinks rum:* synthetics:* xray:*"},
    {"CloudWatchLambdaInsightsExecutionRolePolicy", "/",
     "logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents"},
    {"CloudWatchLogsFullAccess", "/", "logs:* cloudwatch:GenerateQuery"},
    {"CloudWatchLogsReadOnlyAccess", "/",
     "logs:Describe* logs:Get* logs:List* logs:StartQuery logs:StopQuery logs:FilterLogEvents"},
    {"CloudWatchReadOnlyAccess", "/",
     "autoscaling:Describe* cloudwatch:BatchGet* cloudwatch:Describe* "
     "cloudwatch:GenerateQuery cloudwatch:Get* cloudwatch:List* logs:Get* logs:List* "
     "logs:StartQuery logs:StopQuery logs:Describe* logs:TestMetricFilter "
     "logs:FilterLogEvents sns:Get* sns:List*"},
    {"ComprehendFullAccess", "/",
     "comprehend:* s3:ListAllMyBuckets s3:ListBucket s3:GetBucketLocation iam:ListRoles "
     "iam:GetRole"},
    {"ComprehendReadOnly", "/",
     "comprehend:Detect* comprehend:BatchDetect* comprehend:Describe* comprehend:List* "
     "comprehend:ClassifyDocument comprehend:ContainsPiiEntities"},
    {"IAMFullAccess", "/",
     "iam:* organizations:DescribeAccount organizations:DescribeOrganization"},
    {"IAMReadOnlyAccess", "/", "iam:Get* iam:List* iam:Generate* iam:Simulate*"},
    {"IAMUserChangePassword", "/", "iam:ChangePassword iam:GetAccountPasswordPolicy"},
    {"PowerUserAccess", "/",
     "account:GetAccountInformation account:GetPrimaryEmail account:ListRegions "
     "iam:CreateServiceLinkedRole iam:DeleteServiceLinkedRole iam:ListRoles "
     "organizations:DescribeEffectivePolicy organizations:DescribeOrganization",
     "account:* iam:* organizations:*"},
    {"ReadOnlyAccess", "/",
     "apigateway:GET codebuild:BatchGet* codebuild:Describe* codebuild:Get* codebuild:List* "
     "codepipeline:BatchGet* codepipeline:Describe* codepipeline:Get* codepipeline:List* "
     "codeconnections:Describe* codeconnections:Get* codeconnections:List* "
     "codestar-connections:Describe* codestar-connections:Get* codestar-connections:List* "
     "cloudformation:Describe* cloudformation:Get* cloudformation:List* connect:Describe* "
     "connect:Get* connect:List* ecr:BatchGet* ecr:Describe* ecr:Get* ecr:List* "
     "events:Describe* events:Get* events:List* iam:Describe* iam:Get* iam:List* "
     "kms:Describe* kms:Get* kms:List* lambda:Describe* lambda:Get* lambda:List* "
     "lex:Describe* lex:Get* lex:List* logs:Describe* logs:Get* logs:List* s3:Describe* "
     "s3:Get* s3:List* secretsmanager:Describe* secretsmanager:List* "
     "secretsmanager:GetResourcePolicy sns:Describe* sns:Get* sns:List* sqs:Describe* "
     "sqs:Get* sqs:List* ssm:Describe* ssm:Get* ssm:List* states:Describe* states:Get* "
     "states:List* sts:Describe* sts:Get* sts:List* connect:Search* logs:FilterLogEvents"},
    {"SecretsManagerReadWrite", "/",
     "secretsmanager:* cloudformation:CreateChangeSet cloudformation:DescribeChangeSet "
     "cloudformation:DescribeStackResource cloudformation:DescribeStacks "
     "cloudformation:ExecuteChangeSet kms:DescribeKey kms:ListAliases kms:ListKeys "
     "lambda:ListFunctions tag:GetResources"},
    {"SecurityAudit", "/",
     "apigateway:GET cloudformation:Describe* cloudformation:GetStackPolicy "
     "cloudformation:GetTemplate cloudformation:List* codebuild:BatchGetProjects "
     "codebuild:ListProjects codepipeline:ListPipelines codepipeline:GetPipelineState "
     "connect:Describe* connect:List* ecr:DescribeRepositories ecr:GetRepositoryPolicy "
     "ecr:DescribeImages events:Describe* events:List* events:TestEventPattern "
     "iam:GenerateCredentialReport iam:GenerateServiceLastAccessedDetails iam:Get* iam:List* "
     "iam:SimulateCustomPolicy iam:SimulatePrincipalPolicy kms:Describe* kms:Get* kms:List* "
     "lambda:GetAccountSettings lambda:GetFunctionConfiguration lambda:GetPolicy lambda:List* "
     "lex:Describe* lex:List* logs:Describe* logs:ListTagsLogGroup "
     "s3:GetAccelerateConfiguration s3:GetBucket* s3:GetEncryptionConfiguration "
     "s3:GetLifecycleConfiguration s3:GetReplicationConfiguration s3:GetObjectAcl "
     "s3:GetObjectVersionAcl s3:ListAllMyBuckets s3:ListBucket secretsmanager:DescribeSecret "
     "secretsmanager:GetResourcePolicy secretsmanager:ListSecretVersionIds "
     "secretsmanager:ListSecrets sns:GetTopicAttributes sns:List* sqs:GetQueueAttributes "
     "sqs:ListDeadLetterSourceQueues sqs:ListQueues sqs:ListQueueTags ssm:Describe* "
     "ssm:GetAutomationExecution ssm:ListDocuments states:Describe* states:List*"},
    {"TranslateFullAccess", "/",
     "translate:* comprehend:DetectDominantLanguage cloudwatch:GetMetricStatistics "
     "cloudwatch:ListMetrics s3:ListAllMyBuckets s3:ListBucket s3:GetBucketLocation "
     "iam:ListRoles iam:GetRole"},
    {"TranslateReadOnly", "/",
     "translate:TranslateText translate:TranslateDocument translate:GetTerminology "
     "translate:ListTerminologies translate:ListTextTranslationJobs "
     "translate:DescribeTextTranslationJob translate:GetParallelData "
     "translate:ListParallelData comprehend:DetectDominantLanguage"},
    {"ViewOnlyAccess", "/job-function/",
     "cloudformation:DescribeStacks cloudformation:List* cloudwatch:Describe* "
     "cloudwatch:List* codebuild:ListBuilds* codebuild:ListProjects "
     "codepipeline:ListPipelines connect:List* ecr:DescribeRepositories ecr:ListImages "
     "events:List* iam:List* iam:GetAccountSummary iam:GetLoginProfile kms:ListKeys "
     "kms:ListAliases lambda:List* lex:List* logs:Describe* s3:ListAllMyBuckets s3:ListBucket "
     "secretsmanager:ListSecrets sns:List* sqs:ListQueues ssm:DescribeParameters "
     "states:ListActivities states:ListStateMachines"},
};
static_assert(std::ranges::is_sorted(kPolicies, {}, &ManagedPolicy::name));  // looked up by halves

}  // namespace

std::span<const ManagedPolicy> AllManagedPolicies() {
  return kPolicies;
}

}  // namespace trunkline::cloud::iam
