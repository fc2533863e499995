// Where code, layers and documents lie: "s3://bucket/key?versionId=..." or an object of its parts.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"
#include "cloud/operation.h"

namespace trunkline::cloud::cloudformation::serverless {

// {Bucket, Key, Version} of the property; `id` and `property` are for errors.
Answer<json::Object> S3Location(const json::Value& value, std::string_view id,
                                std::string_view property);
// The same as a function's or a layer's code has it: {S3Bucket, S3Key, S3ObjectVersion}.
Answer<json::Object> S3Code(const json::Value& value, std::string_view id,
                            std::string_view property);

}  // namespace trunkline::cloud::cloudformation::serverless
