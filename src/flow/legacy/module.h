// A typed view of a legacy export's modules, read from its JSON.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/finding.h"
#include "base/json.h"
#include "flow/document.h"

namespace trunkline::flow {

struct LegacyParameter {
  std::string name;      // "Text"; may repeat: "Attribute", "Parameter", "Track"
  std::string value;     // numbers and booleans as text; empty for null
  std::string key;       // of an entry of a list
  std::string space;     // "User Defined", "System", ...; empty: `value` is literal
  std::string resource;  // what the console calls the resource that `value` is the ARN of
  std::uint32_t offset = 0;
};

struct LegacyBranch {
  std::string condition;  // "Success", "Evaluate", ...
  std::string op;         // "Equals"; of Evaluate and CheckQueueTime
  std::string operand;
  std::string target;  // empty: leads nowhere
  std::uint32_t offset = 0;
};

struct LegacyModule {
  std::string id;
  std::string type;    // "Transfer"
  std::string target;  // "Queue"; empty for most types
  std::vector<LegacyParameter> parameters;
  std::vector<LegacyBranch> branches;
  json::Object metadata;
  std::uint32_t offset = 0;
};

// Reports members of another type than they should have (TL-F501, an error), and members nobody
// knows (TL-F505).
std::vector<LegacyModule> ReadLegacyModules(const Document& legacy, Findings& findings);

}  // namespace trunkline::flow
