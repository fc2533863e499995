#include "cloud/services/cloudformation/stacks/change_details.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "base/json_write.h"
#include "cloud/services/cloudformation/stacks/type_checks.h"
#include "cloud/services/cloudformation/template/function.h"
#include "cloud/services/cloudformation/template/references.h"

namespace trunkline::cloud::cloudformation {
namespace {

bool IsUnknown(const json::Value& value) {
  return json::Write(value).find(kKnownAfterApply) != std::string::npos;
}

std::string ShownValue(const json::Value& value) {
  return ScalarText(value).value_or(json::Write(value));
}

// One cause of a property's change.
struct Cause {
  std::string_view source;
  std::string entity;
  bool dynamic = false;
};

Cause ResourceCause(const Reference& reference, bool dynamic) {
  if (!reference.get_attribute)
    return {.source = "ResourceReference", .entity = reference.name, .dynamic = dynamic};
  return {.source = "ResourceAttribute",
          .entity = reference.name + "." + reference.attribute,
          .dynamic = dynamic};
}

// What the property refers to, and what of that changes.
std::vector<Cause> ReferredCauses(const DetailInput& input, const json::Value& expression) {
  std::vector<Cause> causes;
  VisitReferences(expression, nullptr, [&](const Reference& reference) {
    if (input.changed_parameters.contains(reference.name)) {
      causes.push_back({.source = "ParameterReference", .entity = reference.name});
    } else if (input.unknown->contains(reference.name)) {
      causes.push_back(ResourceCause(reference, input.perhaps->contains(reference.name)));
    } else if (!input.values && reference.get_attribute &&
               input.modified->contains(reference.name)) {
      causes.push_back(ResourceCause(reference, true));
    }
  });
  return causes;
}

bool IsRewritten(const DetailInput& input, std::string_view name) {
  const json::Value* expression = input.resource->properties.Find(name);
  const json::Value* before = input.before->GetObject("Properties").Find(name);
  return (!before != !expression) || (before && !(*before == *expression));
}

struct Changed {
  std::string_view name;
  const json::Value* before = nullptr;
  const json::Value* after = nullptr;
};

json::Object TargetOf(const Changed& changed, std::string_view recreation) {
  const bool tags = changed.name == "Tags";
  json::Object target{{"Attribute", tags ? "Tags" : "Properties"}};
  if (!tags) target.Set("Name", changed.name);
  target.Set("RequiresRecreation", recreation);
  target.Set("Path", fmt::format("/Properties/{}", changed.name));
  if (changed.before) target.Set("BeforeValue", ShownValue(*changed.before));
  if (changed.after) target.Set("AfterValue", ShownValue(*changed.after));
  target.Set("AttributeChangeType", !changed.before ? "Add" : changed.after ? "Modify" : "Remove");
  return target;
}

void AddScope(json::Array& scope, std::string_view name) {
  const json::Value value(name);
  if (std::find(scope.begin(), scope.end(), value) == scope.end()) scope.push_back(value);
}

std::vector<Cause> CausesOf(const DetailInput& input, const Changed& changed, bool differs) {
  const json::Value* expression = input.resource->properties.Find(changed.name);
  std::vector<Cause> causes;
  if (expression) causes = ReferredCauses(input, *expression);
  if (!differs) {
    std::erase_if(causes, [](const Cause& cause) { return cause.source == "ParameterReference"; });
    return causes;
  }
  // What is known only later is no modification of its own, unless values are compared.
  const bool known = !changed.after || !IsUnknown(*changed.after);
  if (input.values || known || causes.empty() || IsRewritten(input, changed.name)) {
    const bool dynamic = !causes.empty();
    causes.push_back({.source = "DirectModification", .entity = {}, .dynamic = dynamic});
  }
  return causes;
}

void AddProperty(const DetailInput& input, const Changed& changed, bool differs,
                 ResourceDetails& made) {
  const std::vector<Cause> causes = CausesOf(input, changed, differs);
  if (causes.empty()) return;
  const Property* property = FindProperty(*input.type, changed.name);
  const bool recreates = (property && property->create_only) || !input.type->update;
  const std::string_view recreation = recreates ? "Always" : "Never";
  AddScope(made.scope, changed.name == "Tags" ? "Tags" : "Properties");
  for (const Cause& cause : causes) {
    if (recreates && !cause.dynamic) made.replacement = "True";
    if (recreates && made.replacement == "False") made.replacement = "Conditional";
    json::Object detail{{"Target", TargetOf(changed, recreation)},
                        {"Evaluation", cause.dynamic ? "Dynamic" : "Static"},
                        {"ChangeSource", cause.source}};
    detail.SetIfNotEmpty("CausingEntity", cause.entity);
    made.details.emplace_back(std::move(detail));
  }
}

void AddAttribute(std::string_view attribute, ResourceDetails& made) {
  AddScope(made.scope, attribute);
  json::Object target{{"Attribute", attribute}, {"RequiresRecreation", "Never"}};
  made.details.emplace_back(json::Object{{"Target", std::move(target)},
                                         {"Evaluation", "Static"},
                                         {"ChangeSource", "DirectModification"}});
}

bool PolicyChanged(const json::Value& declared, std::string_view live) {
  if (!declared.IsString()) return declared.IsNull() && !live.empty();
  return declared.AsString() != live;
}

}  // namespace

ResourceDetails MakeDetails(const DetailInput& input) {
  ResourceDetails made;
  const json::Object& live = input.live->GetObject("Properties");
  const auto look = [&](std::string_view name) {
    const Changed changed{
        .name = name, .before = live.Find(name), .after = input.wanted.Find(name)};
    const bool same = changed.before && changed.after && *changed.before == *changed.after;
    AddProperty(input, changed, !same, made);
  };
  for (const json::Member& member : live) look(member.key);
  for (const json::Member& member : input.wanted) {
    if (!live.Has(member.key)) look(member.key);
  }
  if (input.retagged) AddAttribute("Tags", made);
  const json::Value* metadata = input.before->Find("Metadata");
  const bool has_metadata = !input.resource->metadata.IsNull();
  if ((metadata != nullptr) != has_metadata ||
      (metadata && !(*metadata == input.resource->metadata)))
    AddAttribute("Metadata", made);
  if (PolicyChanged(input.resource->deletion_policy, input.live->GetString("DeletionPolicy")))
    AddAttribute("DeletionPolicy", made);
  if (PolicyChanged(input.resource->update_replace_policy,
                    input.live->GetString("UpdateReplacePolicy")))
    AddAttribute("UpdateReplacePolicy", made);
  return made;
}

std::string ContextText(const json::Object& properties) {
  return json::Write(json::Value(json::Object{{"Properties", properties}}));
}

}  // namespace trunkline::cloud::cloudformation
