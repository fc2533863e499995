// What the integrations of REST APIs share: how they fail, and how what they answer is mapped.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cloud/execute_api/rest_mapping.h"
#include "cloud/execute_api/rest_method.h"
#include "cloud/execute_api/trace.h"
#include "cloud/wait.h"

namespace trunkline::cloud::execute_api {

// The gateway response of a kind. Why it failed is for the API's owner: in the log, not in the
// answer. `status` stands instead of the kind's, unless the owner worded the response.
net::Response IntegrationFailed(const WaitContext& context, ApiCall& call, const RestMethod& met,
                                std::string_view type, int status, std::string_view why);
net::Response Misconfigured(const WaitContext& context, ApiCall& call, const RestMethod& met,
                            std::string_view why);
net::Response TimedOut(const WaitContext& context, ApiCall& call, const RestMethod& met,
                       std::string_view why);

// The answer by the integration response that fits it.
net::Response MappedAnswer(const WaitContext& context, ApiCall& call, const RestMethod& met,
                           const IntegrationAnswer& answer);

// The integration's request by its template; nothing: `refusal` says why.
std::optional<MappedRequest> RequestBody(const WaitContext& context, ApiCall& call,
                                         const RestMethod& met, net::Response& refusal);

Milliseconds LimitOf(const json::Object& integration);

// The URI with its "{name}"s: what requestParameters say, else the path's parameters.
std::string UriOf(const ApiCall& call, const json::Object& integration, const json::Object& path);

// The gateway names itself to servers and services.
void AddGatewayHeaders(const ApiCall& call, net::Headers& headers);

// The kinds, one in each file.
net::aw<net::Response> CallRestServer(WaitContext context, ApiCall& call, const RestMethod& met,
                                      bool proxy);
net::aw<net::Response> CallRestService(WaitContext context, ApiCall& call, const RestMethod& met);

}  // namespace trunkline::cloud::execute_api
