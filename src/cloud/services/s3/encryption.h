// The encryption that objects report. Nothing is encrypted: bytes lie on this machine's disk.
#pragma once

#include "cloud/services/s3/bucket.h"

namespace trunkline::cloud::s3 {

// Sets "Encryption" of a version's body: what the request says, else the bucket's default, else
// AES256. A key is named by its ARN; without one it is the key that AWS manages for S3, and
// "ManagedKey" is set. KMS.NotFoundException, KMS.DisabledException and the like.
Answer<void> ChooseEncryption(Context& context, const Record& bucket, const json::Object& input,
                              json::Object& body);

// PutBucketEncryption's document.
Answer<void> CheckEncryptionRules(const json::Object& document);

}  // namespace trunkline::cloud::s3
