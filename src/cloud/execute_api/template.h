// Mapping templates of REST APIs: the Velocity language as API Gateway has it.
//
// Understood: references ($x, ${x}, $!x, with properties, indices and the methods of
// template_methods.cpp), #set, #if, #elseif, #else, #foreach, #break, #stop, comments, strings with
// references in them, lists, maps, ranges, arithmetic, comparisons, && || !. $input, $context,
// $stageVariables and $util are API Gateway's own. Macros, #include, #parse, #define and #evaluate
// are refused when the template is put. Bounds: 300 KB of template (documented), 10 MB of text,
// 50,000 steps, 50 levels.
//
// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"
#include "base/result.h"
#include "cloud/execute_api/call.h"

namespace trunkline::cloud::execute_api {

// Whether it can be read; the message says what cannot, and in which line.
Result<void> CheckTemplate(std::string_view text);

struct TemplateWorld {
  const ApiCall* call = nullptr;
  std::string body;  // of $input: the request's, or the integration's answer
  // out: what stood in $context.responseOverride and $context.requestOverride at the end
  json::Object response_override;
  json::Object request_override;
};
Result<std::string> RenderTemplate(std::string_view text, TemplateWorld& world);

}  // namespace trunkline::cloud::execute_api
