// What S3 does to a request before the model reads it: bucket names in the host, bodies in chunks,
// digests of documents.
#pragma once

#include <optional>
#include <string>

#include "cloud/operation.h"
#include "net/http.h"

namespace trunkline::cloud::s3 {

// "/bucket/key" of a request to "bucket.s3.amazonaws.com" or "bucket.localhost"; nothing when the
// host names no bucket. A host that is an address never does.
std::optional<std::string> PathStyleTarget(const net::Request& request);

// Takes an aws-chunked body apart: its trailers become headers. Checks what the headers promise of
// a document (any body but an object's, whose hashing belongs on a worker thread).
Answer<void> Prepare(net::Request& request);

}  // namespace trunkline::cloud::s3
