// A link to an object of the cloud's own S3 that works without credentials for a while.
#pragma once

#include <string>
#include <string_view>

#include "cloud/context.h"

namespace trunkline::cloud::connect {

// Signed as the caller's account, good for an hour.
std::string PresignedObjectUrl(const Context& context, std::string_view bucket,
                               std::string_view key);

}  // namespace trunkline::cloud::connect
