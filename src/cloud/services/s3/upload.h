// Bodies on their way into the store: checked against what the client said of them, hashed, staged.
// All of it touches no state, so worker threads do it.
#pragma once

#include <string>
#include <string_view>

#include "cloud/objects.h"
#include "cloud/services/s3/checksum.h"
#include "cloud/wait.h"
#include "net/async.h"

namespace trunkline::cloud::s3 {

// What a client promised of a body.
struct Promise {
  std::string md5;     // Content-MD5, base64
  std::string sha256;  // x-amz-content-sha256 when it is a digest
  WantedChecksum checksum;
  // Computed and kept, whatever the client chose.
  Algorithm algorithm = Algorithm::kCrc64Nvme;
};
Answer<Promise> ReadPromise(const json::Object& input, const net::Request* request);

// A body that lies in a staged file.
struct Staged {
  std::string file;
  std::uint64_t size = 0;
  std::string etag;  // MD5 in hex
  Checksum checksum;
};
// BadDigest, InvalidDigest, XAmzContentSHA256Mismatch, EntityTooLarge.
Answer<Staged> Stage(Objects& objects, std::string_view body, const Promise& promise);

// The same on a worker thread, if the body is large.
net::aw<Answer<Staged>> StageOnWorker(WaitContext context, std::string body, Promise promise);

// MD5 and checksum of a kept file, read in pieces.
Answer<Staged> Describe(const Objects& objects, const std::string& file, Algorithm algorithm);

}  // namespace trunkline::cloud::s3
