// Stores, keys, queues, logs.
#include "cloud/access/tables.h"

namespace trunkline::cloud::access {
namespace {

#define TL_BUCKET "arn:aws:s3:::{Bucket}"
#define TL_OBJECT "arn:aws:s3:::{Bucket}/{Key}"

constexpr ActionRow kS3[] = {
    {"AbortMultipartUpload", "", TL_OBJECT},
    {"CompleteMultipartUpload", "s3:PutObject", TL_OBJECT},
    {"CopyObject", "s3:PutObject", TL_OBJECT},
    {"CopyObject", "s3:GetObject", "arn:aws:s3:::{CopiedObject}", "CopiedObject"},
    {"CopyObject", "s3:GetObjectVersion", "arn:aws:s3:::{CopiedVersion}", "CopiedVersion"},
    {"CopyObject", "s3:PutObjectTagging", TL_OBJECT, "Tagging"},
    {"CreateMultipartUpload", "s3:PutObject", TL_OBJECT},
    {"DeleteBucketCors", "s3:PutBucketCORS", TL_BUCKET},
    {"DeleteBucketEncryption", "s3:PutEncryptionConfiguration", TL_BUCKET},
    {"DeleteBucketLifecycle", "s3:PutLifecycleConfiguration", TL_BUCKET},
    {"DeleteBucketOwnershipControls", "s3:PutBucketOwnershipControls", TL_BUCKET},
    {"DeleteBucketReplication", "s3:PutReplicationConfiguration", TL_BUCKET},
    {"DeleteBucketTagging", "s3:PutBucketTagging", TL_BUCKET},
    {"DeleteObject", "", TL_OBJECT, "!VersionId"},
    {"DeleteObject", "s3:DeleteObjectVersion", TL_OBJECT, "VersionId"},
    {"DeleteObjectTagging", "", TL_OBJECT, "!VersionId"},
    {"DeleteObjectTagging", "s3:DeleteObjectVersionTagging", TL_OBJECT, "VersionId"},
    {"DeleteObjects", "s3:DeleteObject", "arn:aws:s3:::{DeletedObjects}", "DeletedObjects"},
    {"DeleteObjects", "s3:DeleteObjectVersion", "arn:aws:s3:::{DeletedVersions}",
     "DeletedVersions"},
    {"DeletePublicAccessBlock", "s3:PutBucketPublicAccessBlock", TL_BUCKET},
    {"GetBucketAccelerateConfiguration", "s3:GetAccelerateConfiguration", TL_BUCKET},
    {"GetBucketCors", "s3:GetBucketCORS", TL_BUCKET},
    {"GetBucketEncryption", "s3:GetEncryptionConfiguration", TL_BUCKET},
    {"GetBucketLifecycleConfiguration", "s3:GetLifecycleConfiguration", TL_BUCKET},
    {"GetBucketNotificationConfiguration", "s3:GetBucketNotification", TL_BUCKET},
    {"GetBucketReplication", "s3:GetReplicationConfiguration", TL_BUCKET},
    {"GetObject", "", TL_OBJECT, "!VersionId"},
    {"GetObject", "s3:GetObjectVersion", TL_OBJECT, "VersionId"},
    {"GetObjectAcl", "", TL_OBJECT, "!VersionId"},
    {"GetObjectAcl", "s3:GetObjectVersionAcl", TL_OBJECT, "VersionId"},
    {"GetObjectAttributes", "s3:GetObject", TL_OBJECT, "!VersionId"},
    {"GetObjectAttributes", "s3:GetObjectAttributes", TL_OBJECT, "!VersionId"},
    {"GetObjectAttributes", "s3:GetObjectVersion", TL_OBJECT, "VersionId"},
    {"GetObjectAttributes", "s3:GetObjectVersionAttributes", TL_OBJECT, "VersionId"},
    {"GetObjectLockConfiguration", "s3:GetBucketObjectLockConfiguration", TL_BUCKET},
    {"GetObjectTagging", "", TL_OBJECT, "!VersionId"},
    {"GetObjectTagging", "s3:GetObjectVersionTagging", TL_OBJECT, "VersionId"},
    {"GetPublicAccessBlock", "s3:GetBucketPublicAccessBlock", TL_BUCKET},
    {"HeadBucket", "s3:ListBucket", TL_BUCKET},
    {"HeadObject", "s3:GetObject", TL_OBJECT, "!VersionId"},
    {"HeadObject", "s3:GetObjectVersion", TL_OBJECT, "VersionId"},
    {"ListBuckets", "s3:ListAllMyBuckets", "*"},
    {"ListMultipartUploads", "s3:ListBucketMultipartUploads", TL_BUCKET},
    {"ListObjectVersions", "s3:ListBucketVersions", TL_BUCKET},
    {"ListObjects*", "s3:ListBucket", TL_BUCKET},
    {"ListParts", "s3:ListMultipartUploadParts", TL_OBJECT},
    {"PutBucketAccelerateConfiguration", "s3:PutAccelerateConfiguration", TL_BUCKET},
    {"PutBucketCors", "s3:PutBucketCORS", TL_BUCKET},
    {"PutBucketEncryption", "s3:PutEncryptionConfiguration", TL_BUCKET},
    {"PutBucketLifecycleConfiguration", "s3:PutLifecycleConfiguration", TL_BUCKET},
    {"PutBucketNotificationConfiguration", "s3:PutBucketNotification", TL_BUCKET},
    {"PutBucketReplication", "s3:PutReplicationConfiguration", TL_BUCKET},
    {"PutObject", "", TL_OBJECT},
    {"PutObject", "s3:PutObjectAcl", TL_OBJECT, "ACL"},
    {"PutObject", "s3:PutObjectLegalHold", TL_OBJECT, "ObjectLockLegalHoldStatus"},
    {"PutObject", "s3:PutObjectRetention", TL_OBJECT, "ObjectLockMode"},
    {"PutObject", "s3:PutObjectTagging", TL_OBJECT, "Tagging"},
    {"PutObjectAcl", "", TL_OBJECT, "!VersionId"},
    {"PutObjectAcl", "s3:PutObjectVersionAcl", TL_OBJECT, "VersionId"},
    {"PutObjectLockConfiguration", "s3:PutBucketObjectLockConfiguration", TL_BUCKET},
    {"PutObjectTagging", "", TL_OBJECT, "!VersionId"},
    {"PutObjectTagging", "s3:PutObjectVersionTagging", TL_OBJECT, "VersionId"},
    {"PutPublicAccessBlock", "s3:PutBucketPublicAccessBlock", TL_BUCKET},
    {"UploadPart", "s3:PutObject", TL_OBJECT},
    {"UploadPartCopy", "s3:PutObject", TL_OBJECT},
    {"UploadPartCopy", "s3:GetObject", "arn:aws:s3:::{CopiedObject}", "CopiedObject"},
    {"UploadPartCopy", "s3:GetObjectVersion", "arn:aws:s3:::{CopiedVersion}", "CopiedVersion"},
    {"*", "", TL_OBJECT "|" TL_BUCKET},
};
#undef TL_BUCKET
#undef TL_OBJECT

constexpr ActionRow kSsm[] = {
    {"DescribeParameters", "", "arn:aws:ssm:{region}:{account}:*"},
    {"*", "", "arn:aws:ssm:{region}:{account}:parameter/{Parameters}"},
};

constexpr ActionRow kKms[] = {
    {"CreateKey", "", "*"},
    {"GenerateRandom", "", "*"},
    {"ListAliases", "", "*"},
    {"ListKeys", "", "*"},
    {"ListRetirableGrants", "", "*"},
    {"ReEncrypt", "kms:ReEncryptFrom",
     "arn:aws:kms:{region}:{account}:key/{SourceKeyId}|arn:aws:kms:{region}:{account}:key/"
     "{DestinationKeyId}"},
    {"ReEncrypt", "kms:ReEncryptTo", "arn:aws:kms:{region}:{account}:key/{DestinationKeyId}"},
    {"CreateAlias", "", "arn:aws:kms:{region}:{account}:{AliasName}"},
    {"CreateAlias", "", "arn:aws:kms:{region}:{account}:key/{TargetKeyId}"},
    {"DeleteAlias", "", "arn:aws:kms:{region}:{account}:{AliasName}"},
    {"DeleteAlias", "", "arn:aws:kms:{region}:{account}:key/{AliasName}"},
    {"UpdateAlias", "", "arn:aws:kms:{region}:{account}:{AliasName}"},
    {"UpdateAlias", "", "arn:aws:kms:{region}:{account}:key/{TargetKeyId}"},
    {"*", "", "arn:aws:kms:{region}:{account}:key/{KeyId}"},
};

constexpr ActionRow kSecrets[] = {
    {"BatchGetSecretValue", "", "*"},
    {"CreateSecret", "", "arn:aws:secretsmanager:{region}:{account}:secret:{Name}"},
    {"GetRandomPassword", "", "*"},
    {"ListSecrets", "", "*"},
    {"*", "", "arn:aws:secretsmanager:{region}:{account}:secret:{SecretId}"},
};

#define TL_GROUP "arn:aws:logs:{region}:{account}:log-group:{logGroupName}"
constexpr ActionRow kLogs[] = {
    {"CreateLogStream", "", TL_GROUP ":log-stream:{logStreamName}"},
    {"DeleteLogStream", "", TL_GROUP ":log-stream:{logStreamName}"},
    {"GetLogEvents", "", TL_GROUP ":log-stream:{logStreamName}"},
    {"PutLogEvents", "", TL_GROUP ":log-stream:{logStreamName}"},
    {"DescribeLogGroups", "",
     "arn:aws:logs:{region}:{account}:log-group:{logGroupNamePrefix}*|"
     "arn:aws:logs:{region}:{account}:log-group:*"},
    {"*", "", TL_GROUP ":*|{logGroupIdentifier}|{resourceArn}"},
};
#undef TL_GROUP

constexpr ActionRow kSns[] = {
    {"CreateTopic", "", "arn:aws:sns:{region}:{account}:{Name}"},
    {"GetSMSAttributes", "", "*"},
    {"ListSubscriptions", "", "*"},
    {"ListTopics", "", "*"},
    {"PublishBatch", "sns:Publish", "{TopicArn}"},
    {"SetSMSAttributes", "", "*"},
    {"*", "", "{TopicArn}|{TargetArn}|{Topic}|{ResourceArn}"},
};

constexpr ActionRow kSqs[] = {
    {"ChangeMessageVisibilityBatch", "sqs:ChangeMessageVisibility", "{QueueArn}"},
    {"CreateQueue", "", "arn:aws:sqs:{region}:{account}:{QueueName}"},
    {"DeleteMessageBatch", "sqs:DeleteMessage", "{QueueArn}"},
    {"GetQueueUrl", "", "arn:aws:sqs:{region}:{account}:{QueueName}"},
    {"ListQueues", "", "*"},
    {"SendMessageBatch", "sqs:SendMessage", "{QueueArn}"},
    {"*", "", "{QueueArn}"},
};

#define TL_TABLE "arn:aws:dynamodb:{region}:{account}:table/{Tables}"
constexpr ActionRow kDynamoDb[] = {
    {"CreateTable", "", TL_TABLE},
    {"DescribeEndpoints", "", "*"},
    {"DescribeLimits", "", "*"},
    {"ListTables", "", "arn:aws:dynamodb:{region}:{account}:table/*"},
    {"TransactGetItems", "dynamodb:GetItem", TL_TABLE},
    {"TransactWriteItems", "dynamodb:ConditionCheckItem",
     "arn:aws:dynamodb:{region}:{account}:table/{TransactItems.ConditionCheck.TableName}",
     "Checks"},
    {"TransactWriteItems", "dynamodb:DeleteItem",
     "arn:aws:dynamodb:{region}:{account}:table/{TransactItems.Delete.TableName}", "Deletes"},
    {"TransactWriteItems", "dynamodb:PutItem",
     "arn:aws:dynamodb:{region}:{account}:table/{TransactItems.Put.TableName}", "Puts"},
    {"TransactWriteItems", "dynamodb:UpdateItem",
     "arn:aws:dynamodb:{region}:{account}:table/{TransactItems.Update.TableName}", "Updates"},
    {"*", "", TL_TABLE "/index/{IndexName}|" TL_TABLE "|{ResourceArn}"},
};
#undef TL_TABLE

constexpr ActionRow kDynamoDbStreams[] = {
    {"ListStreams", "", "arn:aws:dynamodb:{region}:{account}:table/{TableName}/stream/*|*"},
    {"*", "", "{StreamArn}|{Stream}"},
};

constexpr ServiceActions kServices[] = {
    {"dynamodb", kDynamoDb},
    {"dynamodbstreams", kDynamoDbStreams},
    {"kms", kKms},
    {"logs", kLogs},
    {"s3", kS3},
    {"secretsmanager", kSecrets},
    {"sns", kSns},
    {"sqs", kSqs},
    {"ssm", kSsm},
};

}  // namespace

constinit const std::span<const ServiceActions> kDataActions = kServices;

}  // namespace trunkline::cloud::access
