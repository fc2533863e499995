#include <array>

#include <fmt/format.h>

#include "cloud/services/dynamodb/expressions/check.h"
#include "cloud/services/dynamodb/expressions/resolve.h"
#include "cloud/services/dynamodb/refusals.h"
#include "cloud/services/dynamodb/value.h"

namespace trunkline::cloud::dynamodb {
namespace {

constexpr std::array<FunctionRow, 2> kFunctions = {{{"if_not_exists", 2}, {"list_append", 2}}};

std::string_view KnownType(const Node& node) {
  return node.kind == Node::Kind::kValue ? TypeOf(*node.value) : std::string_view();
}

Answer<void> CheckOperand(const Node& node) {
  for (const Node& child : node.children) {
    TL_DO(CheckOperand(child));
    const std::string_view type = KnownType(child);
    if (node.kind == Node::Kind::kSum && !type.empty() && type != "N")
      return WrongOperand(node.name, type);
    if (node.name == "list_append" && !type.empty() && type != "L")
      return WrongOperand(node.name, type);
  }
  if (node.name == "if_not_exists" && node.children[0].kind != Node::Kind::kPath) {
    return Invalid(
        "Operator or function requires a document path; operator or function: if_not_exists");
  }
  return {};
}

Answer<void> CheckAction(const Action& action) {
  if (action.kind == Action::Kind::kSet) return CheckOperand(action.operand);
  if (action.kind == Action::Kind::kRemove) return {};
  const bool add = action.kind == Action::Kind::kAdd;
  const std::string_view type = KnownType(action.operand);
  if (IsSet(type) || (add && type == "N")) return {};
  return Invalid(
      fmt::format("Incorrect operand type for operator or function; operator: {}, operand type: "
                  "{}, typeSet: ALLOWED_FOR_{}_OPERAND",
                  add ? "ADD" : "DELETE", LongTypeName(type), add ? "ADD" : "DELETE"));
}

}  // namespace

Answer<void> CheckUpdate(Update& update, Placeholders& placeholders) {
  for (const Action& action : update) TL_DO(CheckFunctionNames(action.operand, kFunctions));
  for (const Action& action : update) {
    TL_DO(CheckReserved(action.path));
    TL_DO(CheckReserved(action.operand));
  }
  for (Action& action : update) {
    TL_DO(Resolve(action.path, placeholders));
    TL_DO(Resolve(action.operand, placeholders));
  }
  std::vector<const Path*> paths;
  for (const Action& action : update) {
    TL_DO(CheckOperandCounts(action.operand, kFunctions));
    TL_DO(CheckAction(action));
    paths.push_back(&action.path);
  }
  return CheckApart(paths);
}

Answer<void> CheckProjection(std::vector<Path>& paths, Placeholders& placeholders) {
  std::vector<const Path*> all;
  for (const Path& path : paths) TL_DO(CheckReserved(path));
  for (Path& path : paths) {
    TL_DO(Resolve(path, placeholders));
    all.push_back(&path);
  }
  return CheckApart(all);
}

}  // namespace trunkline::cloud::dynamodb
