// Files of a build, read to be put into a zip or into S3.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/zip.h"

namespace trunkline::cloud::codebuild {

struct PackOptions {
  std::string_view prefix;  // in front of their names
  bool links = false;       // symbolic links stay what they are; else what they lead to is read
};

// Reads files below `folder` (relative names). Error: they are larger than 1 GB altogether. Any
// thread.
Result<std::vector<ZipEntry>> PackFiles(const std::string& folder,
                                        const std::vector<std::string>& files,
                                        const PackOptions& options = {});

}  // namespace trunkline::cloud::codebuild
