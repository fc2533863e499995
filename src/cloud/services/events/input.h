// What a target is given of an event: all of it, a constant, a part, or a template's text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"

namespace trunkline::cloud::events {

// "$", "$.detail.state", "$.resources[0]", "$.detail['a b']": nothing when it leads nowhere.
std::optional<json::Value> Resolve(const json::Object& event, std::string_view path);

// The first <name> of a template that stands for nothing.
std::optional<std::string> UnknownPlaceholder(const json::Object& transformer);

struct RuleNames {
  std::string_view arn;
  std::string_view name;
};
// The text that goes to the target. In a template <name> stands for a value; within quotes for its
// text, elsewhere for its JSON. <aws.events.rule-arn>, .rule-name, .event, .event.json and
// .event.ingestion-time are there by themselves.
std::string InputFor(const json::Object& target, const json::Object& event, const RuleNames& rule,
                     std::string_view ingestion_time);

}  // namespace trunkline::cloud::events
