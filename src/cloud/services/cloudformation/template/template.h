// Template: a document whose structure is known to be sound. No function is evaluated yet.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "cloud/operation.h"

namespace trunkline::cloud::cloudformation {

// Quotas of a template (CloudFormation quotas, user guide).
inline constexpr std::size_t kInlineTemplateSize = 51'200;
inline constexpr std::size_t kStoredTemplateSize = 1'000'000;
inline constexpr std::size_t kMaxResources = 500;
inline constexpr std::size_t kMaxParameters = 200;
inline constexpr std::size_t kMaxOutputs = 200;
inline constexpr std::size_t kMaxMappings = 200;
inline constexpr std::size_t kMaxMappingAttributes = 200;
inline constexpr std::size_t kMaxDescription = 1024;
inline constexpr std::size_t kMaxNameLength = 255;

struct TemplateResource {
  std::string name;
  std::string type;
  json::Object properties;
  std::string condition;  // empty: always
  std::vector<std::string> depends_on;
  json::Value deletion_policy;  // null: the default
  json::Value update_replace_policy;
  json::Value metadata;         // null: none
  json::Value creation_policy;  // null: none
};

struct Template {
  json::Object document;
  std::vector<TemplateResource> resources;  // in the document's order

  const json::Object& Section(std::string_view name) const { return document.GetObject(name); }
  const TemplateResource* Find(std::string_view resource) const;
  // Whether the transform stands in the section Transform.
  bool Uses(std::string_view transform) const;
};

inline constexpr std::string_view kLanguageExtensions = "AWS::LanguageExtensions";

// The transforms a document names in its section Transform, in order.
std::vector<json::Value> TransformsOf(const json::Object& document);

// Checks sections, names, counts and the form of each resource; all transforms are done.
Answer<Template> MakeTemplate(json::Object document);

}  // namespace trunkline::cloud::cloudformation
