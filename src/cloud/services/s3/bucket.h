// Buckets: their records and what every operation on one checks first.
//
// Records, all in the global scope, because a bucket's name is unique over all accounts:
//   {"s3","bucket"}      id and name: the bucket's name; parent: the owner's account;
//                        body {"Region", "CreationDate", "Versioning": "Enabled"|"Suspended",
//                        "ObjectLock": bool}
//   {"s3","document"}    a configuration: id "<bucket>/<kind>", parent: the bucket; body: the
//   document
//   {"s3","object"}      the newest version of a key: id "<bucket>/<key>", parent: the bucket,
//   name: the key
//   {"s3","noncurrent"}  older versions: id "<bucket>/<key>?<version>", parent: the object's id,
//   name: its number
//   {"s3","upload"}      a multipart upload: id: the upload's id, parent: the bucket, name: key and
//   id
//   {"s3","part"}        id "<upload>/<number>", parent: the upload, name: the number with five
//   digits
// Any account may use a bucket by its name: what IAM and bucket policies would deny is not
// enforced.
#pragma once

#include <string>
#include <string_view>

#include "cloud/context.h"
#include "cloud/services/s3/errors.h"

namespace trunkline::cloud::s3 {

inline constexpr Kind kBucket{"s3", "bucket"};
inline constexpr Kind kDocument{"s3", "document"};
inline constexpr Kind kObject{"s3", "object"};
inline constexpr Kind kNoncurrent{"s3", "noncurrent"};
inline constexpr Kind kUpload{"s3", "upload"};
inline constexpr Kind kPart{"s3", "part"};

// The bucket that `input` names; x-amz-expected-bucket-owner is honoured. The pointer is good until
// the bucket's record is written.
Answer<const Record*> FindBucket(Context& context, const json::Object& input);
Answer<const Record*> FindBucketByName(Context& context, std::string_view name);

bool IsBucketName(std::string_view name);
// Names as buckets of us-east-1 once had them, capitals and underscores too: they may be asked for.
bool WasBucketName(std::string_view name);
// UTF-8 of at most 1,024 bytes.
Answer<void> CheckKey(std::string_view key);

// A configuration of a bucket, or nullptr.
const Record* FindDocument(Context& context, std::string_view bucket, std::string_view kind);
void PutDocument(Context& context, std::string_view bucket, std::string_view kind,
                 json::Object document);
bool DeleteDocument(Context& context, std::string_view bucket, std::string_view kind);

// {"DisplayName", "ID"} of an account: S3's canonical user.
json::Object ToOwner(std::string_view account);
std::string CanonicalUser(std::string_view account);  // 64 hex digits

std::string BucketArn(std::string_view bucket);

}  // namespace trunkline::cloud::s3
