// One modelled API call, as `trunkline aws` makes it.
#pragma once

#include <string>

#include "app/world.h"
#include "base/json.h"
#include "base/result.h"

namespace trunkline::app {

struct AwsCallArgs {
  std::string service;    // "connect", "s3"
  std::string operation;  // "CreateQueue" or "create-queue"
  json::Object input;     // blobs as base64 text, timestamps as ISO 8601 or epoch seconds
  std::string region;
  std::string profile;
  std::string endpoint_url;
  bool all_pages = false;
};

// What is wrong with a call before it is made: an unknown service or operation, an input that is
// not as the model says.
Result<void> CheckAwsCall(const AwsCallArgs& args);

// The output: blobs as base64, timestamps as ISO 8601. An unknown service or operation names the
// nearest.
Result<json::Object> CallAws(AppWorld& world, const AwsCallArgs& args);

// The operations of a service that can be called, sorted.
Result<std::vector<std::string>> ListOperations(const std::string& service);
std::vector<std::string> ListServices();

}  // namespace trunkline::app
