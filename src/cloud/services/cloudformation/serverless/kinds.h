// The serverless resources, each in a file of its own.
#pragma once

#include <vector>

#include "cloud/services/cloudformation/serverless/document.h"
#include "cloud/services/cloudformation/serverless/rules.h"

namespace trunkline::cloud::cloudformation::serverless {

// A property that templates may refer to: {"Ref": "Function.Alias"} is the resource of that type.
struct Referable {
  std::string_view name;
  std::string_view type;
};

struct Kind {
  std::string_view type;
  std::span<const Rule> rules;
  std::span<const Referable> referable;
  Answer<std::vector<Resource>> (*translate)(Document& document, Source& source) = nullptr;
};

extern const Kind kApiKind;
extern const Kind kApplicationKind;
extern const Kind kConnectorKind;
extern const Kind kFunctionKind;
extern const Kind kHttpApiKind;
extern const Kind kLayerKind;
extern const Kind kStateMachineKind;
extern const Kind kTableKind;

}  // namespace trunkline::cloud::cloudformation::serverless
