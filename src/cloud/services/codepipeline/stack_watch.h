// Stacks that an action waits for.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cloud/services/codepipeline/action_run.h"

namespace trunkline::cloud::codepipeline {

// In an action's progress: what it wanted is what the stack was already.
inline constexpr std::string_view kUnchanged = "Unchanged";

// The stack of that name or id; nothing: there is none.
net::aw<Answer<std::optional<json::Object>>> DescribeStack(WaitContext actor, std::string name);

// Waits until the stack is at rest; nothing: it is gone, or nobody waits any more.
net::aw<Answer<std::optional<json::Object>>> WaitForStack(ActionOrder order, std::string name);

// What the action says of a stack at rest: outputs as variables and as a file, or why it failed.
net::aw<ActionOutcome> ToStackOutcome(ActionOrder order, json::Object stack);

// Puts `text` as the action's OutputFileName into its output artifact.
net::aw<Answer<json::Array>> PutOutputFile(ActionOrder order, std::string text);

}  // namespace trunkline::cloud::codepipeline
