// What a CloudFormation action gives to CloudFormation: template, parameters, tags, capabilities.
#pragma once

#include <string>

#include "cloud/services/codepipeline/action_run.h"

namespace trunkline::cloud::codepipeline {

// The members that CreateStack, UpdateStack and CreateChangeSet have in common. A template that is
// too long to be sent is put into the artifact store and named by its URL.
net::aw<Answer<json::Object>> MakeStackInput(ActionOrder order);

// The stack policy of the template configuration, or empty.
Answer<std::string> StackPolicy(const ActionOrder& order);

}  // namespace trunkline::cloud::codepipeline
