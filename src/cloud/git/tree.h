// The files of a commit, as they are stored: no filters, no line ends changed, no attributes.
#pragma once

#include <string>
#include <vector>

#include "base/zip.h"
#include "cloud/engine.h"
#include "net/async.h"

namespace trunkline::cloud::git {

// More than this does not fit into an artifact (AWS takes 1 GB; here it is held in memory).
inline constexpr std::uint64_t kMaxTreeBytes = 512ULL << 20U;

// Sorted; executable bits and symbolic links kept, submodules left out. kInvalid: too large, or a
// name that must not be unpacked.
net::aw<Result<std::vector<ZipEntry>>> ReadTree(Engine& engine, std::string git_dir,
                                                std::string commit);

}  // namespace trunkline::cloud::git
