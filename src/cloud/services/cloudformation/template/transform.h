// Transforms: AWS::LanguageExtensions' loops, AWS::Include, AWS::Serverless-2016-10-31, and macros,
// each on a document that is not checked yet.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "cloud/operation.h"
#include "cloud/services/cloudformation/template/evaluate.h"

namespace trunkline::cloud::cloudformation {

// A member of the errors that a transform made, not the template around it.
inline constexpr std::string_view kTransformFailed = "TransformFailed";

// A transform that is not CloudFormation's own.
struct MacroCall {
  std::string name;
  json::Object parameters;
  json::Value fragment;  // what is transformed: the document, or the object around Fn::Transform
};

struct TransformWorld {
  const Scope* scope = nullptr;  // parameters and pseudo parameters; no resources
  std::function<Answer<std::string>(std::string_view location)> read_include;
  std::function<Answer<json::Value>(const MacroCall& call)> call_macro;
  std::string moment;  // the time, as a text: for APIs that are always deployed anew
};

// Whether the document has any transform at all.
bool HasTransforms(const json::Object& document);
// The transforms' names, as GetTemplateSummary declares them.
json::Array DeclaredTransforms(const json::Object& document);

Answer<json::Object> ExpandTransforms(json::Object document, const TransformWorld& world);

// Writes out Fn::ForEach wherever it stands. For ExpandTransforms.
Answer<json::Object> ExpandLoops(const json::Object& document, const Scope& scope);

}  // namespace trunkline::cloud::cloudformation
