// The policy templates by name, F to Z (AWS SAM developer guide).
#include "cloud/services/cloudformation/serverless/policy_templates.h"

namespace trunkline::cloud::cloudformation::serverless {
namespace {

constexpr PolicyTemplate kRows[] = {
    {"FilterLogEventsPolicy", "LogGroupName", "logs: FilterLogEvents",
     "logs:log-group:${logGroupName}:log-stream:*"},
    {"FirehoseCrudPolicy", "DeliveryStreamName",
     "firehose: CreateDeliveryStream DeleteDeliveryStream DescribeDeliveryStream "
     "PutRecord PutRecordBatch UpdateDestination",
     "firehose:deliverystream/${deliveryStreamName}"},
    {"FirehoseWritePolicy", "DeliveryStreamName", "firehose: PutRecord PutRecordBatch",
     "firehose:deliverystream/${deliveryStreamName}"},
    {"KMSDecryptPolicy", "KeyId", "!kms: Decrypt", "kms:key/${keyId}"},
    {"KMSEncryptPolicy", "KeyId", "!kms: Encrypt", "kms:key/${keyId}"},
    {"KMSEncryptPolicy_v2", "KeyId",
     "kms: Encrypt GenerateDataKey GenerateDataKeyWithoutPlaintext "
     "GenerateDataKeyPair GenerateDataKeyPairWithoutPlaintext",
     "kms:key/${keyId}"},
    {"KinesisCrudPolicy", "StreamName",
     "kinesis: AddTagsToStream CreateStream DecreaseStreamRetentionPeriod "
     "DeleteStream DescribeStream DescribeStreamSummary GetShardIterator "
     "IncreaseStreamRetentionPeriod ListTagsForStream MergeShards PutRecord "
     "PutRecords SplitShard RemoveTagsFromStream",
     "kinesis:stream/${streamName}"},
    {"KinesisStreamReadPolicy", "StreamName", "kinesis: ListStreams DescribeLimits",
     "kinesis:stream/*"},
    {"KinesisStreamReadPolicy", "StreamName",
     "kinesis: DescribeStream DescribeStreamSummary GetRecords GetShardIterator",
     "kinesis:stream/${streamName}"},
    {"LambdaInvokePolicy", "FunctionName", "lambda: InvokeFunction",
     "lambda:function:${functionName}*"},
    {"MobileAnalyticsWriteOnlyAccessPolicy", "", "mobileanalytics: PutEvents", "*"},
    {"OrganizationsListAccountsPolicy", "", "organizations: ListAccounts", "*"},
    {"PinpointEndpointAccessPolicy", "PinpointApplicationId",
     "mobiletargeting: GetEndpoint UpdateEndpoint UpdateEndpointsBatch",
     "mobiletargeting:apps/${pinpointApplicationId}/endpoints/*"},
    {"PollyFullAccessPolicy", "LexiconName", "polly: GetLexicon DeleteLexicon",
     "[polly:lexicon/${lexiconName}"},
    {"PollyFullAccessPolicy", "LexiconName",
     "polly: DescribeVoices ListLexicons PutLexicon SynthesizeSpeech", "[polly:lexicon/*"},
    {"RekognitionDetectOnlyPolicy", "",
     "rekognition: DetectFaces DetectLabels DetectModerationLabels DetectText", "*"},
    {"RekognitionFacesManagementPolicy", "CollectionId",
     "rekognition: IndexFaces DeleteFaces SearchFaces SearchFacesByImage ListFaces",
     "rekognition:collection/${collectionId}"},
    {"RekognitionFacesPolicy", "", "rekognition: CompareFaces DetectFaces", "*"},
    {"RekognitionLabelsPolicy", "", "rekognition: DetectLabels DetectModerationLabels", "*"},
    {"RekognitionNoDataAccessPolicy", "CollectionId",
     "rekognition: CompareFaces DetectFaces DetectLabels DetectModerationLabels",
     "rekognition:collection/${collectionId}"},
    {"RekognitionReadPolicy", "CollectionId",
     "rekognition: ListCollections ListFaces SearchFaces SearchFacesByImage",
     "rekognition:collection/${collectionId}"},
    {"RekognitionWriteOnlyAccessPolicy", "CollectionId", "rekognition: CreateCollection IndexFaces",
     "rekognition:collection/${collectionId}"},
    {"Route53ChangeResourceRecordSetsPolicy", "HostedZoneId", "route53: ChangeResourceRecordSets",
     "=route53:::hostedzone/${HostedZoneId}"},
    {"S3CrudPolicy", "BucketName",
     "s3: GetObject ListBucket GetBucketLocation GetObjectVersion PutObject "
     "PutObjectAcl GetLifecycleConfiguration PutLifecycleConfiguration DeleteObject",
     "=s3:::${bucketName} =s3:::${bucketName}/*"},
    {"S3FullAccessPolicy", "BucketName",
     "s3: GetObject GetObjectAcl GetObjectVersion PutObject PutObjectAcl "
     "DeleteObject DeleteObjectTagging DeleteObjectVersionTagging GetObjectTagging "
     "GetObjectVersionTagging PutObjectTagging PutObjectVersionTagging",
     "[=s3:::${bucketName}/*"},
    {"S3FullAccessPolicy", "BucketName",
     "s3: ListBucket GetBucketLocation GetLifecycleConfiguration "
     "PutLifecycleConfiguration",
     "[=s3:::${bucketName}"},
    {"S3ReadPolicy", "BucketName",
     "s3: GetObject ListBucket GetBucketLocation GetObjectVersion "
     "GetLifecycleConfiguration",
     "=s3:::${bucketName} =s3:::${bucketName}/*"},
    {"S3WritePolicy", "BucketName", "s3: PutObject PutObjectAcl PutLifecycleConfiguration",
     "=s3:::${bucketName} =s3:::${bucketName}/*"},
    {"SESBulkTemplatedCrudPolicy", "IdentityName",
     "ses: GetIdentityVerificationAttributes SendEmail SendRawEmail "
     "SendTemplatedEmail SendBulkTemplatedEmail VerifyEmailIdentity",
     "ses:identity/${identityName}"},
    {"SESBulkTemplatedCrudPolicy_v2", "IdentityName TemplateName",
     "ses: SendEmail SendRawEmail SendTemplatedEmail SendBulkTemplatedEmail",
     "ses:identity/${identityName} ses:template/${templateName}"},
    {"SESBulkTemplatedCrudPolicy_v2", "IdentityName TemplateName",
     "ses: GetIdentityVerificationAttributes VerifyEmailIdentity", "*"},
    {"SESCrudPolicy", "IdentityName",
     "ses: GetIdentityVerificationAttributes SendEmail SendRawEmail "
     "VerifyEmailIdentity",
     "ses:identity/${identityName}"},
    {"SESEmailTemplateCrudPolicy", "",
     "ses: CreateTemplate GetTemplate ListTemplates UpdateTemplate DeleteTemplate "
     "TestRenderTemplate",
     "*"},
    {"SESSendBouncePolicy", "IdentityName", "ses: SendBounce", "ses:identity/${identityName}"},
    {"SNSCrudPolicy", "TopicName",
     "sns: ListSubscriptionsByTopic CreateTopic SetTopicAttributes Subscribe Publish",
     "sns:${topicName}*"},
    {"SNSPublishMessagePolicy", "TopicName", "sns: Publish", "sns:${topicName}"},
    {"SQSPollerPolicy", "QueueName",
     "sqs: ChangeMessageVisibility ChangeMessageVisibilityBatch DeleteMessage "
     "DeleteMessageBatch GetQueueAttributes ReceiveMessage",
     "sqs:${queueName}"},
    {"SQSSendMessagePolicy", "QueueName", "sqs: SendMessage*", "sqs:${queueName}"},
    {"SSMParameterReadPolicy", "ParameterName", "ssm: DescribeParameters", "*"},
    {"SSMParameterReadPolicy", "ParameterName",
     "ssm: GetParameters GetParameter GetParametersByPath", "ssm:parameter/${parameterName}"},
    {"SSMParameterWithSlashPrefixReadPolicy", "ParameterName", "ssm: DescribeParameters", "*"},
    {"SSMParameterWithSlashPrefixReadPolicy", "ParameterName",
     "ssm: GetParameters GetParameter GetParametersByPath", "ssm:parameter${parameterName}"},
    {"SageMakerCreateEndpointConfigPolicy", "EndpointConfigName", "sagemaker: CreateEndpointConfig",
     "sagemaker:endpoint-config/${endpointConfigName}"},
    {"SageMakerCreateEndpointPolicy", "EndpointName", "sagemaker: CreateEndpoint",
     "sagemaker:endpoint/${endpointName}"},
    {"ServerlessRepoReadWriteAccessPolicy", "",
     "serverlessrepo: CreateApplication CreateApplicationVersion UpdateApplication "
     "GetApplication ListApplications ListApplicationVersions "
     "ListApplicationDependencies",
     "[serverlessrepo:applications/*"},
    {"StepFunctionsCallbackPolicy", "StateMachineName",
     "states: SendTaskFailure SendTaskHeartbeat SendTaskSuccess",
     "states:stateMachine:${stateMachineName}"},
    {"StepFunctionsExecutionPolicy", "StateMachineName", "states: StartExecution",
     "states:stateMachine:${stateMachineName}"},
    {"StepFunctionsExecutionPolicy_v2", "StateMachineName",
     "states: StartExecution StartSyncExecution", "states:stateMachine:${stateMachineName}"},
    {"TextractDetectAnalyzePolicy", "",
     "textract: DetectDocumentText StartDocumentTextDetection StartDocumentAnalysis "
     "AnalyzeDocument",
     "*"},
    {"TextractGetResultPolicy", "", "textract: GetDocumentTextDetection GetDocumentAnalysis", "*"},
    {"TextractPolicy", "", "textract: *", "*"},
    {"VPCAccessPolicy", "",
     "ec2: CreateNetworkInterface DeleteNetworkInterface DescribeNetworkInterfaces "
     "DetachNetworkInterface",
     "*"},
};

}  // namespace

extern constinit const std::span<const PolicyTemplate> kPolicyTemplatesFToZ = kRows;

}  // namespace trunkline::cloud::cloudformation::serverless
