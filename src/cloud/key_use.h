// When and for what a user's access key was used last, as IAM tells (GetAccessKeyLastUsed).
#pragma once

#include <string_view>

#include "base/clock.h"
#include "cloud/context.h"

namespace trunkline::cloud {

// Noted once a minute and service, so that calls stay cheap. Keys of sessions have no such note.
void NoteKeyUse(Store& store, const Caller& caller, std::string_view service,
                std::string_view region, TimePoint now);

}  // namespace trunkline::cloud
