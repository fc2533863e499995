#include "cloud/services/dynamodb/refusals.h"

#include <fmt/format.h>

namespace trunkline::cloud::dynamodb {

ServiceError Invalid(std::string_view message) {
  return {"ValidationException", message};
}

ServiceError InvalidValues(std::string_view message) {
  return Invalid(fmt::format("One or more parameter values were invalid: {}", message));
}

ServiceError NoResource() {
  return {"ResourceNotFoundException", "Requested resource not found"};
}

ServiceError NoTable(std::string_view table) {
  return {"ResourceNotFoundException",
          fmt::format("Requested resource not found: Table: {} not found", table)};
}

ServiceError InUse(std::string_view message) {
  return {"ResourceInUseException", message};
}

ServiceError ConditionFailed(json::Object members) {
  return {"ConditionalCheckFailedException", "The conditional request failed", std::move(members)};
}

}  // namespace trunkline::cloud::dynamodb
