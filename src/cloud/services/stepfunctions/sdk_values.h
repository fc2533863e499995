// SDK values: how Step Functions spells the inputs and outputs of other services' operations.
//
// Names begin with a capital letter there, whatever the service's own model says; times are ISO
// 8601 texts; a text member takes an object too, as its JSON.
#pragma once

#include <string>
#include <string_view>

#include "aws/model.h"
#include "base/clock.h"
#include "base/json.h"
#include "cloud/operation.h"
#include "cloud/services/stepfunctions/failure.h"

namespace trunkline::cloud::stepfunctions {

// To what the operation's handler takes. A member the shape does not know is a failure.
Outcome<json::Object> ToServiceInput(const aws::Shape* shape, const json::Value& arguments);
// To what a state is given.
json::Value FromServiceOutput(const aws::Shape* shape, const json::Object& output);

// The error as a Task state names it: "Connect.ResourceNotFoundException".
Failure FromServiceError(const ServiceError& error, const aws::Model* model,
                         std::string_view prefix, std::string_view request_id);

// SdkHttpMetadata and SdkResponseMetadata, which optimized integrations add.
void AddSdkMetadata(json::Object& result, std::string_view request_id, TimePoint now,
                    std::size_t length, std::string_view content_type);

}  // namespace trunkline::cloud::stepfunctions
