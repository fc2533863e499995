// Why a resource would be modified, property by property: the Details of a change.
//
// A change set is shown in two ways, and they differ in more than the values (seen in recordings of
// the service). Without values it also names what might change: an attribute of a resource that is
// updated in place. With values (IncludePropertyValues) everything is compared, and only what
// differs is named.
#pragma once

#include <set>
#include <string>

#include "cloud/services/cloudformation/resource_type.h"
#include "cloud/services/cloudformation/template/template.h"

namespace trunkline::cloud::cloudformation {

inline constexpr std::string_view kKnownAfterApply = "{{changeSet:KNOWN_AFTER_APPLY}}";

using Names = std::set<std::string, std::less<>>;

struct DetailInput {
  const TemplateResource* resource = nullptr;
  const ResourceType* type = nullptr;
  const json::Object* live = nullptr;    // the resource's record
  const json::Object* before = nullptr;  // the resource in the present template
  json::Object wanted;
  const Names* unknown = nullptr;   // resources made or replaced before
  const Names* perhaps = nullptr;   // those of them that may be replaced, or may not
  const Names* modified = nullptr;  // resources that are updated in place
  Names changed_parameters;
  bool retagged = false;
  bool values = false;  // as shown with property values
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
