// Something that waits, waited for no longer than a limit.
#pragma once

#include <optional>
#include <string>

#include "cloud/wait.h"

namespace trunkline::cloud {

// The answer, or nothing when the limit passed first on the injected clock; the work then goes on
// alone and its answer is dropped.
net::aw<std::optional<Answer<>>> Within(WaitContext context, WaitHandler work, json::Object input,
                                        Milliseconds limit);

// Any operation.
net::aw<std::optional<Answer<>>> CallWithin(WaitContext context, std::string service,
                                            std::string operation, json::Object input,
                                            Milliseconds limit);

}  // namespace trunkline::cloud
