// The policy templates by name, A to E (AWS SAM developer guide).
#include "cloud/services/cloudformation/serverless/policy_templates.h"

namespace trunkline::cloud::cloudformation::serverless {
namespace {

constexpr PolicyTemplate kRows[] = {
    {"AMIDescribePolicy", "", "ec2: DescribeImages", "*"},
    {"AWSSecretsManagerGetSecretValuePolicy", "SecretArn", "secretsmanager: GetSecretValue",
     "${secretArn}"},
    {"AWSSecretsManagerRotationPolicy", "FunctionName",
     "secretsmanager: DescribeSecret GetSecretValue PutSecretValue "
     "UpdateSecretVersionStage",
     "secretsmanager:secret:*",
     "secretsmanager:resource/AllowRotationLambdaArn lambda:function:${functionName}"},
    {"AWSSecretsManagerRotationPolicy", "FunctionName", "secretsmanager: GetRandomPassword", "*"},
    {"AcmGetCertificatePolicy", "CertificateArn", "acm: GetCertificate", "${certificateArn}"},
    {"AthenaQueryPolicy", "WorkGroupName",
     "athena: ListWorkGroups GetExecutionEngine GetExecutionEngines GetNamespace "
     "GetCatalogs GetNamespaces GetTables GetTable",
     "*"},
    {"AthenaQueryPolicy", "WorkGroupName",
     "athena: StartQueryExecution GetQueryResults DeleteNamedQuery GetNamedQuery "
     "ListQueryExecutions StopQueryExecution GetQueryResultsStream ListNamedQueries "
     "CreateNamedQuery GetQueryExecution BatchGetNamedQuery BatchGetQueryExecution "
     "GetWorkGroup",
     "athena:workgroup/${workgroupName}"},
    {"CloudFormationDescribeStacksPolicy", "", "cloudformation: DescribeStacks",
     "cloudformation:stack/*"},
    {"CloudWatchDashboardPolicy", "",
     "cloudwatch: GetDashboard ListDashboards PutDashboard ListMetrics", "*"},
    {"CloudWatchDescribeAlarmHistoryPolicy", "", "cloudwatch: DescribeAlarmHistory", "*"},
    {"CloudWatchPutMetricPolicy", "", "cloudwatch: PutMetricData", "*"},
    {"CodeCommitCrudPolicy", "RepositoryName",
     "codecommit: GitPull GitPush CreateBranch DeleteBranch GetBranch ListBranches "
     "MergeBranchesByFastForward MergeBranchesBySquash MergeBranchesByThreeWay "
     "UpdateDefaultBranch BatchDescribeMergeConflicts CreateUnreferencedMergeCommit "
     "DescribeMergeConflicts GetMergeCommit GetMergeOptions BatchGetPullRequests "
     "CreatePullRequest DescribePullRequestEvents GetCommentsForPullRequest "
     "GetCommitsFromMergeBase GetMergeConflicts GetPullRequest ListPullRequests "
     "MergePullRequestByFastForward MergePullRequestBySquash "
     "MergePullRequestByThreeWay PostCommentForPullRequest "
     "UpdatePullRequestDescription UpdatePullRequestStatus UpdatePullRequestTitle "
     "DeleteFile GetBlob GetFile GetFolder PutFile DeleteCommentContent GetComment "
     "GetCommentsForComparedCommit PostCommentForComparedCommit PostCommentReply "
     "UpdateComment BatchGetCommits CreateCommit GetCommit GetCommitHistory "
     "GetDifferences GetObjectIdentifier GetReferences GetTree GetRepository "
     "UpdateRepositoryDescription ListTagsForResource TagResource UntagResource "
     "GetRepositoryTriggers PutRepositoryTriggers TestRepositoryTriggers GetBranch "
     "GetCommit UploadArchive GetUploadArchiveStatus CancelUploadArchive",
     "codecommit:${repositoryName}"},
    {"CodeCommitReadPolicy", "RepositoryName",
     "codecommit: GitPull GetBranch ListBranches BatchDescribeMergeConflicts "
     "DescribeMergeConflicts GetMergeCommit GetMergeOptions BatchGetPullRequests "
     "DescribePullRequestEvents GetCommentsForPullRequest GetCommitsFromMergeBase "
     "GetMergeConflicts GetPullRequest ListPullRequests GetBlob GetFile GetFolder "
     "GetComment GetCommentsForComparedCommit BatchGetCommits GetCommit "
     "GetCommitHistory GetDifferences GetObjectIdentifier GetReferences GetTree "
     "GetRepository ListTagsForResource GetRepositoryTriggers TestRepositoryTriggers "
     "GetBranch GetCommit GetUploadArchiveStatus",
     "codecommit:${repositoryName}"},
    {"CodePipelineLambdaExecutionPolicy", "",
     "codepipeline: PutJobSuccessResult PutJobFailureResult", "*"},
    {"CodePipelineReadOnlyPolicy", "PipelineName", "codepipeline: ListPipelineExecutions",
     "codepipeline:${pipelinename}"},
    {"ComprehendBasicAccessPolicy", "",
     "comprehend: BatchDetectKeyPhrases DetectDominantLanguage DetectEntities "
     "BatchDetectEntities DetectKeyPhrases DetectSentiment "
     "BatchDetectDominantLanguage BatchDetectSentiment",
     "*"},
    {"CostExplorerReadOnlyPolicy", "",
     "ce: GetCostAndUsage GetDimensionValues GetReservationCoverage "
     "GetReservationPurchaseRecommendation GetReservationUtilization GetTags",
     "*"},
    {"DynamoDBBackupFullAccessPolicy", "TableName",
     "dynamodb: CreateBackup DescribeContinuousBackups", "dynamodb:table/${tableName}"},
    {"DynamoDBBackupFullAccessPolicy", "TableName",
     "dynamodb: DeleteBackup DescribeBackup ListBackups", "dynamodb:table/${tableName}/backup/*"},
    {"DynamoDBCrudPolicy", "TableName",
     "dynamodb: GetItem DeleteItem PutItem Scan Query UpdateItem BatchWriteItem "
     "BatchGetItem DescribeTable ConditionCheckItem",
     "dynamodb:table/${tableName} dynamodb:table/${tableName}/index/*"},
    {"DynamoDBReadPolicy", "TableName", "dynamodb: GetItem Scan Query BatchGetItem DescribeTable",
     "dynamodb:table/${tableName} dynamodb:table/${tableName}/index/*"},
    {"DynamoDBReconfigurePolicy", "TableName", "dynamodb: UpdateTable",
     "dynamodb:table/${tableName}"},
    {"DynamoDBRestoreFromBackupPolicy", "TableName", "dynamodb: RestoreTableFromBackup",
     "dynamodb:table/${tableName}/backup/*"},
    {"DynamoDBRestoreFromBackupPolicy", "TableName",
     "dynamodb: PutItem UpdateItem DeleteItem GetItem Query Scan BatchWriteItem",
     "dynamodb:table/${tableName}"},
    {"DynamoDBStreamReadPolicy", "StreamName TableName",
     "dynamodb: DescribeStream GetRecords GetShardIterator",
     "dynamodb:table/${tableName}/stream/${streamName}"},
    {"DynamoDBStreamReadPolicy", "StreamName TableName", "dynamodb: ListStreams",
     "dynamodb:table/${tableName}/stream/*"},
    {"DynamoDBWritePolicy", "TableName", "dynamodb: PutItem UpdateItem BatchWriteItem",
     "dynamodb:table/${tableName} dynamodb:table/${tableName}/index/*"},
    {"EC2CopyImagePolicy", "ImageId", "ec2: CopyImage", "ec2:image/${imageId}"},
    {"EC2DescribePolicy", "", "ec2: DescribeRegions DescribeInstances", "*"},
    {"EFSWriteAccessPolicy", "AccessPoint FileSystem", "elasticfilesystem: ClientMount ClientWrite",
     "elasticfilesystem:file-system/${FileSystem}",
     "elasticfilesystem:AccessPointArn elasticfilesystem:access-point/${AccessPoint}"},
    {"EKSDescribePolicy", "", "eks: DescribeCluster ListClusters", "*"},
    {"EcsRunTaskPolicy", "TaskDefinition", "ecs: RunTask", "ecs:task-definition/${taskDefinition}"},
    {"ElasticMapReduceAddJobFlowStepsPolicy", "ClusterId", "!elasticmapreduce: AddJobFlowSteps",
     "elasticmapreduce:cluster/${clusterId}"},
    {"ElasticMapReduceCancelStepsPolicy", "ClusterId", "!elasticmapreduce: CancelSteps",
     "elasticmapreduce:cluster/${clusterId}"},
    {"ElasticMapReduceModifyInstanceFleetPolicy", "ClusterId",
     "elasticmapreduce: ModifyInstanceFleet ListInstanceFleets",
     "elasticmapreduce:cluster/${clusterId}"},
    {"ElasticMapReduceModifyInstanceGroupsPolicy", "ClusterId",
     "elasticmapreduce: ModifyInstanceGroups ListInstanceGroups",
     "elasticmapreduce:cluster/${clusterId}"},
    {"ElasticMapReduceSetTerminationProtectionPolicy", "ClusterId",
     "!elasticmapreduce: SetTerminationProtection", "elasticmapreduce:cluster/${clusterId}"},
    {"ElasticMapReduceTerminateJobFlowsPolicy", "ClusterId", "!elasticmapreduce: TerminateJobFlows",
     "elasticmapreduce:cluster/${clusterId}"},
    {"ElasticsearchHttpPostPolicy", "DomainName", "es: ESHttpPost ESHttpPut",
     "es:domain/${domainName}/*"},
    {"EventBridgePutEventsPolicy", "EventBusName", "!events: PutEvents",
     "events:event-bus/${eventBusName}"},
};

}  // namespace

extern constinit const std::span<const PolicyTemplate> kPolicyTemplatesAToE = kRows;

}  // namespace trunkline::cloud::cloudformation::serverless
