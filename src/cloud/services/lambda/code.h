// A function's code: where it comes from, and what is checked about it.
#pragma once

#include <string>

#include "cloud/context.h"

namespace trunkline::cloud::lambda {

struct Code {
  std::string id;      // of the object
  std::string sha256;  // base64, as CodeSha256 has it
  std::uint64_t size = 0;
};

// Reads ZipFile, or S3Bucket/S3Key/S3ObjectVersion, from `input`; keeps the bytes as an object.
// Images are refused by name.
Answer<Code> KeepCode(Context& context, const json::Object& input);

// Writes CodeSha256 and CodeSize.
void Describe(const Code& code, json::Object& configuration);

}  // namespace trunkline::cloud::lambda
