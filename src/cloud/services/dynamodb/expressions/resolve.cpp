#include "cloud/services/dynamodb/expressions/resolve.h"

#include <algorithm>

#include <fmt/format.h>

#include "cloud/services/dynamodb/expressions/reserved_words.h"
#include "cloud/services/dynamodb/refusals.h"

namespace trunkline::cloud::dynamodb {
namespace {

const FunctionRow* FindFunction(std::span<const FunctionRow> known, std::string_view name) {
  const auto found = std::ranges::find(known, name, &FunctionRow::name);
  return found == known.end() ? nullptr : &*found;
}

ServiceError Meet(std::string_view how, const Path& one, const Path& two) {
  return Invalid(
      fmt::format("Two document paths {} with each other; must remove or rewrite one of these "
                  "paths; path one: {}, path two: {}",
                  how, PathText(one), PathText(two)));
}

Answer<void> CheckTwo(const Path& one, const Path& two) {
  const std::size_t common = std::min(one.size(), two.size());
  for (std::size_t i = 0; i < common; ++i) {
    if (one[i] == two[i]) continue;
    if (one[i].IsIndex() != two[i].IsIndex()) return Meet("conflict", one, two);
    return {};
  }
  return Meet("overlap", one, two);
}

}  // namespace

Answer<void> CheckFunctionNames(const Node& node, std::span<const FunctionRow> known) {
  for (const Node& child : node.children) TL_DO(CheckFunctionNames(child, known));
  if (node.kind != Node::Kind::kFunction || FindFunction(known, node.name)) return {};
  return Invalid(fmt::format("Invalid function name; function: {}", node.name));
}

Answer<void> CheckReserved(const Path& path) {
  for (const Step& step : path) {
    if (!IsReservedWord(step.name)) continue;
    return Invalid(
        fmt::format("Attribute name is a reserved keyword; reserved keyword: {}", step.name));
  }
  return {};
}

Answer<void> CheckReserved(const Node& node) {
  TL_DO(CheckReserved(node.path));
  for (const Node& child : node.children) TL_DO(CheckReserved(child));
  return {};
}

Answer<void> Resolve(Path& path, Placeholders& placeholders) {
  for (Step& step : path) {
    if (!step.name.starts_with('#')) continue;
    const std::string* name = placeholders.Name(step.name);
    if (!name) {
      return Invalid(
          fmt::format("An expression attribute name used in the document path is not defined; "
                      "attribute name: {}",
                      step.name));
    }
    step.name = *name;
  }
  return {};
}

Answer<void> Resolve(Node& node, Placeholders& placeholders) {
  TL_DO(Resolve(node.path, placeholders));
  if (node.kind == Node::Kind::kValue && !node.value) {
    node.value = placeholders.Value(node.name);
    if (!node.value) {
      return Invalid(
          fmt::format("An expression attribute value used in expression is not defined; attribute "
                      "value: {}",
                      node.name));
    }
  }
  for (Node& child : node.children) TL_DO(Resolve(child, placeholders));
  return {};
}

Answer<void> CheckOperandCounts(const Node& node, std::span<const FunctionRow> known) {
  for (const Node& child : node.children) TL_DO(CheckOperandCounts(child, known));
  if (node.kind != Node::Kind::kFunction) return {};
  if (FindFunction(known, node.name)->operands == node.children.size()) return {};
  return Invalid(
      fmt::format("Incorrect number of operands for operator or function; operator or function: "
                  "{}, number of operands: {}",
                  node.name, node.children.size()));
}

Answer<void> CheckApart(const std::vector<const Path*>& paths) {
  for (std::size_t i = 0; i < paths.size(); ++i) {
    for (std::size_t j = i + 1; j < paths.size(); ++j) TL_DO(CheckTwo(*paths[i], *paths[j]));
  }
  return {};
}

ServiceError WrongOperand(std::string_view function, std::string_view type) {
  return Invalid(
      fmt::format("Incorrect operand type for operator or function; operator or function: {}, "
                  "operand type: {}",
                  function, type));
}

}  // namespace trunkline::cloud::dynamodb
