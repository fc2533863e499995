// A stack's parameters: from what the caller gives, what the stack had, and the defaults.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "cloud/operation.h"

namespace trunkline::cloud::cloudformation {

struct ParameterValues {
  // [{ParameterKey, ParameterValue, ResolvedValue?, NoEcho?}]: as they are kept. A default is a
  // parameter of the stack like a given one.
  json::Array kept;
  json::Object values;   // by name: a text, or a list of texts: what Ref gives
  bool no_echo = false;  // one of them must not be shown
};

struct ParameterSources {
  const json::Array* given =
      nullptr;  // as in CreateStack: ParameterKey, ParameterValue, UsePreviousValue
  const json::Array* previous = nullptr;  // as kept by the stack; null: a new stack
  // The value of an SSM parameter; null: its name stands for it (a template's summary).
  std::function<Answer<std::string>(std::string_view name)> read_ssm;
  std::string_view known_later;  // what stands in values that are known only later; empty: none are
};

// `document` need not be expanded: only its section Parameters counts.
Answer<ParameterValues> ResolveParameters(const json::Object& document,
                                          const ParameterSources& sources);

// The same of what was kept: nothing is checked, read or defaulted again.
Answer<ParameterValues> RestoreParameters(const json::Object& document, const json::Array& kept);

// As DescribeStacks shows them: "****" for NoEcho.
json::Array ShownParameters(const json::Array& kept);
// The values with "****" for NoEcho: for what is shown of evaluated properties.
json::Object MaskedValues(const ParameterValues& parameters);

// As ParameterDeclaration of GetTemplateSummary, and TemplateParameter of ValidateTemplate.
json::Array DeclaredParameters(const json::Object& document, bool summary);

}  // namespace trunkline::cloud::cloudformation
