// Machine: a definition in Amazon States Language, read once and shared by its executions.
//
// The states of all levels (branches of Parallel, processors of Map) stand in one index, because
// their names are unique in the whole machine.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace trunkline::cloud::stepfunctions {

enum class StateType { kTask, kPass, kChoice, kWait, kSucceed, kFail, kParallel, kMap };
std::optional<StateType> ReadStateType(std::string_view name);
std::string_view ToText(StateType type);  // "Task"

struct Node {
  std::string name;
  StateType type = StateType::kPass;
  const json::Object* body = nullptr;
  bool jsonata = false;
  bool uses_context = false;  // mentions $$ or $states.context: else there is no need to make it
};

class Machine {
 public:
  // The definition has been checked (validate.h); an error is for one that was not.
  static Result<std::shared_ptr<const Machine>> Read(std::string_view definition);

  const Node* Find(std::string_view name) const;
  const json::Object& definition() const { return root_.AsObject(); }
  std::string_view start_at() const { return definition().GetString("StartAt"); }

  Machine(const Machine&) = delete;
  Machine& operator=(const Machine&) = delete;

 private:
  explicit Machine(json::Value root) : root_(std::move(root)) {}
  Result<void> Index(const json::Object& graph, int depth);

  json::Value root_;
  bool jsonata_ = false;
  std::unordered_map<std::string_view, Node> nodes_;  // keys are the document's own
};

// ItemProcessor, or Iterator as it was called.
const json::Object& ProcessorOf(const json::Object& map_state);
bool IsDistributed(const json::Object& map_state);

// Graphs within a state, with where they stand: "Branches[0]", "ItemProcessor".
struct InnerGraph {
  std::string place;
  const json::Object* graph = nullptr;
};
std::vector<InnerGraph> InnerGraphs(const json::Object& state);

}  // namespace trunkline::cloud::stepfunctions
