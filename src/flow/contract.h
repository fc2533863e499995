// The contract of a module: what its callers give and get. It stands beside the content, as
// "Settings" of the wrapper or of describe-contact-flow-module (a JSON object, or that as a
// string):
//
//   {"input": {"schema": {...}}, "resultData": {"schema": {...}},
//    "transitions": {"results": [{"name": "known", "description": "..."}]}}
//
// with JSON schemas of draft 4. The Settings inside the content are the same in every module and
// say nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "flow/document.h"

namespace trunkline::flow {

struct ContractMember {
  std::string key;
  std::string type;  // "string", "number", ...; empty when the schema does not say
  bool required = false;
};

struct ModuleContract {
  std::vector<ContractMember> input;
  std::vector<ContractMember> data;  // what is returned beside the result
  std::vector<std::string> results;  // the names of the branches
  bool has_input = false;            // there is a schema: keys that it lacks are refused
  bool has_data = false;
  bool has_results = false;
};

// Nothing when the file has none, or an empty one.
std::optional<ModuleContract> ReadContract(const Document& document);

const ContractMember* FindMember(const std::vector<ContractMember>& members, std::string_view key);
std::vector<std::string> NamesOf(const std::vector<ContractMember>& members);

// Whether a schema's type takes a value of this JSON: "integer" takes numbers without a fraction,
// an empty type everything.
bool TakesJson(std::string_view type, const json::Value& value);

}  // namespace trunkline::flow
