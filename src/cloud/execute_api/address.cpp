#include "cloud/execute_api/address.h"

#include <fmt/format.h>

namespace trunkline::cloud::execute_api {

std::optional<Address> FindAddress(Store& store, std::string_view name) {
  const Record* record = store.Find({}, kAddress, name);
  if (!record) return std::nullopt;
  return Address{.scope = {std::string(record->body.GetString("Account")),
                           std::string(record->body.GetString("Region"))},
                 .protocol = std::string(record->body.GetString("Protocol"))};
}

void KeepAddress(Context& context, std::string_view name, std::string_view protocol) {
  Record record{.id = std::string(name), .parent = "", .name = std::string(name), .body = {}};
  record.body.Set("Account", context.caller.account);
  record.body.Set("Region", context.region);
  record.body.Set("Protocol", protocol);
  context.store.Put({}, kAddress, std::move(record));
}

void ForgetAddress(Context& context, std::string_view name) {
  context.store.Delete({}, kAddress, name);
}

std::string NewId(Random& random, std::size_t length) {
  return NewToken(random, length, "abcdefghijklmnopqrstuvwxyz0123456789");
}

std::string ApiUrl(std::string_view endpoint, std::string_view api_id) {
  return fmt::format("{}/_aws/execute-api/{}", endpoint, api_id);
}

std::string FunctionUrl(std::string_view endpoint, std::string_view url_id) {
  return fmt::format("{}/_aws/lambda-url/{}/", endpoint, url_id);
}

}  // namespace trunkline::cloud::execute_api
