// Where the files of a build come from.
#pragma once

#include <string>

#include "cloud/services/codebuild/build_run.h"

namespace trunkline::cloud::codebuild {

struct SourceRequest {
  json::Object source;  // a ProjectSource
  std::string version;
  std::string folder;  // made, and filled
};

// Fetches one source; the answer is the version it has, or empty.
net::aw<Answer<std::string>> FetchSource(WaitContext context, SourceRequest request);

// The text of the buildspec that a source names: written in it, a file of `folder`, or in S3.
Result<std::string> FindBuildspec(const WaitContext& context, const json::Object& source,
                                  const std::string& folder);

}  // namespace trunkline::cloud::codebuild
