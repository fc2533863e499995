// Tags as CodePipeline has them: [{"key", "value"}].
#pragma once

#include "cloud/operation.h"

namespace trunkline::cloud::codepipeline {

// `tags` with `added` in it. TooManyTagsException, InvalidTagsException.
Answer<json::Array> JoinTags(const Context& context, json::Array tags, const json::Array& added);

}  // namespace trunkline::cloud::codepipeline
