// A function's code: where it comes from, and what is checked about it.
#pragma once

#include <string>

#include "cloud/context.h"

namespace trunkline::cloud::lambda {

struct Code {
  std::string id;      // of the object
  std::string sha256;  // base64, as CodeSha256 has it
  std::uint64_t size = 0;
  std::uint64_t unpacked = 0;
};

// Of a function's code and its layers, unpacked (Lambda quotas).
inline constexpr std::uint64_t kMostUnpacked = 262144000;

// Reads ZipFile, or S3Bucket/S3Key/S3ObjectVersion, from `input`; keeps the bytes as an object.
// Images are refused by name.
Answer<Code> KeepCode(Context& context, const json::Object& input);

// Where the code can be fetched, as long as something uses it.
std::string CodeLocation(const Context& context, std::string_view code_id);

// Writes CodeSha256 and CodeSize.
void Describe(const Code& code, json::Object& configuration);

}  // namespace trunkline::cloud::lambda
