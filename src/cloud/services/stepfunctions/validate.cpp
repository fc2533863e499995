// The shape of a machine: its graphs, that every state is there and can be reached.
#include "cloud/services/stepfunctions/validate.h"

#include <algorithm>
#include <array>

#include "base/json_read.h"
#include "base/text.h"
#include "cloud/services/stepfunctions/checker.h"

namespace trunkline::cloud::stepfunctions {
namespace {

constexpr int kDeepest = 20;
constexpr std::size_t kLongestName = 80;

struct Target {
  std::string name;
  std::string field;     // "Next", "Default"
  std::string location;  // of the field
};

void AddTarget(const json::Object& object, std::string_view field, const std::string& location,
               std::vector<Target>& targets) {
  const json::Value* name = object.Find(field);
  if (!name || !name->IsString()) return;
  targets.push_back({.name = name->AsString(),
                     .field = std::string(field),
                     .location = fmt::format("{}/{}", location, field)});
}

std::vector<Target> TargetsOf(const json::Object& state, const std::string& location) {
  std::vector<Target> targets;
  AddTarget(state, "Next", location, targets);
  AddTarget(state, "Default", location, targets);
  for (const std::string_view list : {"Choices", "Catch"}) {
    const json::Array& items = state.GetArray(list);
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (!items[i].IsObject()) continue;
      AddTarget(items[i].AsObject(), "Next", fmt::format("{}/{}[{}]", location, list, i), targets);
    }
  }
  return targets;
}

bool IsTerminal(const json::Object& state) {
  const std::string_view type = state.GetString("Type");
  return state.GetBool("End") || type == "Succeed" || type == "Fail";
}

void CheckGraph(Checker& checker, const json::Object& graph, const std::string& location,
                int depth);

void CheckName(Checker& checker, const std::string& name, const std::string& location) {
  if (name.empty() || name.size() > kLongestName) {
    checker.Add("INVALID_STATE_NAME",
                fmt::format("The state name must have 1 to 80 characters: '{}'", name), location);
  }
  if (!checker.names.insert(name).second) {
    checker.Add("DUPLICATE_STATE_NAME", fmt::format("Duplicate State name: {}", name), location);
  }
}

// Where the graph leads: every target must be there, every state must be somebody's target.
void CheckTargets(Checker& checker, const json::Object& graph, const std::string& location) {
  const json::Object& states = graph.GetObject("States");
  const std::string_view start = graph.GetString("StartAt");
  std::set<std::string, std::less<>> reached{std::string(start)};
  if (graph.Has("StartAt") && !states.Has(start)) {
    checker.Add("MISSING_TRANSITION_TARGET", fmt::format("Missing 'StartAt' target: {}", start),
                location + "/StartAt");
  }
  for (const auto& member : states) {
    if (!member.value.IsObject()) continue;
    const std::string place = fmt::format("{}/States/{}", location, member.key);
    for (const Target& target : TargetsOf(member.value.AsObject(), place)) {
      reached.insert(target.name);
      if (states.Has(target.name)) continue;
      checker.Add("MISSING_TRANSITION_TARGET",
                  fmt::format("Missing '{}' target: {}", target.field, target.name),
                  target.location);
    }
  }
  // Without a start nothing can be reached; that it is missing has been said.
  if (!graph.Has("StartAt")) return;
  for (const auto& member : states) {
    if (reached.contains(member.key)) continue;
    checker.Add("MISSING_TRANSITION_TARGET",
                fmt::format("State \"{}\" is not reachable.", member.key),
                fmt::format("{}/States/{}", location, member.key));
  }
}

void CheckStates(Checker& checker, const json::Object& states, const std::string& location,
                 int depth) {
  for (const auto& member : states) {
    const std::string place = fmt::format("{}/States/{}", location, member.key);
    CheckName(checker, member.key, place);
    if (!member.value.IsObject()) {
      checker.Schema("Expected value of type Object", place);
      continue;
    }
    const json::Object& state = member.value.AsObject();
    CheckState(checker, state, place);
    for (const InnerGraph& inner : InnerGraphs(state)) {
      CheckGraph(checker, *inner.graph, fmt::format("{}/{}", place, inner.place), depth + 1);
    }
  }
}

// A machine whose targets are wrong is told of them only.
void CheckEnds(Checker& checker, const json::Object& states, const std::string& location) {
  const auto ends = [](const json::Member& member) {
    return member.value.IsObject() && (IsTerminal(member.value.AsObject()) ||
                                       member.value.AsObject().GetString("Type") == "Choice");
  };
  if (std::ranges::any_of(states, ends)) return;
  checker.Add("MISSING_END_STATE", "Missing terminal state. The workflow has no state that ends it",
              location + "/States");
}

void CheckGraph(Checker& checker, const json::Object& graph, const std::string& location,
                int depth) {
  if (depth > kDeepest) {
    checker.Add("TOO_DEEPLY_NESTED", "The states are too deeply nested", location);
    return;
  }
  constexpr std::array<std::string_view, 2> kRequired = {"States", "StartAt"};
  checker.Require(graph, kRequired, location.empty() ? "/" : location);
  const json::Value* states = graph.Find("States");
  if (!states) return;
  if (!states->IsObject() || states->AsObject().empty()) {
    checker.Schema("The field 'States' must be an object with at least one state",
                   location + "/States");
    return;
  }
  const std::size_t before = checker.diagnostics.size();
  CheckStates(checker, states->AsObject(), location, depth);
  CheckTargets(checker, graph, location);
  if (checker.diagnostics.size() == before) CheckEnds(checker, states->AsObject(), location);
}

void CheckTop(Checker& checker, const json::Object& machine) {
  constexpr std::array<std::string_view, 6> kFields = {"Comment", "QueryLanguage",  "StartAt",
                                                       "States",  "TimeoutSeconds", "Version"};
  for (const auto& member : machine) {
    if (std::ranges::find(kFields, member.key) == kFields.end())
      checker.Schema(fmt::format("Field '{}' is not supported", member.key), "/");
  }
  const std::string_view version = machine.GetString("Version", "1.0");
  if (version != "1.0") {
    checker.Schema(fmt::format("Value '{}' is not allowed. The only version is '1.0'", version),
                   "/Version");
  }
  const std::string_view language = machine.GetString("QueryLanguage", "JSONPath");
  if (language != "JSONPath" && language != "JSONata") {
    checker.Schema("Value is not one of: [JSONPath, JSONata]", "/QueryLanguage");
  }
  const json::Value* timeout = machine.Find("TimeoutSeconds");
  if (timeout && (!timeout->IsNumber() || timeout->AsInt() < 1))
    checker.Schema("Value must be a positive integer", "/TimeoutSeconds");
}

}  // namespace

