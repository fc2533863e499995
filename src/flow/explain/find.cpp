// What a name that somebody typed stands for.
#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "flow/explain.h"
#include "flow/lint_page.h"

namespace trunkline::flow {
namespace {

// "Get customer input (DTMF)" -> "Get customer input"
std::string_view WithoutParentheses(std::string_view block) {
  return block.substr(0, block.find(" ("));
}

std::vector<const ActionKind*> KindsOfBlock(std::string_view name) {
  std::vector<const ActionKind*> kinds;
  for (const ActionKind* kind : AllActionKinds()) {
    const bool matches = std::ranges::any_of(BlockNames(*kind), [&](std::string_view block) {
      return EqualsIgnoreCase(block, name) || EqualsIgnoreCase(WithoutParentheses(block), name);
    });
    if (matches) kinds.push_back(kind);
  }
  return kinds;
}

// All names that would be found, each once.
std::vector<std::string> Names() {
  std::vector<std::string> names;
  for (const ActionKind* kind : AllActionKinds()) {
    names.emplace_back(kind->name);
    for (const std::string_view block : BlockNames(*kind)) names.emplace_back(block);
  }
  for (const LintRule& rule : AllLintRules()) names.emplace_back(rule.name);
  std::ranges::sort(names);
  names.erase(std::ranges::unique(names).begin(), names.end());
  return names;
}

// The nearest name, else those that hold the word: "callback" -> 'CreateCallbackContact', ...
std::vector<std::string> NamesLike(std::string_view name) {
  constexpr std::size_t kShortest = 3;  // characters that say something
  constexpr std::size_t kLongest = 64;  // no name is longer, and comparing costs the product
  constexpr std::size_t kMost = 5;
  if (name.size() < kShortest || name.size() > kLongest) return {};
  const std::vector<std::string> names = Names();
  if (const std::optional<std::string> nearest = Nearest(name, names)) return {*nearest};
  std::vector<std::string> like;
  for (const std::string& one : names) {
    if (like.size() < kMost && ToLower(one).find(ToLower(name)) != std::string::npos)
      like.push_back(one);
  }
  return like;
}

std::string Advice(std::string_view name) {
  const std::string known = SuggestActionType(name);
  if (!known.empty() && FindActionKind(known) == nullptr) return "instead: " + known;  // a sentence
  std::vector<std::string> like = NamesLike(name);
  if (!known.empty() && std::ranges::find(like, known) == like.end())
    like.insert(like.begin(), known);
  for (std::string& one : like) one = fmt::format("'{}'", one);
  if (like.empty()) return "'trunkline flow explain' lists the types and their blocks";
  return fmt::format("did you mean {}?", Join(like, " or "));
}

}  // namespace

Result<Explained> FindExplained(std::string_view name) {
  for (const ActionKind* kind : AllActionKinds()) {
    if (EqualsIgnoreCase(kind->name, name)) return Explained{.kinds = {kind}, .rule = nullptr};
  }
  if (std::vector<const ActionKind*> kinds = KindsOfBlock(name); !kinds.empty())
    return Explained{.kinds = std::move(kinds), .rule = nullptr};
  if (const Result<const LintRule*> rule = FindLintRule(name))
    return Explained{.kinds = {}, .rule = *rule};
  return Error(ErrorKind::kNotFound, "there is no action type, block or lint rule '{}'; {}", name,
               Advice(name));
}

}  // namespace trunkline::flow
