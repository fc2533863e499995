#include "cloud/services/cloudformation/stacks/nested_input.h"

#include <vector>

#include <fmt/format.h>

#include "base/text.h"
#include "cloud/services/cloudformation/template/function.h"
#include "cloud/tag_list.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr std::size_t kNamePart = 40;  // of the parent's and the resource's names

std::string ParameterText(const json::Value& value) {
  if (!value.IsArray()) return ScalarText(value).value_or("");
  std::vector<std::string> parts;
  for (const json::Value& item : value.AsArray()) parts.push_back(ScalarText(item).value_or(""));
  return Join(parts, ",");
}

// The stack's own tags go on to the nested one; those of CloudFormation are its own.
json::Array NestedTags(const json::Array& stack_tags, const json::Array& own) {
  json::Array tags;
  for (const json::Value& tag : stack_tags) {
    if (!tag.AsObject().GetString("Key").starts_with("aws:")) tags.push_back(tag);
  }
  MergeTags(tags, own);
  return tags;
}

}  // namespace

json::Object NestedStackInput(const json::Object& properties, const json::Array& stack_tags) {
  json::Array parameters;
  for (const json::Member& member : properties.GetObject("Parameters")) {
    parameters.emplace_back(json::Object{{"ParameterKey", member.key},
                                         {"ParameterValue", ParameterText(member.value)}});
  }
  json::Object input{{"TemplateURL", properties.GetString("TemplateURL")},
                     {"Parameters", std::move(parameters)},
                     {"Tags", NestedTags(stack_tags, properties.GetArray("Tags"))}};
  if (const json::Value* topics = properties.Find("NotificationARNs"))
    input.Set("NotificationARNs", *topics);
  return input;
}

std::string NestedStackName(std::string_view stack_name, std::string_view logical_id,
                            std::string_view unique) {
  return fmt::format("{}-{}-{}", stack_name.substr(0, kNamePart), logical_id.substr(0, kNamePart),
                     unique);
}

}  // namespace trunkline::cloud::cloudformation
