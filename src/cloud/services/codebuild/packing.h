// Files of a build, read to be put into a zip or into S3.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/zip.h"

namespace trunkline::cloud::codebuild {

// Reads files below `folder` (relative names); their names get `prefix` in front. Error: they are
// larger than 1 GB altogether. Any thread.
Result<std::vector<ZipEntry>> PackFiles(const std::string& folder,
                                        const std::vector<std::string>& files,
                                        std::string_view prefix = {});

}  // namespace trunkline::cloud::codebuild
