// SDK values: how Step Functions spells the inputs and outputs of other services' operations.
//
// Names begin with a capital letter there, whatever the service's own model says; times are ISO
// 8601 texts; a text member takes an object too, as its JSON.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "aws/model.h"
#include "base/json.h"
#include "base/random.h"
#include "cloud/operation.h"
#include "cloud/services/stepfunctions/failure.h"

namespace trunkline::cloud::stepfunctions {

// "ExecutionArn" for executionArn.
std::string SdkName(std::string_view name);

// To what the operation's handler takes. A member the shape does not know is a failure.
Outcome<json::Object> ToServiceInput(const aws::Shape* shape, const json::Value& arguments);
// To what a state is given.
json::Value FromServiceOutput(const aws::Shape* shape, const json::Object& output);

// How a service is called in the errors of Task states: AWS SDK integrations are those of the
// second Java SDK ("SecretsManager", and once more), optimized ones those of the first ("SQS",
// "AmazonSQS").
struct SdkNames {
  std::string prefix;
  std::string service;
  bool first_sdk = false;
  std::string extended_id = {};  // S3 gives a second id of the request
  std::string base = {};         // what the class of all errors is called by, if not `service`
};

// The error as a Task state names it: "Connect.ResourceNotFoundException".
Failure FromServiceError(const ServiceError& error, const aws::Model* model, const SdkNames& names,
                         std::string_view request_id);

// The cause alone, of a call that an optimized integration made of S3.
std::string S3Cause(const ServiceError& error, const aws::Models& models, Random& random);
// One such second id.
std::string NewExtendedId(Random& random);

// SdkHttpMetadata and SdkResponseMetadata, which optimized integrations add.
using SdkHeaders = std::vector<std::pair<std::string, std::string>>;
void AddSdkMetadata(json::Object& result, std::string_view request_id, SdkHeaders headers);

}  // namespace trunkline::cloud::stepfunctions
