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
    {"CopyObject", "s3:GetObject", "arn:aws:s3:::{CopySource}"},
    {"CreateMultipartUpload", "s3:PutObject", TL_OBJECT},
    {"DeleteBucketCors", "s3:PutBucketCORS", TL_BUCKET},
    {"DeleteBucketEncryption", "s3:PutEncryptionConfiguration", TL_BUCKET},
    {"DeleteBucketLifecycle", "s3:PutLifecycleConfiguration", TL_BUCKET},
    {"DeleteBucketOwnershipControls", "s3:PutBucketOwnershipControls", TL_BUCKET},
    {"DeleteBucketReplication", "s3:PutReplicationConfiguration", TL_BUCKET},
    {"DeleteBucketTagging", "s3:PutBucketTagging", TL_BUCKET},
    {"DeleteObject", "", TL_OBJECT},
    {"DeleteObjects", "s3:DeleteObject", "arn:aws:s3:::{Bucket}/*"},
    {"DeletePublicAccessBlock", "s3:PutBucketPublicAccessBlock", TL_BUCKET},
    {"GetBucketAccelerateConfiguration", "s3:GetAccelerateConfiguration", TL_BUCKET},
    {"GetBucketCors", "s3:GetBucketCORS", TL_BUCKET},
    {"GetBucketEncryption", "s3:GetEncryptionConfiguration", TL_BUCKET},
    {"GetBucketLifecycleConfiguration", "s3:GetLifecycleConfiguration", TL_BUCKET},
    {"GetBucketNotificationConfiguration", "s3:GetBucketNotification", TL_BUCKET},
    {"GetBucketReplication", "s3:GetReplicationConfiguration", TL_BUCKET},
    {"GetObjectLockConfiguration", "s3:GetBucketObjectLockConfiguration", TL_BUCKET},
    {"GetPublicAccessBlock", "s3:GetBucketPublicAccessBlock", TL_BUCKET},
    {"HeadBucket", "s3:ListBucket", TL_BUCKET},
    {"HeadObject", "s3:GetObject", TL_OBJECT},
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
    {"PutObjectLockConfiguration", "s3:PutBucketObjectLockConfiguration", TL_BUCKET},
    {"PutPublicAccessBlock", "s3:PutBucketPublicAccessBlock", TL_BUCKET},
    {"UploadPart", "s3:PutObject", TL_OBJECT},
    {"UploadPartCopy", "s3:PutObject", TL_OBJECT},
    {"UploadPartCopy", "s3:GetObject", "arn:aws:s3:::{CopySource}"},
    {"*", "", TL_OBJECT "|" TL_BUCKET},
};
#undef TL_BUCKET
#undef TL_OBJECT

#define TL_SSM "arn:aws:ssm:{region}:{account}:parameter/"
constexpr ActionRow kSsm[] = {
    {"DescribeParameters", "", "arn:aws:ssm:{region}:{account}:*"},
    {"GetParametersByPath", "", TL_SSM "{Path}"},
    {"*TagsForResource", "", TL_SSM "{ResourceId}"},
    {"AddTagsToResource", "", TL_SSM "{ResourceId}"},
    {"RemoveTagsFromResource", "", TL_SSM "{ResourceId}"},
    {"*", "", TL_SSM "{Name}|" TL_SSM "{Names}"},
};
#undef TL_SSM

constexpr ActionRow kKms[] = {
    {"CreateKey", "", "*"},
    {"GenerateRandom", "", "*"},
    {"ListAliases", "", "*"},
    {"ListKeys", "", "*"},
    {"ReEncrypt", "kms:ReEncryptFrom",
     "arn:aws:kms:{region}:{account}:key/{SourceKeyId}|arn:aws:kms:{region}:{account}:key/"
     "{DestinationKeyId}"},
    {"ReEncrypt", "kms:ReEncryptTo", "arn:aws:kms:{region}:{account}:key/{DestinationKeyId}"},
    {"CreateAlias", "", "arn:aws:kms:{region}:{account}:{AliasName}"},
    {"DeleteAlias", "", "arn:aws:kms:{region}:{account}:{AliasName}"},
    {"UpdateAlias", "", "arn:aws:kms:{region}:{account}:{AliasName}"},
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
    {"*", "", TL_GROUP ":*|{resourceArn}"},
};
#undef TL_GROUP

constexpr ActionRow kSns[] = {
    {"CreateTopic", "", "arn:aws:sns:{region}:{account}:{Name}"},
    {"ListSubscriptions", "", "*"},
    {"ListTopics", "", "*"},
    {"PublishBatch", "sns:Publish", "{TopicArn}"},
    {"*", "", "{TopicArn}|{TargetArn}|{SubscriptionArn}|{ResourceArn}"},
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

constexpr ServiceActions kServices[] = {
    {"kms", kKms}, {"logs", kLogs}, {"s3", kS3},   {"secretsmanager", kSecrets},
    {"sns", kSns}, {"sqs", kSqs},   {"ssm", kSsm},
};

}  // namespace

constinit const std::span<const ServiceActions> kDataActions = kServices;

}  // namespace trunkline::cloud::access
