// How an action goes in a call without a cloud: `--mock action:NAME=VALUE` (app/mocks.h).
#pragma once

#include <string>

#include "app/stage.h"
#include "base/files.h"
#include "base/result.h"

namespace trunkline::app {

// kNotFound: no flow has an action of this identifier or type; kInvalid: what the action cannot do,
// with what it can.
Result<void> AddActionMock(const std::string& name, const std::string& value, const Files& files,
                           Stage& stage);

}  // namespace trunkline::app
