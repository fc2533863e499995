// CORS of HTTP APIs: preflights are answered by the API itself, and the headers of all other
// answers are the configuration's, not the integration's (documented).
#pragma once

#include <optional>

#include "base/json.h"
#include "net/http.h"

namespace trunkline::cloud::execute_api {

// Nothing: it is no preflight.
std::optional<net::Response> AnswerPreflight(const json::Object& cors, std::string_view method,
                                             const net::Headers& asked);

void AddCorsHeaders(const json::Object& cors, const net::Headers& asked, net::Headers& answer);

}  // namespace trunkline::cloud::execute_api
