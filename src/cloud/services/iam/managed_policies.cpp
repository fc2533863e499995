#include "cloud/services/iam/managed_policies.h"

#include <algorithm>

#include "base/hash.h"
#include "base/json_write.h"
#include "base/text.h"
#include "cloud/services/iam/holders.h"

namespace trunkline::cloud::iam {
namespace {

constexpr std::int64_t kCreated = 1423166400;  // 2015-02-06, when AWS introduced managed policies

constexpr ManagedPolicy kPolicies[] = {
    {"AdministratorAccess", "/", "*"},
    {"AmazonAPIGatewayAdministrator", "/", "apigateway:*"},
    {"AmazonAPIGatewayInvokeFullAccess", "/", "execute-api:Invoke execute-api:ManageConnections"},
    {"AmazonAPIGatewayPushToCloudWatchLogs", "/service-role/",
     "logs:CreateLogGroup logs:CreateLogStream logs:DescribeLogGroups logs:DescribeLogStreams "
     "logs:PutLogEvents "
     "logs:GetLogEvents logs:FilterLogEvents"},
    {"AmazonConnectReadOnlyAccess", "/",
     "connect:Get* connect:Describe* connect:List* ds:DescribeDirectories"},
    {"AmazonConnect_FullAccess", "/",
     "connect:* ds:CreateAlias ds:AuthorizeApplication ds:CreateIdentityPoolDirectory "
     "ds:DeleteDirectory "
     "ds:DescribeDirectories ds:UnauthorizeApplication firehose:DescribeDeliveryStream "
     "firehose:ListDeliveryStreams kinesis:DescribeStream kinesis:ListStreams kms:DescribeKey "
     "kms:ListAliases "
     "lex:GetBots lex:ListBots lex:ListBotAliases logs:CreateLogGroup s3:GetBucketLocation "
     "s3:ListAllMyBuckets "
     "lambda:ListFunctions iam:CreateServiceLinkedRole iam:PutRolePolicy"},
    {"AmazonDynamoDBFullAccess", "/", "dynamodb:* dax:*"},
    {"AmazonDynamoDBReadOnlyAccess", "/",
     "dynamodb:BatchGetItem dynamodb:Describe* dynamodb:GetItem dynamodb:List* "
     "dynamodb:PartiQLSelect "
     "dynamodb:Query dynamodb:Scan"},
    {"AmazonEventBridgeFullAccess", "/", "events:* schemas:* scheduler:* pipes:*"},
    {"AmazonLexFullAccess", "/",
     "lex:* polly:DescribeVoices polly:SynthesizeSpeech lambda:GetPolicy "
     "lambda:ListFunctions cloudwatch:GetMetricStatistics logs:DescribeLogGroups"},
    {"AmazonLexReadOnly", "/", "lex:Get* lex:Describe* lex:List*"},
    {"AmazonLexRunBotsOnly", "/",
     "lex:PostContent lex:PostText lex:PutSession lex:GetSession lex:DeleteSession "
     "lex:RecognizeText "
     "lex:RecognizeUtterance lex:StartConversation"},
    {"AmazonPollyFullAccess", "/", "polly:*"},
    {"AmazonS3FullAccess", "/", "s3:* s3-object-lambda:*"},
    {"AmazonS3ReadOnlyAccess", "/",
     "s3:Get* s3:List* s3:Describe* s3-object-lambda:Get* s3-object-lambda:List*"},
    {"AmazonSNSFullAccess", "/", "sns:*"},
    {"AmazonSQSFullAccess", "/", "sqs:*"},
    {"AmazonSSMFullAccess", "/",
     "ssm:* ssmmessages:* ec2messages:* cloudwatch:PutMetricData logs:*"},
    {"AmazonSSMReadOnlyAccess", "/", "ssm:Describe* ssm:Get* ssm:List*"},
    {"AWSCloudFormationFullAccess", "/", "cloudformation:*"},
    {"AWSCodeBuildAdminAccess", "/",
     "codebuild:* logs:GetLogEvents s3:GetBucketLocation s3:ListAllMyBuckets"},
    {"AWSCodePipeline_FullAccess", "/",
     "codepipeline:* cloudformation:Describe* cloudformation:List* s3:*"},
    {"AWSLambdaBasicExecutionRole", "/service-role/",
     "logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents"},
    {"AWSLambdaDynamoDBExecutionRole", "/service-role/",
     "dynamodb:DescribeStream dynamodb:GetRecords dynamodb:GetShardIterator dynamodb:ListStreams "
     "logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents"},
    {"AWSLambdaExecute", "/", "logs:* s3:GetObject s3:PutObject"},
    {"AWSLambdaKinesisExecutionRole", "/service-role/",
     "kinesis:DescribeStream kinesis:DescribeStreamSummary kinesis:GetRecords "
     "kinesis:GetShardIterator "
     "kinesis:ListShards kinesis:ListStreams kinesis:SubscribeToShard logs:CreateLogGroup "
     "logs:CreateLogStream logs:PutLogEvents"},
    {"AWSLambdaRole", "/service-role/", "lambda:InvokeFunction"},
    {"AWSLambdaSQSQueueExecutionRole", "/service-role/",
     "sqs:ReceiveMessage sqs:DeleteMessage sqs:GetQueueAttributes logs:CreateLogGroup "
     "logs:CreateLogStream "
     "logs:PutLogEvents"},
    {"AWSLambdaVPCAccessExecutionRole", "/service-role/",
     "logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents ec2:CreateNetworkInterface "
     "ec2:DescribeNetworkInterfaces ec2:DescribeSubnets ec2:DeleteNetworkInterface "
     "ec2:AssignPrivateIpAddresses ec2:UnassignPrivateIpAddresses"},
    {"AWSLambda_FullAccess", "/",
     "lambda:* cloudformation:DescribeStacks cloudformation:ListStackResources "
     "cloudwatch:ListMetrics "
     "cloudwatch:GetMetricData iam:GetPolicy iam:GetPolicyVersion iam:GetRole iam:GetRolePolicy "
     "iam:ListAttachedRolePolicies iam:ListRolePolicies iam:ListRoles iam:PassRole kms:ListAliases "
     "logs:DescribeLogGroups states:DescribeStateMachine states:ListStateMachines tag:GetResources "
     "xray:GetTraceSummaries xray:BatchGetTraces"},
    {"AWSLambda_ReadOnlyAccess", "/",
     "lambda:Get* lambda:List* iam:GetPolicy iam:GetRole iam:ListRoles"},
    {"AWSStepFunctionsFullAccess", "/", "states:*"},
    {"AWSXRayDaemonWriteAccess", "/",
     "xray:PutTraceSegments xray:PutTelemetryRecords xray:GetSamplingRules xray:GetSamplingTargets "
     "xray:GetSamplingStatisticSummaries"},
    {"CloudWatchFullAccess", "/", "autoscaling:Describe* cloudwatch:* logs:* sns:* iam:GetPolicy"},
    {"CloudWatchLambdaInsightsExecutionRolePolicy", "/",
     "logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents"},
    {"CloudWatchLogsFullAccess", "/", "logs:* cloudwatch:GenerateQuery"},
    {"CloudWatchLogsReadOnlyAccess", "/",
     "logs:Describe* logs:Get* logs:List* logs:StartQuery logs:StopQuery logs:FilterLogEvents"},
    {"IAMFullAccess", "/",
     "iam:* organizations:DescribeAccount organizations:DescribeOrganization"},
    {"IAMReadOnlyAccess", "/", "iam:Get* iam:List* iam:Generate* iam:Simulate*"},
    // What cdk bootstrap gives its look-up role: reading, in the services there are here.
    {"ReadOnlyAccess", "/",
     "apigateway:GET codebuild:BatchGet* codebuild:Describe* codebuild:Get* "
     "codebuild:List* codepipeline:BatchGet* codepipeline:Describe* codepipeline:Get* "
     "codepipeline:List* codeconnections:Describe* codeconnections:Get* "
     "codeconnections:List* codestar-connections:Describe* codestar-connections:Get* "
     "codestar-connections:List* cloudformation:Describe* cloudformation:Get* "
     "cloudformation:List* connect:Describe* connect:Get* connect:List* ecr:BatchGet* "
     "ecr:Describe* ecr:Get* ecr:List* events:Describe* events:Get* events:List* "
     "iam:Describe* iam:Get* iam:List* kms:Describe* kms:Get* kms:List* "
     "lambda:Describe* lambda:Get* lambda:List* lex:Describe* lex:Get* lex:List* "
     "logs:Describe* logs:Get* logs:List* s3:Describe* s3:Get* s3:List* "
     "secretsmanager:Describe* secretsmanager:List* secretsmanager:GetResourcePolicy "
     "sns:Describe* sns:Get* sns:List* sqs:Describe* sqs:Get* sqs:List* ssm:Describe* "
     "ssm:Get* ssm:List* states:Describe* states:Get* states:List* sts:Describe* "
     "sts:Get* sts:List* connect:Search* logs:FilterLogEvents"},
    {"SecretsManagerReadWrite", "/",
     "secretsmanager:* cloudformation:CreateChangeSet cloudformation:DescribeChangeSet "
     "cloudformation:DescribeStackResource cloudformation:DescribeStacks "
     "cloudformation:ExecuteChangeSet "
     "kms:DescribeKey kms:ListAliases kms:ListKeys lambda:ListFunctions tag:GetResources"},
};

}  // namespace

std::span<const ManagedPolicy> AllManagedPolicies() {
  return kPolicies;
}

std::string ManagedArn(const ManagedPolicy& policy) {
  return std::string(kManagedPrefix) + std::string(policy.path.substr(1)) +
         std::string(policy.name);
}

const ManagedPolicy* FindManagedPolicy(std::string_view arn) {
  if (!arn.starts_with(kManagedPrefix)) return nullptr;
  const auto same = [&](const ManagedPolicy& policy) { return ManagedArn(policy) == arn; };
  const auto found = std::ranges::find_if(kPolicies, same);
  return found == std::end(kPolicies) ? nullptr : found;
}

std::string ManagedDocument(const ManagedPolicy& policy) {
  json::Array actions;
  for (const std::string_view action : Split(policy.actions, ' ')) actions.push_back(action);
  const json::Object statement{
      {"Effect", "Allow"}, {"Action", std::move(actions)}, {"Resource", "*"}};
  return json::Write(
      json::Object{{"Version", "2012-10-17"}, {"Statement", json::Array{statement}}});
}

json::Object ToPolicy(Context& context, const ManagedPolicy& policy) {
  const std::string arn = ManagedArn(policy);
  const UsageCount usage = CountUsage(context, arn);
  // AWS's ids look like those of customers' policies and never change.
  const std::string id = "ANPA" + ToUpper(ToHex(Sha256(arn)).substr(0, 17));
  return {{"PolicyName", policy.name},
          {"PolicyId", id},
          {"Arn", arn},
          {"Path", policy.path},
          {"DefaultVersionId", kManagedVersion},
          {"AttachmentCount", usage.attached},
          {"PermissionsBoundaryUsageCount", usage.boundary},
          {"IsAttachable", true},
          {"CreateDate", kCreated},
          {"UpdateDate", kCreated}};
}

json::Object ToManagedVersion(const ManagedPolicy& policy, bool with_document) {
  json::Object version;
  if (with_document) version.Set("Document", PercentEncode(ManagedDocument(policy)));
  version.Set("VersionId", kManagedVersion);
  version.Set("IsDefaultVersion", true);
  version.Set("CreateDate", kCreated);
  return version;
}

}  // namespace trunkline::cloud::iam
