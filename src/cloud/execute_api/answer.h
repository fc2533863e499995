// Answers of an API: what a function's answer becomes, and the ones that the API gives itself.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "net/http.h"

namespace trunkline::cloud::execute_api {

// {"message": "Not Found"}
net::Response MessageAnswer(int status, std::string_view message);

// How functions' answers are read.
enum class AnswerForm {
  kRest,         // "statusCode" is needed; else nothing
  kHttpV1,       // HTTP API, payload format 1.0: the same
  kHttpV2,       // without "statusCode" the whole answer is the body
  kFunctionUrl,  // the same, but for its spaces
};
// Nothing: it is malformed. `why` says so, for logs.
std::optional<net::Response> ReadFunctionAnswer(std::string_view payload, AnswerForm form,
                                                std::string& why);

}  // namespace trunkline::cloud::execute_api
