#include "cloud/services/cloudformation/serverless/connector_profiles.h"

#include <algorithm>

namespace trunkline::cloud::cloudformation::serverless {
namespace {

constexpr std::string_view kFunctionType = "AWS::Lambda::Function";
constexpr std::string_view kMachine = "AWS::StepFunctions::StateMachine";
constexpr std::string_view kTable = "AWS::DynamoDB::Table";
constexpr std::string_view kBucket = "AWS::S3::Bucket";
constexpr std::string_view kQueue = "AWS::SQS::Queue";
constexpr std::string_view kTopic = "AWS::SNS::Topic";
constexpr std::string_view kBus = "AWS::Events::EventBus";
constexpr std::string_view kRule = "AWS::Events::Rule";
constexpr std::string_view kRestApi = "AWS::ApiGateway::RestApi";
constexpr std::string_view kWebApi = "AWS::ApiGatewayV2::Api";

constexpr std::string_view kSyncRule =
    "events:rule/StepFunctionsGetEventsForStepFunctionsExecutionRule";

constexpr Access kCalls[] = {{"Write", "lambda: InvokeAsync InvokeFunction", "D"}};
constexpr Access kPermits[] = {{"Write", "lambda: InvokeFunction", ""}};
constexpr Access kPublishes[] = {{"Write", "sns: Publish", "D"}};
constexpr Access kSends[] = {{"Write", "sqs: SendMessage", "D"}};
constexpr Access kPutsEvents[] = {{"Write", "events: PutEvents", "D"}};
constexpr Access kStarts[] = {{"Write", "states: StartExecution", "D"}};
constexpr Access kReadsStream[] = {
    {"Read", "dynamodb: DescribeStream GetRecords GetShardIterator ListStreams", "S/stream/*"}};
constexpr Access kOfTable[] = {
    {"Read", "dynamodb: GetItem Query Scan BatchGetItem ConditionCheckItem PartiQLSelect",
     "D D/index/*"},
    {"Write",
     "dynamodb: PutItem UpdateItem DeleteItem BatchWriteItem PartiQLDelete PartiQLInsert "
     "PartiQLUpdate",
     "D D/index/*"}};
constexpr Access kOfBucket[] = {
    {"Read",
     "s3: GetObject GetObjectAcl GetObjectLegalHold GetObjectRetention GetObjectTorrent "
     "GetObjectVersion GetObjectVersionAcl GetObjectVersionForReplication GetObjectVersionTorrent "
     "ListBucket ListBucketMultipartUploads ListBucketVersions ListMultipartUploadParts",
     "D D/*"},
    {"Write",
     "s3: AbortMultipartUpload DeleteObject DeleteObjectVersion PutObject PutObjectLegalHold "
     "PutObjectRetention RestoreObject",
     "D D/*"}};
constexpr Access kOfQueue[] = {
    {"Read", "sqs: ReceiveMessage GetQueueAttributes", "D"},
    {"Write", "sqs: DeleteMessage SendMessage ChangeMessageVisibility PurgeQueue", "D"}};
constexpr Access kPolled[] = {{"Write", "sqs: DeleteMessage", "S"},
                              {"Read", "sqs: ReceiveMessage GetQueueAttributes", "S"}};
constexpr Access kOfMachine[] = {
    {"Write", "states: StartExecution StartSyncExecution", "D"},
    {"Write", "states: StopExecution", "states:execution:N:*"},
    {"Read", "states: DescribeStateMachine ListExecutions", "D"},
    {"Read", "states: DescribeExecution DescribeStateMachineForExecution GetExecutionHistory",
     "states:execution:N:*"}};
constexpr Access kNested[] = {{"Read", "states: DescribeExecution", "states:execution:N:*"},
                              {"Read", "events: DescribeRule", kSyncRule},
                              {"Write", "states: StartExecution", "D"},
                              {"Write", "states: StopExecution", "states:execution:N:*"},
                              {"Write", "events: PutTargets PutRule", kSyncRule}};

constexpr auto kSourceRole = ProfileKind::kSourceRole;
constexpr auto kDestinationRole = ProfileKind::kDestinationRole;
constexpr auto kPermission = ProfileKind::kPermission;

constexpr Profile kProfiles[] = {
    {kRestApi, kFunctionType, kPermission, kPermits, "apigateway.amazonaws.com"},
    {kWebApi, kFunctionType, kPermission, kPermits, "apigateway.amazonaws.com"},
    {.source = kTable,
     .destination = kFunctionType,
     .kind = kDestinationRole,
     .access = kReadsStream,
     .before_mapping = true},
    {kRule, kBus, kSourceRole, kPutsEvents},
    {kRule, kFunctionType, kPermission, kPermits, "events.amazonaws.com"},
    {kRule, kTopic, ProfileKind::kTopicPolicy, kPublishes, "events.amazonaws.com"},
    {kRule, kQueue, ProfileKind::kQueuePolicy, kSends, "events.amazonaws.com"},
    {kRule, kMachine, kSourceRole, kStarts},
    {kFunctionType, kTable, kSourceRole, kOfTable},
    {kFunctionType, kBus, kSourceRole, kPutsEvents},
    {kFunctionType, kFunctionType, kSourceRole, kCalls},
    {kFunctionType, kBucket, kSourceRole, kOfBucket},
    {kFunctionType, kTopic, kSourceRole, kPublishes},
    {kFunctionType, kQueue, kSourceRole, kOfQueue},
    {kFunctionType, kMachine, kSourceRole, kOfMachine},
    {kBucket, kFunctionType, kPermission, kPermits, "s3.amazonaws.com"},
    {kTopic, kFunctionType, kPermission, kPermits, "sns.amazonaws.com"},
    {kTopic, kQueue, ProfileKind::kQueuePolicy, kSends, "sns.amazonaws.com"},
    {.source = kQueue,
     .destination = kFunctionType,
     .kind = kDestinationRole,
     .access = kPolled,
     .combinations = "Read+Write",
     .before_mapping = true},
    {kMachine, kTable, kSourceRole, kOfTable},
    {kMachine, kBus, kSourceRole, kPutsEvents},
    {kMachine, kFunctionType, kSourceRole, kCalls},
    {kMachine, kBucket, kSourceRole, kOfBucket},
    {kMachine, kTopic, kSourceRole, kPublishes},
    {kMachine, kQueue, kSourceRole, kSends},
    {.source = kMachine,
     .destination = kMachine,
     .kind = kSourceRole,
     .access = kNested,
     .combinations = "Read Read+Write",
     .before_source = true},
};

}  // namespace

const Profile* FindProfile(std::string_view source, std::string_view destination) {
  const auto found = std::find_if(
      std::begin(kProfiles), std::end(kProfiles),
      [&](const Profile& one) { return one.source == source && one.destination == destination; });
  return found == std::end(kProfiles) ? nullptr : found;
}

}  // namespace trunkline::cloud::cloudformation::serverless
