#include "cloud/services/stepfunctions/variables.h"

#include <algorithm>
#include <set>
#include <string>

#include "base/json_read.h"
#include "cloud/services/stepfunctions/jsonata/builtins.h"
#include "cloud/services/stepfunctions/jsonata/references.h"
#include "cloud/services/stepfunctions/machine.h"
#include "cloud/services/stepfunctions/payload.h"

namespace trunkline::cloud::stepfunctions {
namespace {

using Names = std::set<std::string>;

bool IsNameCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// "$name", in a path or an intrinsic function.
void AddNames(std::string_view text, Names& names) {
  for (std::size_t at = text.find('$'); at != std::string_view::npos; at = text.find('$', at + 1)) {
    if (text.substr(at, 2) == "$$") {
      ++at;
      continue;
    }
    std::size_t end = at + 1;
    while (end < text.size() && IsNameCharacter(text[end])) ++end;
    if (end > at + 1) names.emplace(text.substr(at + 1, end - at - 1));
  }
}

// What an expression takes from outside: neither its own variables nor functions nor $states.
void AddFree(std::string_view expression, Names& names) {
  const auto parsed = jsonata::Parse(expression);
  if (!parsed) return;
  const jsonata::References references = jsonata::ReferencesOf(*parsed);
  for (const std::string& name : references.variables) {
    const bool own = std::ranges::find(references.bound, name) != references.bound.end();
    if (!own && name != "$" && name != "states" && !jsonata::FindBuiltin(name)) names.insert(name);
  }
}

void Collect(const json::Value& value, std::string_view key, Names& names) {
  if (value.IsString()) {
    const std::string& text = value.AsString();
    if (IsExpression(value)) {
      AddFree(ExpressionOf(text), names);
    } else if (key.ends_with(".$") || key.ends_with("Path") || key == "Variable") {
      AddNames(text, names);
    }
  } else if (value.IsArray()) {
    for (const json::Value& item : value.AsArray()) Collect(item, key, names);
  } else if (value.IsObject()) {
    for (const auto& member : value.AsObject()) {
      if (member.key != "States") Collect(member.value, member.key, names);
    }
  }
}

void CollectStates(const json::Object& graph, json::Object& found, int depth) {
  constexpr int kDeepest = 20;
  if (depth > kDeepest) return;
  for (const auto& member : graph.GetObject("States")) {
    Names names;
    Collect(member.value, "", names);
    if (!names.empty()) found.Set(member.key, json::Array(names.begin(), names.end()));
    if (!member.value.IsObject()) continue;
    for (const InnerGraph& inner : InnerGraphs(member.value.AsObject()))
      CollectStates(*inner.graph, found, depth + 1);
  }
}

}  // namespace

json::Object VariableReferences(std::string_view definition) {
  json::Object found;
  const auto parsed = json::Parse(definition);
  if (parsed && parsed->IsObject()) CollectStates(parsed->AsObject(), found, 0);
  return found;
}

}  // namespace trunkline::cloud::stepfunctions
