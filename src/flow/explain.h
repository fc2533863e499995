// The reference page of an action type: what the catalogue's row says, in words, with the notes of
// flow/explain/notes.h. `trunkline flow explain` prints it.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "flow/catalogue.h"

namespace trunkline::flow {

// Something with a name, and sentences about it.
struct ExplainedItem {
  std::string name;                // "Media.Uri", "InputTimeLimitExceeded"
  std::string need;                // "required", "optional"
  std::vector<std::string> facts;  // "whole number from 1 to 180", "only when 'X' is there"
};

struct ExplainedSection {
  std::string title;               // "Parameters", "Conditions", "Errors"
  std::vector<std::string> facts;  // about all of them: "none", "exactly one of 'Text', 'SSML'"
  std::vector<ExplainedItem> items;
};

struct ActionPage {
  std::string type;
  std::string summary;
  std::vector<std::pair<std::string, std::string>> properties;  // {"flow types", "CONTACT_FLOW"}
  std::vector<ExplainedSection> sections;
};

ActionPage ExplainAction(const ActionKind& kind);
std::string ToText(const ActionPage& page);
std::string ToMarkdown(const ActionPage& page);
// The row as data: parameters and members nested, numbers as numbers.
json::Object ToJson(const ActionKind& kind);

// Every type by family, with its blocks.
std::string ActionListAsText();
std::string ActionListAsMarkdown();
json::Object ActionListAsJson();

// What a name stands for: an action type, a block of the console (which may be several types; what
// is in parentheses at its end may be left out), or a lint rule, by name or code.
struct LintRule;
struct Explained {
  std::vector<const ActionKind*> kinds;
  const LintRule* rule = nullptr;
};
// Whatever the case. An unknown name is an error that has the nearest ones.
Result<Explained> FindExplained(std::string_view name);

}  // namespace trunkline::flow
