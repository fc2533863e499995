// Publishing: an immutable copy of $LATEST under the next number.
#pragma once

#include <string>

#include "cloud/services/lambda/records.h"

namespace trunkline::cloud::lambda {

// The new version's configuration; the last one's when nothing has changed since it was published.
Answer<> Publish(Context& context, const std::string& function, std::string_view description);

// The configuration, with the ARN that the caller's qualifier makes.
json::Object WithQualifiedArn(const Context& context, const Resolved& resolved, const Name& name);

// What listings show of it: no states.
json::Object Listed(json::Object configuration);

}  // namespace trunkline::cloud::lambda
