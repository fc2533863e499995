// Whether the parts of a task template hold together.
#pragma once

#include <string_view>

#include "cloud/operation.h"

namespace trunkline::cloud::connect {

// PropertyValidationException about one property, by its path: "Fields[2].Type".
ServiceError PropertyError(std::string_view path, std::string_view reason,
                           std::string_view message);

// `body` as GetTaskTemplate shows it. One field is the NAME and required; names are used once;
// constraints and defaults are of fields there are; a flow or a quick connect says where tasks go.
Answer<void> CheckTaskTemplate(const json::Object& body);

}  // namespace trunkline::cloud::connect
