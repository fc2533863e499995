// What DynamoDB says to requests it refuses: texts that clients match on.
#pragma once

#include <string_view>

#include "cloud/operation.h"

namespace trunkline::cloud::dynamodb {

ServiceError Invalid(std::string_view message);  // ValidationException
// The same behind "One or more parameter values were invalid: ".
ServiceError InvalidValues(std::string_view message);
ServiceError NoResource();                           // of operations on items
ServiceError NoTable(std::string_view table);        // of operations on tables
ServiceError InUse(std::string_view message);        // ResourceInUseException
ServiceError ConditionFailed(json::Object members);  // ConditionalCheckFailedException

}  // namespace trunkline::cloud::dynamodb
