#include "cloud/services/cloudformation/template/template.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cloud/services/cloudformation/template/read.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr std::array<std::string_view, 11> kSections = {"AWSTemplateFormatVersion",
                                                        "Conditions",
                                                        "Description",
                                                        "Globals",
                                                        "Hooks",
                                                        "Mappings",
                                                        "Metadata",
                                                        "Outputs",
                                                        "Parameters",
                                                        "Resources",
                                                        "Transform"};
constexpr std::array<std::string_view, 10> kResourceMembers = {
    "Condition", "CreationPolicy", "DeletionPolicy", "DependsOn",    "Description",
    "Metadata",  "Properties",     "Type",           "UpdatePolicy", "UpdateReplacePolicy"};

ServiceError FormatError(std::string_view what) {
  return ValidationError(fmt::format("Template format error: {}", what));
}

bool IsAlphanumeric(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  });
}

Answer<void> CheckNoNull(const json::Value& value, const std::string& path) {
  if (value.IsNull())
    return ValidationError(fmt::format("[{}] 'null' values are not allowed in templates", path));
  if (value.IsArray()) {
    std::size_t index = 0;
    for (const json::Value& item : value.AsArray())
      TL_DO(CheckNoNull(item, fmt::format("{}/{}", path, index++)));
  } else if (value.IsObject()) {
    for (const json::Member& member : value.AsObject())
      TL_DO(CheckNoNull(member.value, path + "/" + member.key));
  }
  return {};
}

Answer<void> CheckHead(const json::Object& document) {
  std::vector<std::string> unknown;
  for (const json::Member& member : document) {
    if (member.key != "Rules" &&
        std::find(kSections.begin(), kSections.end(), member.key) == kSections.end())
      unknown.push_back(member.key);
  }
  if (!unknown.empty()) {
    return ValidationError(
        fmt::format("Invalid template property or properties [{}]", fmt::join(unknown, ", ")));
  }
  if (const json::Value* version = document.Find("AWSTemplateFormatVersion")) {
    const std::string_view text = document.GetString("AWSTemplateFormatVersion");
    if (!version->IsString() || text != "2010-09-09")
      return FormatError(
          fmt::format("{} is not a supported value for AWSTemplateFormatVersion.", text));
  }
  const json::Value* description = document.Find("Description");
  if (description && !description->IsString())
    return FormatError("[/Description] expected a string");
  if (document.GetString("Description").size() > kMaxDescription)
    return FormatError("'Description' length is greater than 1024.");
  return {};
}

struct CountedSection {
  std::string_view name;
  std::size_t limit;
};
constexpr CountedSection kCounted[] = {{"Conditions", 500},          {"Mappings", kMaxMappings},
                                       {"Outputs", kMaxOutputs},     {"Parameters", kMaxParameters},
                                       {"Resources", kMaxResources}, {"Rules", 200}};

Answer<void> CheckSections(const json::Object& document) {
  for (const CountedSection& section : kCounted) {
    const json::Value* value = document.Find(section.name);
    if (!value) continue;
    if (!value->IsObject())
      return FormatError(fmt::format("[/{}] '{}' must be an object", section.name, section.name));
    if (value->AsObject().size() > section.limit) {
      return FormatError(fmt::format("Number of {}, {}, is greater than maximum allowed, {}",
                                     section.name, value->AsObject().size(), section.limit));
    }
    for (const json::Member& member : value->AsObject()) {
      if (member.key.size() > kMaxNameLength)
        return FormatError(fmt::format("Name of {} is longer than 255 characters", section.name));
      if (section.name == "Resources" && !member.value.IsObject())
        return FormatError("Any Resources member must be an object.");
      if (section.name != "Rules" && section.name != "Conditions" && !member.value.IsObject()) {
        return FormatError(fmt::format("[/{}/{}] expected an object", section.name, member.key));
      }
    }
  }
  return {};
}

Answer<void> CheckMappings(const json::Object& mappings) {
  for (const json::Member& mapping : mappings) {
    if (mapping.value.AsObject().size() > kMaxMappingAttributes) {
      return FormatError(fmt::format("Mapping {} has more than {} attributes", mapping.key,
                                     kMaxMappingAttributes));
    }
    for (const json::Member& top : mapping.value.AsObject()) {
      if (!top.value.IsObject())
        return FormatError(fmt::format("Every Mappings member {} must be a map", top.key));
      for (const json::Member& leaf : top.value.AsObject()) {
        if (leaf.value.IsObject())
          return FormatError("Every Mappings attribute must be a String or a List.");
      }
    }
  }
  return {};
}

