// Which properties a serverless resource or an event has, and of which kind they are.
#pragma once

#include <span>
#include <string_view>

#include "base/json.h"
#include "cloud/operation.h"

namespace trunkline::cloud::cloudformation::serverless {

// A property's name and its kinds, one letter each:
//   s text, m map, d map of plain values, l list, b boolean, i whole number, x map of texts to
//   maps, a list of texts and maps, t list of texts, * anything
// A capital R before the kinds: required. A capital F: no function may stand for it.
struct Rule {
  std::string_view name;
  std::string_view kinds;
};

// What is wrong with the properties first: an unknown one, a missing one, one of another kind.
// `id` names the resource, `type` is what the error calls it.
Answer<void> CheckRules(std::span<const Rule> rules, const json::Object& properties,
                        std::string_view id, std::string_view type);

}  // namespace trunkline::cloud::cloudformation::serverless
