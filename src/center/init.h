// trunkline init: writes the ACME monorepo, a working center to start from (templates/acme, which
// is in the binary).
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/embedded.h"
#include "base/files.h"
#include "base/result.h"

namespace trunkline {

std::span<const EmbeddedFile>
TemplateFiles();  // every template; names begin with the template's ("acme/")

}  // namespace trunkline

namespace trunkline::center {

// Writes the template below `folder`, which must be new or empty; a lone .git in it is fine.
// Returns the paths that were written, relative to `folder`, sorted. An error may leave a part of
// them behind.
Result<std::vector<std::string>> WriteTemplate(Files& files, const std::string& folder);

}  // namespace trunkline::center
