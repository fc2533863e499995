// Addresses: where the requests of an API's clients go, and which API they find there.
//
//   http://127.0.0.1:<port>/_aws/execute-api/<api id>/<stage>/...     what answers name
//   Host: <api id>.execute-api.<region>.<anything>                    as AWS names it
//   Host: <a domain name that was created>                            by its mappings
//   http://127.0.0.1:<port>/_aws/lambda-url/<id>/...                  a function's URL
//   Host: <id>.lambda-url.<region>.<anything>                         the same as AWS names it
// Ids of APIs are unique over all accounts and Regions, so a global record says whose one is.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cloud/context.h"

namespace trunkline::cloud::execute_api {

// Global. Of an API by its id, of a domain name by itself; body: "Account", "Region", "Protocol"
// ("HTTP", "REST"; a domain name's is "DOMAIN", a function's URL's "FUNCTION").
inline constexpr Kind kAddress{"execute-api", "address"};
inline constexpr std::string_view kFunctionProtocol = "FUNCTION";

struct Address {
  Scope scope;
  std::string protocol;
};

std::optional<Address> FindAddress(Store& store, std::string_view name);
void KeepAddress(Context& context, std::string_view name, std::string_view protocol);
void ForgetAddress(Context& context, std::string_view name);

// `length` characters as API Gateway's ids have them; of an API, 10, which nobody guesses.
std::string NewId(Random& random, std::size_t length);
// "http://127.0.0.1:4566/_aws/execute-api/a1b2c3d4e5"
std::string ApiUrl(std::string_view endpoint, std::string_view api_id);
// "http://127.0.0.1:4566/_aws/lambda-url/<32 characters>/"
std::string FunctionUrl(std::string_view endpoint, std::string_view url_id);

}  // namespace trunkline::cloud::execute_api
