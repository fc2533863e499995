// SAM policy templates: {"SQSPollerPolicy": {"QueueName": ...}} in a list of policies.
#pragma once

#include <span>
#include <string_view>

#include "base/json.h"
#include "cloud/operation.h"

namespace trunkline::cloud::cloudformation::serverless {

// One statement; those of a template stand together. It allows the actions, all of one service
// ("sqs: SendMessage ..."; with '!' in front the one action is a text, not a list), on the
// resources: "service:rest" is an ARN of the stack's account and Region, "=service:rest" one with
// all parts given, "*" and "${name}" stand for themselves. '[' in front: a list although there is
// but one. `equals`: a condition StringEquals, its key and its ARN.
struct PolicyTemplate {
  std::string_view name;
  std::string_view parameters;  // separated by blanks
  std::string_view actions;
  std::string_view resources;
  std::string_view equals = {};
};

extern const std::span<const PolicyTemplate> kPolicyTemplatesAToE;
extern const std::span<const PolicyTemplate> kPolicyTemplatesFToZ;

bool IsPolicyTemplate(std::string_view name);
// The policy that the template makes of the parameters' values; `id` is the resource it is for.
Answer<json::Value> FromPolicyTemplate(std::string_view id, std::string_view name,
                                       const json::Value& values);

}  // namespace trunkline::cloud::cloudformation::serverless