void Checker::Warn(std::string_view code, std::string message, std::string location) {
  diagnostics.push_back({.severity = "WARNING",
                         .code = std::string(code),
                         .message = std::move(message),
                         .location = std::move(location)});
}

void Checker::Require(const json::Object& object, std::span<const std::string_view> fields,
                      const std::string& location) {
  std::vector<std::string> missing;
  for (const std::string_view field : fields) {
    if (!object.Has(field)) missing.emplace_back(field);
  }
  if (missing.empty()) return;
  Schema(fmt::format("These fields are required: [{}]", Join(missing, ", ")), location);
}

std::vector<Diagnostic> Validate(std::string_view definition, bool express) {
  Checker checker;
  checker.express = express;
  if (Trim(definition).empty()) {
    checker.Schema("Definition must be a valid JSON object", "");
    return checker.diagnostics;
  }
  const auto parsed = json::Parse(definition);
  if (!parsed) {
    const JsonFault fault = ExplainJson(definition);
    const std::string place = fmt::format("[Source: (String)\"{}\"; {}]", definition, fault.place);
    checker.Add("INVALID_JSON_DESCRIPTION", fmt::format("{}\n at {}", fault.message, place), place);
    return checker.diagnostics;
  }
  if (!parsed->IsObject()) {
    checker.Schema("Definition must be a valid JSON object", "");
    return checker.diagnostics;
  }
  checker.jsonata = parsed->AsObject().GetString("QueryLanguage") == "JSONata";
  CheckTop(checker, parsed->AsObject());
  CheckGraph(checker, parsed->AsObject(), "", 0);
  return checker.diagnostics;
}

std::vector<Diagnostic> ValidateState(const json::Value& state) {
  Checker checker;
  if (!state.IsObject()) {
    checker.Schema("Definition must be a valid JSON object", "");
    return checker.diagnostics;
  }
  CheckState(checker, state.AsObject(), "");
  for (const InnerGraph& inner : InnerGraphs(state.AsObject())) {
    CheckGraph(checker, *inner.graph, "/" + inner.place, 1);
  }
  return checker.diagnostics;
}

std::string JoinErrors(const std::vector<Diagnostic>& diagnostics) {
  std::vector<std::string> errors;
  for (const Diagnostic& one : diagnostics) {
    if (one.severity != "ERROR") continue;
    errors.push_back(one.code == "INVALID_JSON_DESCRIPTION" || one.location.empty()
                         ? fmt::format("{}: {}", one.code, one.message)
                         : fmt::format("{}: {} at {}", one.code, one.message, one.location));
  }
  return Join(errors, ", ");
}

}  // namespace trunkline::cloud::stepfunctions
