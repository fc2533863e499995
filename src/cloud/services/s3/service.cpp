// S3: buckets and objects. Bodies are files; records say where.
#include "cloud/services.h"
#include "cloud/services/s3/families.h"
#include "cloud/services/s3/prepare.h"

namespace trunkline::cloud {
namespace {

constexpr const Family* kFamilies[] = {
    &s3::kAclOperations,
    &s3::kBucketOperations,
    &s3::kConfigurationOperations,
    &s3::kCopyOperations,
    &s3::kDeleteOperations,
    &s3::kDocumentOperations,
    &s3::kGetOperations,
    &s3::kListOperations,
    &s3::kListVersionOperations,
    &s3::kLockOperations,
    &s3::kMultipartCompleteOperations,
    &s3::kMultipartListOperations,
    &s3::kMultipartOperations,
    &s3::kPutOperations,
    &s3::kTaggingOperations,
    &s3::kVersioningOperations,
};

}  // namespace

constinit const Service kS3Service{
    .model = "s3", .families = kFamilies, .prepare = s3::Prepare, .target = s3::PathStyleTarget};

}  // namespace trunkline::cloud
