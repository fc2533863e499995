// What a stack asks of a stack nested in it: the input of its creation or update.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"

namespace trunkline::cloud::cloudformation {

// From the evaluated properties of an AWS::CloudFormation::Stack and the tags of the stack it is
// in: TemplateURL, Parameters, Tags, NotificationARNs.
json::Object NestedStackInput(const json::Object& properties, const json::Array& stack_tags);

// "<stack>-<logical id>-<unique>", with the names shortened.
std::string NestedStackName(std::string_view stack_name, std::string_view logical_id,
                            std::string_view unique);

}  // namespace trunkline::cloud::cloudformation
