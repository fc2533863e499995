// Validate: what is wrong with a definition, as ValidateStateMachineDefinition tells it and
// CreateStateMachine refuses it.
//
// Codes and most texts are Step Functions' own; where they are not published, ours say the same.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace trunkline::cloud::stepfunctions {

struct Diagnostic {
  std::string severity = "ERROR";  // or "WARNING"
  std::string code;                // "SCHEMA_VALIDATION_FAILED"
  std::string message;
  std::string location = {};  // "/States/Wait/Next"; empty: none
};

std::vector<Diagnostic> Validate(std::string_view definition, bool express);

// "SCHEMA_VALIDATION_FAILED: These fields are required: [States] at /", one after the other; empty
// when there is no error among them.
std::string JoinErrors(const std::vector<Diagnostic>& diagnostics);

// A state alone, as TestState takes it.
std::vector<Diagnostic> ValidateState(const json::Value& state);

// Why a text is no JSON, in the words of the library Step Functions reads it with; the place is
// "line: 1, column: 4".
struct JsonFault {
  std::string message;
  std::string place;
};
JsonFault ExplainJson(std::string_view text);

}  // namespace trunkline::cloud::stepfunctions
