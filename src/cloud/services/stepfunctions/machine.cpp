#include "cloud/services/stepfunctions/machine.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/json_read.h"

namespace trunkline::cloud::stepfunctions {
namespace {

constexpr int kDeepest = 20;

constexpr std::array<std::string_view, 8> kTypes = {"Task",    "Pass", "Choice",   "Wait",
                                                    "Succeed", "Fail", "Parallel", "Map"};

// Texts that may name the context object; inner states look after themselves.
bool MentionsContext(const json::Value& value) {
  if (value.IsString()) {
    const std::string& text = value.AsString();
    return text.find("$$") != std::string::npos || text.find("$states") != std::string::npos;
  }
  if (value.IsArray()) return std::ranges::any_of(value.AsArray(), MentionsContext);
  if (!value.IsObject()) return false;
  return std::ranges::any_of(value.AsObject(), [](const json::Member& member) {
    return member.key != "States" && MentionsContext(member.value);
  });
}

}  // namespace

std::optional<StateType> ReadStateType(std::string_view name) {
  const auto* const found = std::ranges::find(kTypes, name);
  if (found == kTypes.end()) return std::nullopt;
  return static_cast<StateType>(found - kTypes.begin());
}

std::string_view ToText(StateType type) {
  return kTypes.at(static_cast<std::size_t>(type));
}

Result<std::shared_ptr<const Machine>> Machine::Read(std::string_view definition) {
  TL_TRY(json::Value root, json::Parse(definition));
  if (!root.IsObject()) return Error(ErrorKind::kInvalid, "the definition is not a JSON object");
  std::shared_ptr<Machine> machine(new Machine(std::move(root)));
  machine->jsonata_ = machine->definition().GetString("QueryLanguage") == "JSONata";
  TL_DO(machine->Index(machine->definition(), 0));
  return std::shared_ptr<const Machine>(std::move(machine));
}

Result<void> Machine::Index(const json::Object& graph, int depth) {
  if (depth > kDeepest) return Error(ErrorKind::kInvalid, "the states are too deeply nested");
  for (const auto& member : graph.GetObject("States")) {
    if (!member.value.IsObject()) return Error(ErrorKind::kInvalid, "'{}' is no state", member.key);
    const json::Object& body = member.value.AsObject();
    const auto type = ReadStateType(body.GetString("Type"));
    if (!type) return Error(ErrorKind::kInvalid, "'{}' has no type", member.key);
    Node node{.name = member.key,
              .type = *type,
              .body = &body,
              .jsonata = jsonata_ || body.GetString("QueryLanguage") == "JSONata",
              .uses_context = MentionsContext(member.value)};
    if (!nodes_.emplace(member.key, std::move(node)).second) {
      return Error(ErrorKind::kInvalid, "there are two states '{}'", member.key);
    }
    for (const InnerGraph& inner : InnerGraphs(body)) TL_DO(Index(*inner.graph, depth + 1));
  }
  return {};
}

const Node* Machine::Find(std::string_view name) const {
  const auto found = nodes_.find(name);
  return found == nodes_.end() ? nullptr : &found->second;
}

const json::Object& ProcessorOf(const json::Object& map_state) {
  return map_state.GetObject(map_state.Has("ItemProcessor") ? "ItemProcessor" : "Iterator");
}

bool IsDistributed(const json::Object& map_state) {
  return ProcessorOf(map_state).GetObject("ProcessorConfig").GetString("Mode") == "DISTRIBUTED";
}

std::vector<InnerGraph> InnerGraphs(const json::Object& state) {
  std::vector<InnerGraph> graphs;
  const json::Array& branches = state.GetArray("Branches");
  for (std::size_t i = 0; i < branches.size(); ++i) {
    if (!branches[i].IsObject()) continue;
    graphs.push_back({.place = fmt::format("Branches[{}]", i), .graph = &branches[i].AsObject()});
  }
  for (const std::string_view key : {"ItemProcessor", "Iterator"}) {
    const json::Value* graph = state.Find(key);
    if (graph && graph->IsObject())
      graphs.push_back({.place = std::string(key), .graph = &graph->AsObject()});
  }
  return graphs;
}

}  // namespace trunkline::cloud::stepfunctions
