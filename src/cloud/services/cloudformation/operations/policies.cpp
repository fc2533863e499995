// GetStackPolicy, SetStackPolicy.
#include "cloud/services/cloudformation/operations/families.h"
#include "cloud/services/cloudformation/stacks/revision.h"
#include "cloud/services/cloudformation/stacks/stack_policy.h"

namespace trunkline::cloud::cloudformation {
namespace {

Answer<> GetStackPolicy(Context& context, const json::Object& input) {
  TL_TRY(const Record stack, FindStack(context, input.GetString("StackName")));
  json::Object answer;
  answer.SetIfNotEmpty("StackPolicyBody", stack.body.GetString("StackPolicyBody"));
  return answer;
}

Answer<> SetStackPolicy(Context& context, const json::Object& input) {
  TL_TRY(const Record stack, FindStack(context, input.GetString("StackName")));
  if (input.Has("StackPolicyBody") && input.Has("StackPolicyURL"))
    return ValidationError("You cannot specify both StackPolicyURL and StackPolicyBody");
  TL_TRY(const auto text, ReadTemplateText(context, input, "StackPolicyBody", "StackPolicyURL"));
  if (!text) return ValidationError("Either StackPolicyBody or StackPolicyURL must be specified");
  TL_DO(CheckPolicyText(*text));
  UpdateStackRecord(context, stack.id,
                    [&](json::Object& body) { body.Set("StackPolicyBody", *text); });
  return json::Object();
}

constexpr Operation kOperations[] = {
    {.name = "GetStackPolicy", .handle = GetStackPolicy},
    {.name = "SetStackPolicy", .handle = SetStackPolicy},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kPolicyOperations = kOperations;

}  // namespace trunkline::cloud::cloudformation
