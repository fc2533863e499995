// Reads what an S3 URL names: templates, stack policies, snippets of AWS::Include.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cloud/context.h"

namespace trunkline::cloud::cloudformation {

struct S3Location {
  std::string bucket;
  std::string key;
  std::string version;
};

// Path style and virtual-hosted style, of AWS's host names and of this cloud's own address, and
// s3://bucket/key. Nothing for every other URL.
std::optional<S3Location> ReadS3Url(std::string_view url);

// `what` names the URL in the error: "TemplateURL".
Answer<std::string> ReadS3Text(Context& context, std::string_view url, std::string_view what);

}  // namespace trunkline::cloud::cloudformation
