// The ACME center, as `trunkline init` writes it, and looks into templates made of it.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "center/center.h"
#include "stacks/template.h"

namespace trunkline::stacks {

center::Center Acme();

const center::Environment& EnvironmentOf(const center::Center& center, std::string_view name);

// Properties of a resource; a missing one ends the test program.
const json::Object& PropertiesOf(const json::Value& document, std::string_view logical_id);
// The inline policy of a role, as one line of JSON.
std::string PolicyOf(const json::Value& document, std::string_view role);
std::vector<std::string> NamesOf(const json::Array& objects);  // of their members "Name"

// Every statement of every policy in a template: (where, statement).
struct FoundStatement {
  std::string where;
  json::Object statement;
  bool of_resource = false;  // of a key's or a bucket's policy: "*" is the thing itself
};
std::vector<FoundStatement> StatementsOf(const json::Value& document);

}  // namespace trunkline::stacks
