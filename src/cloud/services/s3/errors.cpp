#include "cloud/services/s3/errors.h"

#include <iterator>

namespace trunkline::cloud::s3 {
namespace {

struct Row {
  Fault fault;
  std::string_view code;
  int status;
  std::string_view text;
};

// In the order of Fault.
constexpr Row kRows[] = {
    {Fault::kAccessControlListNotSupported, "AccessControlListNotSupported", 400,
     "The bucket does not allow ACLs"},
    {Fault::kAccessDenied, "AccessDenied", 403, "Access Denied"},
    {Fault::kBadDigest, "BadDigest", 400,
     "The Content-MD5 or checksum value that you specified did not match what the server "
     "received."},
    {Fault::kBucketAlreadyExists, "BucketAlreadyExists", 409,
     "The requested bucket name is not available. The bucket namespace is shared by all users of "
     "the system. Please select a different name and try again."},
    {Fault::kBucketAlreadyOwnedByYou, "BucketAlreadyOwnedByYou", 409,
     "Your previous request to create the named bucket succeeded and you already own it."},
    {Fault::kBucketNotEmpty, "BucketNotEmpty", 409, "The bucket you tried to delete is not empty"},
    {Fault::kConditionalRequestConflict, "ConditionalRequestConflict", 409,
     "The conditional request cannot succeed due to a conflicting operation against this "
     "resource."},
    {Fault::kEntityTooLarge, "EntityTooLarge", 400,
     "Your proposed upload exceeds the maximum allowed size"},
    {Fault::kEntityTooSmall, "EntityTooSmall", 400,
     "Your proposed upload is smaller than the minimum allowed size"},
    {Fault::kIllegalLocationConstraint, "IllegalLocationConstraintException", 400,
     "The unspecified location constraint is incompatible for the region specific endpoint this "
     "request was sent to."},
    {Fault::kIllegalVersioningConfiguration, "IllegalVersioningConfigurationException", 400,
     "The Versioning element must be specified"},
    {Fault::kIncompleteBody, "IncompleteBody", 400,
     "You did not provide the number of bytes specified by the Content-Length HTTP header"},
    {Fault::kInvalidArgument, "InvalidArgument", 400, "Invalid Argument"},
    {Fault::kInvalidBucketName, "InvalidBucketName", 400, "The specified bucket is not valid."},
    {Fault::kInvalidBucketState, "InvalidBucketState", 409,
     "The request is not valid with the current state of the bucket."},
    {Fault::kInvalidDigest, "InvalidDigest", 400, "The Content-MD5 you specified was invalid."},
    {Fault::kInvalidLocationConstraint, "InvalidLocationConstraint", 400,
     "The specified location-constraint is not valid"},
    {Fault::kInvalidObjectState, "InvalidObjectState", 403,
     "The operation is not valid for the object's storage class"},
    {Fault::kInvalidPart, "InvalidPart", 400,
     "One or more of the specified parts could not be found.  The part may not have been uploaded, "
     "or the specified entity tag may not match the part's entity tag."},
    {Fault::kInvalidPartNumber, "InvalidPartNumber", 416,
     "The requested partnumber is not satisfiable"},
    {Fault::kInvalidPartOrder, "InvalidPartOrder", 400,
     "The list of parts was not in ascending order. Parts must be ordered by part number."},
    {Fault::kInvalidRange, "InvalidRange", 416, "The requested range is not satisfiable"},
    {Fault::kInvalidRequest, "InvalidRequest", 400, "Invalid Request"},
    {Fault::kInvalidTag, "InvalidTag", 400, "The tag provided was not a valid tag."},
    {Fault::kInvalidUri, "InvalidURI", 400, "Couldn't parse the specified URI."},
    {Fault::kKeyTooLong, "KeyTooLongError", 400, "Your key is too long"},
    {Fault::kMalformedPolicy, "MalformedPolicy", 400, "The policy is not valid"},
    {Fault::kMalformedXml, "MalformedXML", 400,
     "The XML you provided was not well-formed or did not validate against our published schema"},
    {Fault::kMetadataTooLarge, "MetadataTooLarge", 400,
     "Your metadata headers exceed the maximum allowed metadata size"},
    {Fault::kMethodNotAllowed, "MethodNotAllowed", 405,
     "The specified method is not allowed against this resource."},
    {Fault::kNoSuchBucket, "NoSuchBucket", 404, "The specified bucket does not exist"},
    {Fault::kNoSuchBucketPolicy, "NoSuchBucketPolicy", 404, "The bucket policy does not exist"},
    {Fault::kNoSuchConfiguration, "NoSuchConfiguration", 404,
     "The specified configuration does not exist."},
    {Fault::kNoSuchCorsConfiguration, "NoSuchCORSConfiguration", 404,
     "The CORS configuration does not exist"},
    {Fault::kNoSuchKey, "NoSuchKey", 404, "The specified key does not exist."},
    {Fault::kNoSuchLifecycleConfiguration, "NoSuchLifecycleConfiguration", 404,
     "The lifecycle configuration does not exist"},
    {Fault::kNoSuchObjectLockConfiguration, "NoSuchObjectLockConfiguration", 404,
     "The specified object does not have a ObjectLock configuration"},
    {Fault::kNoSuchPublicAccessBlockConfiguration, "NoSuchPublicAccessBlockConfiguration", 404,
     "The public access block configuration was not found"},
    {Fault::kNoSuchTagSet, "NoSuchTagSet", 404, "The TagSet does not exist"},
    {Fault::kNoSuchUpload, "NoSuchUpload", 404,
     "The specified upload does not exist. The upload ID may be invalid, or the upload may have "
     "been aborted or completed."},
    {Fault::kNoSuchVersion, "NoSuchVersion", 404, "The specified version does not exist."},
    {Fault::kNoSuchWebsiteConfiguration, "NoSuchWebsiteConfiguration", 404,
     "The specified bucket does not have a website configuration"},
    {Fault::kNotImplemented, "NotImplemented", 501,
     "A header you provided implies functionality that is not implemented"},
    {Fault::kNotModified, "NotModified", 304, "Not Modified"},
    {Fault::kObjectLockConfigurationNotFound, "ObjectLockConfigurationNotFoundError", 404,
     "Object Lock configuration does not exist for this bucket"},
    {Fault::kOwnershipControlsNotFound, "OwnershipControlsNotFoundError", 404,
     "The bucket ownership controls were not found"},
    {Fault::kPreconditionFailed, "PreconditionFailed", 412,
     "At least one of the pre-conditions you specified did not hold"},
    {Fault::kReplicationConfigurationNotFound, "ReplicationConfigurationNotFoundError", 404,
     "The replication configuration was not found"},
    {Fault::kTooManyBuckets, "TooManyBuckets", 400,
     "You have attempted to create more buckets than allowed"},
    {Fault::kXAmzContentSha256Mismatch, "XAmzContentSHA256Mismatch", 400,
     "The provided 'x-amz-content-sha256' header does not match what was computed."},
};

constexpr bool IsInOrder() {
  for (std::size_t i = 0; i < std::size(kRows); ++i) {
    if (kRows[i].fault != static_cast<Fault>(i)) return false;
  }
  return std::size(kRows) == static_cast<std::size_t>(Fault::kXAmzContentSha256Mismatch) + 1;
}
static_assert(IsInOrder());

}  // namespace

ServiceError S3Error(Fault fault, json::Object members) {
  const Row& row = kRows[static_cast<std::size_t>(fault)];
  return ServiceError(row.code, row.text, std::move(members)).WithStatus(row.status);
}

ServiceError S3Error(Fault fault, std::string_view text, json::Object members) {
  const Row& row = kRows[static_cast<std::size_t>(fault)];
  return ServiceError(row.code, text, std::move(members)).WithStatus(row.status);
}

}  // namespace trunkline::cloud::s3
