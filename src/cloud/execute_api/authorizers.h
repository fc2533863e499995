// Authorizers that are functions: asking them, remembering what they said, reading it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cloud/execute_api/call.h"
#include "cloud/wait.h"

namespace trunkline::cloud::execute_api {

struct AuthorizerQuestion {
  std::string authorizer_id;
  std::string uri;
  std::string credentials;
  json::Object event;
  // What tells callers apart; with a life time the answer is remembered for the API's stage.
  std::vector<std::string> identity;
  std::chrono::seconds remembered{0};
};

// The function's answer, an object; nothing: it failed, or did not answer one. `call` must outlive
// it.
net::aw<std::optional<json::Object>> AskAuthorizer(WaitContext context, const ApiCall& call,
                                                   AuthorizerQuestion question);

// What a policy of an authorizer says of a method.
enum class Verdict { kAllowed, kDenied, kNotAllowed };
Verdict JudgePolicy(const json::Object& policy_document, std::string_view method_arn);

// Within a transaction: what is remembered of the stage counts no more.
void ForgetAuthorizations(Context& context, std::string_view api_id, std::string_view stage);

}  // namespace trunkline::cloud::execute_api
