// CloudFormation's custom resources: what a function is asked, and how it answers: by a PUT to the
// address that came with the request, whatever happened. A function that does not leaves its stack
// waiting for an hour.
#pragma once

#include <string>

#include "functions/function.h"

namespace trunkline::functions {

struct CustomRequest {
  std::string type;  // Create, Update, Delete
  std::string response_url;
  std::string stack_id;
  std::string request_id;
  std::string logical_id;
  std::string physical_id;  // not of a Create
  json::Object properties;
};

struct CustomAnswer {
  std::string physical_id;
  std::string failure;  // empty: success
  json::Object data;    // what Fn::GetAtt reads
};

// Errors: the event is none of CloudFormation's, so that nobody waits for an answer.
Result<CustomRequest> ReadCustomRequest(const json::Value& event);

// The body of the answer, within CloudFormation's 4096 bytes: a long reason is cut.
std::string AnswerText(const CustomRequest& request, const CustomAnswer& answer);

// Sends it, again when nobody takes it: five times in about 15 s. An address is taken that is
// https, or on the host of AWS_ENDPOINT_URL (the embedded cloud's).
net::aw<Result<void>> SendAnswer(const FunctionWorld& world, CustomRequest request,
                                 CustomAnswer answer);

}  // namespace trunkline::functions
