// What builds read from and write to S3, as the account whose builds they are.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cloud/wait.h"

namespace trunkline::cloud::codebuild {

struct S3Place {
  std::string bucket;
  std::string key;  // may be empty, or a prefix that ends with '/'
};

// "bucket/key", with or without "arn:aws:s3:::" in front.
S3Place ReadS3Place(std::string_view location);

struct S3Bytes {
  std::string bytes;
  std::string version;  // empty: the bucket has no versions
};
Answer<S3Bytes> GetBytes(const WaitContext& context, const S3Place& place,
                         std::string_view version = {});
Answer<std::vector<std::string>> ListKeys(const WaitContext& context, const S3Place& prefix);

struct S3Write {
  S3Place place;
  std::string bytes;
  std::string content_type;
  std::string kms_key;  // empty: not encrypted with a key of its own
};
net::aw<Answer<>> PutBytes(WaitContext context, S3Write write);

}  // namespace trunkline::cloud::codebuild
