// Function URLs: an HTTP address of a function, or of one of its aliases.
//
//   url  id = the URL's id    parent = the function's name; name: the alias, or "$LATEST"
//                             body: FunctionArn, AuthType, Cors, InvokeMode (if it was given),
//                             CreationTime, LastModifiedTime
// The id stands in execute_api's addresses, too, by which requests find their account and Region.
#pragma once

#include <string>
#include <string_view>

#include "cloud/services/lambda/records.h"

namespace trunkline::cloud::lambda {

inline constexpr Kind kFunctionUrl{"lambda", "url"};

// All of a function's, or an alias's that is deleted.
void DropFunctionUrls(Context& context, const Name& name);

}  // namespace trunkline::cloud::lambda
