// Why a resource would be modified, property by property: the Details of a change.
#pragma once

#include <set>
#include <string>

#include "cloud/services/cloudformation/resource_type.h"
#include "cloud/services/cloudformation/template/template.h"

namespace trunkline::cloud::cloudformation {

inline constexpr std::string_view kKnownAfterApply = "{{changeSet:KNOWN_AFTER_APPLY}}";

struct DetailInput {
  const TemplateResource* resource = nullptr;
  const ResourceType* type = nullptr;
  const json::Object* live = nullptr;    // the resource's record
  const json::Object* before = nullptr;  // the resource in the present template
  json::Object wanted;
  const std::set<std::string, std::less<>>* unknown = nullptr;  // resources made or replaced before
  std::set<std::string, std::less<>> changed_parameters;
  bool retagged = false;
};

struct ResourceDetails {
  json::Array details;
  json::Array scope;
  std::string_view replacement = "False";
};
ResourceDetails MakeDetails(const DetailInput& input);

// {"Properties": ...} as text: BeforeContext, AfterContext.
std::string ContextText(const json::Object& properties);

}  // namespace trunkline::cloud::cloudformation
