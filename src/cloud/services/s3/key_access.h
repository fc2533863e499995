// The KMS key under which an object is encrypted: with --enforce-iam whoever reads or writes the
// object must be allowed to use it. S3's own key asks for nothing.
#pragma once

#include "cloud/context.h"

namespace trunkline::cloud::s3 {

// `body` is a version's (object.h). AccessDenied, naming kms:Decrypt or kms:GenerateDataKey.
Answer<void> CheckMayDecrypt(Context& context, const json::Object& body);
Answer<void> CheckMayEncrypt(Context& context, const json::Object& body);

}  // namespace trunkline::cloud::s3
