// Request validators: required parameters, and bodies by their models.
#pragma once

#include <optional>

#include "cloud/execute_api/rest_method.h"

namespace trunkline::cloud::execute_api {

// Nothing: the request is fine.
std::optional<net::Response> ValidateRest(ApiCall& call, const RestMethod& met);

}  // namespace trunkline::cloud::execute_api
