// GetTemplate, GetTemplateSummary, ValidateTemplate, EstimateTemplateCost.
#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cloud/services/cloudformation/operations/families.h"
#include "cloud/services/cloudformation/resource_types.h"
#include "cloud/services/cloudformation/stack_sets/stack_set.h"
#include "cloud/services/cloudformation/stacks/change_set.h"
#include "cloud/services/cloudformation/stacks/revision.h"
#include "cloud/services/cloudformation/template/python_text.h"
#include "cloud/services/cloudformation/template/transform.h"

namespace trunkline::cloud::cloudformation {
namespace {

Answer<std::string> RevisionIdOf(Context& context, const json::Object& input) {
  if (input.Has("ChangeSetName")) {
    if (!input.Has("StackName") && !input.GetString("ChangeSetName").starts_with("arn:"))
      return ValidationError("StackName is a required parameter.");
    TL_TRY(const Record change_set, FindChangeSet(context, input));
    return std::string(change_set.body.GetString("Revision"));
  }
  const std::string_view name = input.GetString("StackName");
  if (name.empty())
    return ValidationError("StackName is required if ChangeSetName is not specified.");
  TL_TRY(const Record stack, FindStack(context, name));
  return std::string(stack.body.GetString("Revision"));
}

Answer<> GetTemplate(Context& context, const json::Object& input) {
  TL_TRY(const std::string id, RevisionIdOf(context, input));
  const json::Object revision = FindRevision(context, id);
  const bool processed = input.GetString("TemplateStage") == "Processed";
  // A stack in review has none yet; the CDK reads it all the same, to show what would change.
  std::string_view text = revision.GetString("TemplateBody", "{}");
  if (processed) text = revision.GetString("Processed", text);
  json::Array stages{"Original", "Processed"};
  return json::Object{{"TemplateBody", text}, {"StagesAvailable", std::move(stages)}};
}

void AddCapabilities(const Template& document, bool transforms, json::Object& answer) {
  const NeededCapabilities needed = CapabilitiesOf(document);
  json::Array capabilities;
  if (needed.named_iam) {
    capabilities.emplace_back("CAPABILITY_NAMED_IAM");
  } else if (needed.iam) {
    capabilities.emplace_back("CAPABILITY_IAM");
  }
  if (needed.iam) {
    answer.Set("CapabilitiesReason",
               fmt::format("The following resource(s) require capabilities: [{}]",
                           fmt::join(needed.types, ", ")));
  }
  if (transforms) capabilities.emplace_back("CAPABILITY_AUTO_EXPAND");
  if (!capabilities.empty()) answer.Set("Capabilities", std::move(capabilities));
}

// What the input names: a template, or that of a stack.
Answer<std::string> TextOf(Context& context, const json::Object& input) {
  TL_TRY(std::optional<std::string> text, ReadTemplateText(context, input));
  if (text) return std::move(*text);
  if (input.Has("StackName")) {
    TL_TRY(const Record stack, FindStack(context, input.GetString("StackName")));
    if (StatusOf(stack) == "REVIEW_IN_PROGRESS")
      return ValidationError("GetTemplateSummary cannot be called on REVIEW_IN_PROGRESS stacks.");
    return std::string(
        FindRevision(context, stack.body.GetString("Revision")).GetString("TemplateBody"));
  }
  if (input.Has("StackSetName")) {
    TL_TRY(const Record set, FindStackSet(context, input.GetString("StackSetName")));
    return std::string(set.body.GetString("TemplateBody"));
  }
  return ValidationError("Either Template URL or Template Body must be specified.");
}

json::Array IdentifierSummaries(const Template& document) {
  std::map<std::string, json::Array> by_type;
  for (const TemplateResource& resource : document.resources)
    by_type[resource.type].emplace_back(resource.name);
  json::Array made;
  for (auto& [type, names] : by_type) {
    const ResourceType* known = FindResourceType(type);
    if (!known || !known->read) continue;
    json::Array identifiers;
    for (const Property& property : known->properties) {
      // What is also an attribute may be made up by the service: it identifies by something else.
      const bool made_up = std::find(known->attributes.begin(), known->attributes.end(),
                                     property.name) != known->attributes.end();
      if (property.create_only && property.name.ends_with("Name") && !made_up)
        identifiers.emplace_back(property.name);
    }
    json::Object one{{"ResourceType", type}, {"LogicalResourceIds", std::move(names)}};
    if (!identifiers.empty()) one.Set("ResourceIdentifiers", std::move(identifiers));
    made.emplace_back(std::move(one));
  }
  return made;
}

Answer<> GetTemplateSummary(Context& context, const json::Object& input) {
  TL_TRY(const std::string text, TextOf(context, input));
  TL_TRY(const json::Object document, ReadTemplate(text));
  TL_TRY(const Template checked, CheckTemplateText(context, text));
  json::Object answer{{"Parameters", DeclaredParameters(document, true)}};
  AddCapabilities(checked, HasTransforms(document), answer);
  answer.SetIfNotEmpty("Description", document.GetString("Description"));
  answer.SetIfNotEmpty("Version", document.GetString("AWSTemplateFormatVersion"));
  if (const json::Value* metadata = document.Find("Metadata"))
    answer.Set("Metadata", PythonText(*metadata));
  json::Array types;
  for (const TemplateResource& resource : checked.resources) {
    const json::Value type(resource.type);
    if (std::find(types.begin(), types.end(), type) == types.end()) types.push_back(type);
  }
  answer.Set("ResourceTypes", std::move(types));
  if (!input.Has("StackSetName"))
    answer.Set("ResourceIdentifierSummaries", IdentifierSummaries(checked));
  if (const json::Array names = DeclaredTransforms(document); !names.empty())
    answer.Set("DeclaredTransforms", names);
  return answer;
}

Answer<> ValidateTemplate(Context& context, const json::Object& input) {
  TL_TRY(const std::string text, TextOf(context, input));
  TL_TRY(const json::Object document, ReadTemplate(text));
  TL_TRY(const Template checked, CheckTemplateText(context, text));
  json::Object answer{{"Parameters", DeclaredParameters(document, false)}};
  answer.SetIfNotEmpty("Description", document.GetString("Description"));
  AddCapabilities(checked, HasTransforms(document), answer);
  if (const json::Array names = DeclaredTransforms(document); !names.empty())
    answer.Set("DeclaredTransforms", names);
  return answer;
}

// Nothing costs anything here: the answer is the calculator's address, as AWS's is.
Answer<> EstimateTemplateCost(Context& context, const json::Object& input) {
  TL_TRY(const std::string text, TextOf(context, input));
  TL_DO(CheckTemplateText(context, text));
  return json::Object{{"Url", "https://calculator.aws/#/estimate"}};
}

constexpr Operation kOperations[] = {
    {.name = "EstimateTemplateCost", .handle = EstimateTemplateCost},
    {.name = "GetTemplate", .handle = GetTemplate},
    {.name = "GetTemplateSummary", .handle = GetTemplateSummary},
    {.name = "ValidateTemplate", .handle = ValidateTemplate},
};
static_assert(InOrder(kOperations));

}  // namespace

constinit const Family kTemplateOperations = kOperations;

}  // namespace trunkline::cloud::cloudformation
