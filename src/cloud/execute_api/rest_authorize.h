// Who may call a method of a REST API: API keys, authorizers, signatures, the API's own policy.
#pragma once

#include <optional>

#include "cloud/execute_api/rest_method.h"
#include "cloud/wait.h"

namespace trunkline::cloud::execute_api {

// Nothing: the call goes on. References must outlive it.
net::aw<std::optional<net::Response>> AuthorizeRest(WaitContext context, ApiCall& call,
                                                    const RestMethod& met);

// What a function answered as the method's authorizer, for TestInvokeAuthorizer.
struct AuthorizerVerdict {
  bool answered = false;
  bool missing = false;  // an identity source is not in the request
  json::Object answer;
};
net::aw<AuthorizerVerdict> AskRestAuthorizer(WaitContext context, ApiCall& call,
                                             const json::Object& authorizer);

}  // namespace trunkline::cloud::execute_api
