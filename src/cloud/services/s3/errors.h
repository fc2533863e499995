// Errors of S3: its model names a few, the service has many. Each code has a status of its own.
#pragma once

#include <string_view>

#include "cloud/operation.h"

namespace trunkline::cloud::s3 {

// The codes with their usual texts; `members` go into the error's XML ("BucketName", "Key", ...).
enum class Fault {
  kAccessControlListNotSupported,
  kAccessDenied,
  kBadDigest,
  kBucketAlreadyExists,
  kBucketAlreadyOwnedByYou,
  kBucketNotEmpty,
  kConditionalRequestConflict,
  kEntityTooLarge,
  kEntityTooSmall,
  kIllegalLocationConstraint,
  kIllegalVersioningConfiguration,
  kIncompleteBody,
  kInvalidArgument,
  kInvalidBucketName,
  kInvalidBucketState,
  kInvalidDigest,
  kInvalidLocationConstraint,
  kInvalidObjectState,
  kInvalidPart,
  kInvalidPartNumber,
  kInvalidPartOrder,
  kInvalidRange,
  kInvalidRequest,
  kInvalidTag,
  kInvalidUri,
  kKeyTooLong,
  kMalformedPolicy,
  kMalformedXml,
  kMetadataTooLarge,
  kMethodNotAllowed,
  kNoSuchBucket,
  kNoSuchBucketPolicy,
  kNoSuchConfiguration,
  kNoSuchCorsConfiguration,
  kNoSuchKey,
  kNoSuchLifecycleConfiguration,
  kNoSuchObjectLockConfiguration,
  kNoSuchPublicAccessBlockConfiguration,
  kNoSuchTagSet,
  kNoSuchUpload,
  kNoSuchVersion,
  kNoSuchWebsiteConfiguration,
  kNotImplemented,
  kNotModified,
  kObjectLockConfigurationNotFound,
  kOwnershipControlsNotFound,
  kPreconditionFailed,
  kReplicationConfigurationNotFound,
  kTooManyBuckets,
  kXAmzContentSha256Mismatch,
};

ServiceError S3Error(Fault fault, json::Object members = {});
// With a text that says more than the usual one.
ServiceError S3Error(Fault fault, std::string_view text, json::Object members = {});

}  // namespace trunkline::cloud::s3
