#include "cloud/services/cloudformation/stacks/type_checks.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cloud/services/cloudformation/resource_types.h"
#include "cloud/services/cloudformation/template/functions.h"
#include "cloud/services/cloudformation/template/read.h"
#include "cloud/services/cloudformation/template/references.h"

namespace trunkline::cloud::cloudformation {
namespace {

bool HasAttribute(const ResourceType& type, std::string_view attribute) {
  return type.open || FindProperty(type, attribute) ||
         std::find(type.attributes.begin(), type.attributes.end(), attribute) !=
             type.attributes.end();
}

Answer<void> CheckAttributes(const Template& document, const json::Value& value) {
  std::string problem;
  VisitReferences(value, nullptr, [&](const Reference& reference) {
    if (reference.attribute.empty()) return;
    const TemplateResource* resource = document.Find(reference.name);
    const ResourceType* type = resource ? FindResourceType(resource->type) : nullptr;
    if (type && !HasAttribute(*type, reference.attribute)) {
      problem = fmt::format("resource {} does not support attribute type {} in Fn::GetAtt",
                            reference.name, reference.attribute);
    }
  });
  if (problem.empty()) return {};
  return TemplateError(problem);
}

}  // namespace

Answer<void> CheckTypes(const Template& document) {
  std::set<std::string> unknown;
  std::vector<std::string> named;
  for (const TemplateResource& resource : document.resources) {
    if (FindResourceType(resource.type)) continue;
    unknown.insert(resource.type);
    named.push_back(fmt::format("{} ({})", resource.name, resource.type));
  }
  // AWS's words, and all of the template that this cloud cannot make.
  if (!unknown.empty()) {
    return ValidationError(
        fmt::format("Template format error: Unrecognized resource types: [{}]. Resources of types "
                    "that this cloud does not have: {}",
                    fmt::join(unknown, ", "), fmt::join(named, ", ")));
  }
  for (const TemplateResource& resource : document.resources)
    TL_DO(CheckAttributes(document, json::Value(resource.properties)));
  return CheckAttributes(document, json::Value(document.Section("Outputs")));
}

const Property* FindProperty(const ResourceType& type, std::string_view name) {
  const auto found = std::find_if(type.properties.begin(), type.properties.end(),
                                  [&](const Property& one) { return one.name == name; });
  return found == type.properties.end() ? nullptr : &*found;
}

Answer<void> CheckProperties(const ResourceType& type, std::string_view logical_id,
                             const json::Object& properties) {
  std::string problem;
  for (const json::Member& member : properties) {
    if (!type.open && !FindProperty(type, member.key))
      problem = fmt::format("#: extraneous key [{}] is not permitted", member.key);
  }
  for (const Property& property : type.properties) {
    if (property.required && !properties.Has(property.name))
      problem = fmt::format("#: required key [{}] not found", property.name);
  }
  if (problem.empty()) return {};
  return ValidationError(fmt::format(
      "Properties validation failed for resource {} with message: {}", logical_id, problem));
}

}  // namespace trunkline::cloud::cloudformation
