// AWS::S3::BucketPolicy.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties = Properties<"Bucket*^ PolicyDocument*">();

constexpr Name kNames[] = {
    {"PolicyDocument", "Policy"},
};

constexpr Mapping kMapping{
    .type = "AWS::S3::BucketPolicy",
    .properties = kProperties,
    .service = "s3",
    .create = "PutBucketPolicy",
    .describe = "GetBucketPolicy",
    .update = "PutBucketPolicy",
    .remove = "DeleteBucketPolicy",
    .id = "Bucket",
    .names = kNames,
};

}  // namespace

constinit const ResourceType kS3BucketPolicyType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
