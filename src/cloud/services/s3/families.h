// The operation tables of S3, one per file.
#pragma once

#include "cloud/operation.h"

namespace trunkline::cloud::s3 {

extern constinit const Family kAclOperations;
extern constinit const Family kBucketOperations;
extern constinit const Family kConfigurationOperations;
extern constinit const Family kCopyOperations;
extern constinit const Family kDeleteOperations;
extern constinit const Family kDocumentOperations;
extern constinit const Family kGetOperations;
extern constinit const Family kListOperations;
extern constinit const Family kListVersionOperations;
extern constinit const Family kLockOperations;
extern constinit const Family kMultipartOperations;
extern constinit const Family kMultipartCompleteOperations;
extern constinit const Family kMultipartListOperations;
extern constinit const Family kPutOperations;
extern constinit const Family kTaggingOperations;
extern constinit const Family kVersioningOperations;

}  // namespace trunkline::cloud::s3
