// Resources of Task states: what an ARN in `Resource` asks for.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace trunkline::cloud::stepfunctions {

struct Resource {
  enum class Kind {
    kLambda,       // the ARN of a function
    kActivityArn,  // of an activity
    kOptimized,    // arn:aws:states:::sqs:sendMessage
    kSdk,          // arn:aws:states:::aws-sdk:connect:listInstances
  };
  enum class Pattern { kRequest, kSync, kToken };
  Kind kind = Kind::kLambda;
  Pattern pattern = Pattern::kRequest;
  bool sync2 = false;  // .sync:2: the child's output as JSON
  std::string arn;     // as it was written
  std::string region = {};
  std::string account = {};
  std::string service = {};  // "sqs", "connect"
  std::string action = {};   // "sendMessage"

  std::string event_type() const;      // resourceType of events: "sqs", "aws-sdk:connect"
  std::string event_resource() const;  // resource of events: "sendMessage.waitForTaskToken"
};

// The error is for the definition's author.
Result<Resource> ReadResource(std::string_view arn);

// Our model of a service as Step Functions names it ("cloudwatchlogs" -> "logs"); empty: there is
// none.
std::string_view ModelOfSdkService(std::string_view service);
// How its errors begin: "CloudWatchLogs.".
std::string SdkErrorPrefix(std::string_view service);

}  // namespace trunkline::cloud::stepfunctions
