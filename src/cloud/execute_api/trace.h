// The log of a request through a REST API, which TestInvokeMethod answers: lines as AWS words them
// (seen). Nothing is written of requests that nobody traces.
#pragma once

#include <string>
#include <string_view>

#include <fmt/format.h>

#include "cloud/execute_api/call.h"

namespace trunkline::cloud::execute_api {

void AddTrace(ApiCall& call, std::string line);

template <class... Parts>
void Trace(ApiCall& call, fmt::format_string<const Parts&...> form, const Parts&... parts) {
  if (call.traced) AddTrace(call, fmt::format(form, parts...));
}

// The integration's request and answer.
void TraceRequest(ApiCall& call, std::string_view uri, const net::Request& request);
void TraceResponse(ApiCall& call, const net::Response& response, Milliseconds took);

// "{name=value, other=value}"
std::string TracedHeaders(const net::Headers& headers);
std::string TracedMap(const json::Object& map);

// All of it: a first line without a time, then the lines with theirs.
std::string TraceText(const ApiCall& call);

}  // namespace trunkline::cloud::execute_api
