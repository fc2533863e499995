// Members of inputs that are JSON in a text.
#pragma once

#include <string_view>

#include "cloud/operation.h"

namespace trunkline::cloud::connect {

// The object the text holds. Anything else is an error of this code; `what` names the text in its
// message.
Answer<json::Object> ReadJsonObject(std::string_view text, std::string_view what,
                                    std::string_view error);

}  // namespace trunkline::cloud::connect
