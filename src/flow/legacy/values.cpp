#include "flow/legacy/values.h"

#include <algorithm>

#include <fmt/format.h>

#include "flow/legacy/rules.h"
#include "flow/reference.h"
#include "flow/roots.h"

namespace trunkline::flow {
namespace {

// The console's own words; the other keys of the namespace are paths already ("Queue.Name").
constexpr LegacyWord kSystemKeys[] = {
    {"Customer Number", "$.CustomerEndpoint.Address"},
    {"Dialed Number", "$.SystemEndpoint.Address"},
    {"Stored customer input", "$.StoredCustomerInput"},
};
// No guide names the path; real flows have it.
constexpr std::string_view kCallbackKey = "Customer callback number";
constexpr std::string_view kCallbackPath = "$.CallbackNumber";

constexpr LegacyWord kSpaces[] = {
    {"User Defined", "Attributes"},
    {"External", "External"},
    {"Lex.Slots", "Lex.Slots"},
};

constexpr LegacyWord kOperators[] = {
    {"Equals", "Equals"},
    {"GreaterThan", "NumberGreaterThan"},
    {"GreaterThanOrEqualTo", "NumberGreaterOrEqualTo"},
    {"LessThan", "NumberLessThan"},
    {"LessThanOrEqualTo", "NumberLessOrEqualTo"},
    {"Contains", "TextContains"},
    {"StartsWith", "TextStartsWith"},
    {"EndsWith", "TextEndsWith"},
};

std::string_view Among(std::span<const LegacyWord> words, std::string_view from) {
  const auto found = std::ranges::find(words, from, &LegacyWord::from);
  return found == words.end() ? std::string_view() : found->to;
}

// "$.root.key", with a key in brackets where it could not be read back otherwise.
std::string PathOf(std::string_view root, std::string_view key) {
  std::string dotted = fmt::format("$.{}.{}", root, key);
  return WholePath(dotted) ? dotted : fmt::format("$.{}.['{}']", root, key);
}

LegacyReference OfSystem(std::string_view key) {
  if (const std::string_view known = Among(kSystemKeys, key); !known.empty())
    return {.text = std::string(known)};
  if (key == kCallbackKey) return {.text = std::string(kCallbackPath), .is_certain = false};
  std::string text = fmt::format("$.{}", key);
  const std::optional<Path> path = WholePath(text);
  if (!path || JudgeReference(*path)) return {.text = {}, .is_certain = false};
  return {.text = std::move(text)};
}

}  // namespace

LegacyReference ResolveLegacy(std::string_view space, std::string_view key) {
  if (key.empty()) return {.text = {}, .is_certain = false};
  if (space == "System") return OfSystem(key);
  if (const std::string_view root = Among(kSpaces, space); !root.empty())
    return {.text = PathOf(root, key)};
  std::string text = PathOf(space == "Flow" ? "FlowAttributes" : space, key);
  const std::optional<Path> path = WholePath(text);
  if (!path || JudgeReference(*path)) return {.text = {}, .is_certain = false};
  return {.text = std::move(text), .is_certain = false};
}

std::string_view LegacyOperator(std::string_view type) {
  return Among(kOperators, type);
}

}  // namespace trunkline::flow
