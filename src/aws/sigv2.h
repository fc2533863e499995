// Signature Version 2 of S3, verified only: AWS CLI 1 still presigns with it in us-east-1 (seen
// with 1.45 and a custom endpoint). Path-style requests; HMAC-SHA1 of a text of few parts.
#pragma once

#include "aws/route.h"
#include "aws/sigv4.h"

namespace trunkline::aws {

// "AWS AKID:signature".
Result<Authorization> ReadSigV2Header(std::string_view header, const net::Request& request);
// AWSAccessKeyId, Expires, Signature.
Result<Authorization> ReadSigV2Query(const RawQuery& query);

// Errors as Verify of aws/sigv4.h.
Result<void> VerifySigV2(const net::Request& request, const Authorization& authorization,
                         std::string_view secret_key, TimePoint now);

}  // namespace trunkline::aws
