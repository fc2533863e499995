// Dynamic references: {{resolve:ssm:name:1}}, {{resolve:secretsmanager:id:SecretString:key}}.
//
// They are resolved when a resource is made, and never written down: what the stack keeps and
// compares is the reference.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "cloud/operation.h"

namespace trunkline::cloud::cloudformation {

struct DynamicReference {
  std::string service;  // "ssm", "ssm-secure", "secretsmanager"
  std::string name;     // of the parameter with its version, or the secret's id
  std::string json_key;
  std::string stage;
  std::string version;
};

using ResolveDynamic = std::function<Answer<std::string>(const DynamicReference& reference)>;

bool HasDynamicReferences(const json::Value& value);
// The value with every reference in its texts replaced. More than 60 of them, or one that is not
// understood, is an error.
Answer<json::Value> ReplaceDynamicReferences(const json::Value& value,
                                             const ResolveDynamic& resolve);

}  // namespace trunkline::cloud::cloudformation
