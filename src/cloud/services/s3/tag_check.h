// Tags of buckets and objects: what S3 takes.
#pragma once

#include <string_view>

#include "cloud/context.h"

namespace trunkline::cloud::s3 {

// "a=1&b=2" of x-amz-tagging.
Answer<json::Array> ReadTagHeader(const Context& context, std::string_view header);
// At most ten, no key twice, their lengths and characters.
Answer<void> CheckObjectTags(const Context& context, const json::Array& tags);
// The same of at most fifty; CloudFormation puts the tags of its stacks from within.
Answer<void> CheckBucketTags(const Context& context, const json::Array& tags);

}  // namespace trunkline::cloud::s3