Answer<void> ReadDependsOn(const json::Value& value, TemplateResource& resource) {
  if (value.IsString()) {
    resource.depends_on.push_back(value.AsString());
    return {};
  }
  if (value.IsArray()) {
    for (const json::Value& item : value.AsArray()) {
      if (!item.IsString()) return FormatError("DependsOn must be a string or list of strings.");
      resource.depends_on.push_back(item.AsString());
    }
    return {};
  }
  return FormatError("DependsOn must be a string or list of strings.");
}

Answer<void> CheckPolicy(const TemplateResource& resource, std::string_view member,
                         const json::Value& policy, bool with_create) {
  if (!policy.IsString()) return {};
  const std::string& text = policy.AsString();
  if (text == "Delete" || text == "Retain" || text == "Snapshot") return {};
  if (with_create && text == "RetainExceptOnCreate") return {};
  return FormatError(
      fmt::format("Unrecognized {} {} for resource {}", member, text, resource.name));
}

Answer<TemplateResource> ReadResource(const std::string& name, const json::Object& body) {
  TemplateResource resource;
  resource.name = name;
  if (!IsAlphanumeric(name))
    return FormatError(fmt::format("Resource name {} is non alphanumeric.", name));
  for (const json::Member& member : body) {
    if (std::find(kResourceMembers.begin(), kResourceMembers.end(), member.key) ==
        kResourceMembers.end())
      return ValidationError(fmt::format("Invalid template resource property '{}'", member.key));
  }
  resource.type = body.GetString("Type");
  if (resource.type.empty()) {
    return FormatError(
        fmt::format("[/Resources/{}] Every Resources object must contain a Type member.", name));
  }
  if (const json::Value* properties = body.Find("Properties")) {
    if (!properties->IsObject())
      return FormatError(
          fmt::format("[/Resources/{}/Properties] Properties must be an object", name));
    resource.properties = properties->AsObject();
  }
  resource.condition = body.GetString("Condition");
  if (const json::Value* depends = body.Find("DependsOn")) TL_DO(ReadDependsOn(*depends, resource));
  for (auto [member, slot] : {std::pair("DeletionPolicy", &resource.deletion_policy),
                              std::pair("UpdateReplacePolicy", &resource.update_replace_policy),
                              std::pair("Metadata", &resource.metadata),
                              std::pair("CreationPolicy", &resource.creation_policy)}) {
    if (const json::Value* value = body.Find(member)) *slot = *value;
  }
  TL_DO(CheckPolicy(resource, "DeletionPolicy", resource.deletion_policy, true));
  TL_DO(CheckPolicy(resource, "UpdateReplacePolicy", resource.update_replace_policy, false));
  return resource;
}

}  // namespace

const TemplateResource* Template::Find(std::string_view resource) const {
  const auto found =
      std::find_if(resources.begin(), resources.end(),
                   [&](const TemplateResource& one) { return one.name == resource; });
  return found == resources.end() ? nullptr : &*found;
}

bool Template::Uses(std::string_view transform) const {
  const std::vector<json::Value> all = TransformsOf(document);
  return std::any_of(all.begin(), all.end(), [&](const json::Value& one) {
    return one.IsString() && one.AsString() == transform;
  });
}

std::vector<json::Value> TransformsOf(const json::Object& document) {
  const json::Value* section = document.Find("Transform");
  if (!section) return {};
  if (section->IsArray()) return section->AsArray();
  return {*section};
}

Answer<Template> MakeTemplate(json::Object document) {
  TL_DO(CheckHead(document));
  for (const json::Member& member : document) TL_DO(CheckNoNull(member.value, "/" + member.key));
  TL_DO(CheckSections(document));
  TL_DO(CheckMappings(document.GetObject("Mappings")));
  if (document.GetObject("Resources").empty())
    return FormatError("At least one Resources member must be defined.");
  Template made;
  for (const json::Member& member : document.GetObject("Resources")) {
    TL_TRY(TemplateResource resource, ReadResource(member.key, member.value.AsObject()));
    made.resources.push_back(std::move(resource));
  }
  made.document = std::move(document);
  return made;
}

}  // namespace trunkline::cloud::cloudformation
