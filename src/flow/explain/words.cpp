#include "flow/explain/words.h"

#include <limits>
#include <vector>

#include <fmt/format.h>

#include "base/text.h"

namespace trunkline::flow {
namespace {

// The words of an enumeration whose enumerators count from 0, in their order.
template <typename Enumerator, std::size_t size>
std::string_view WordAt(const std::string_view (&words)[size], Enumerator enumerator) {
  return words[static_cast<std::size_t>(enumerator)];
}

}  // namespace

std::string_view WordOf(Evidence evidence) {
  static constexpr std::string_view kWords[] = {"documented", "observed", "unverified"};
  return WordAt(kWords, evidence);
}

std::string_view WordOf(Category category) {
  static constexpr std::string_view kWords[] = {"contact", "participant", "flow-control",
                                                "interaction"};
  return WordAt(kWords, category);
}

std::string_view WordOf(ValueKind value) {
  static constexpr std::string_view kWords[] = {"static", "static-or-path", "dynamic", "path"};
  return WordAt(kWords, value);
}

std::string_view WordOf(ValueType type) {
  static constexpr std::string_view kWords[] = {"text",        "integer",   "number", "boolean",
                                                "word",        "text-list", "map",    "object",
                                                "object-list", "json"};
  return WordAt(kWords, type);
}

std::string_view WordOf(Need need) {
  static constexpr std::string_view kWords[] = {"optional", "required", "required-strict"};
  return WordAt(kWords, need);
}

std::string_view WordOf(Standing standing) {
  static constexpr std::string_view kWords[] = {"normal", "documented-only", "exported-only"};
  return WordAt(kWords, standing);
}

std::string_view WordOf(ReferenceForm form) {
  static constexpr std::string_view kWords[] = {"arn", "id", "number"};
  return WordAt(kWords, form);
}

std::string_view WordOf(Next next) {
  static constexpr std::string_view kWords[] = {"required", "optional", "terminal"};
  return WordAt(kWords, next);
}

std::string_view WordOf(ParameterGroup::Count count) {
  static constexpr std::string_view kWords[] = {"exactly one of", "at most one of",
                                                "at least one of"};
  return WordAt(kWords, count);
}

std::string ChannelNames(Channels channels) {
  static constexpr std::string_view kWords[] = {"voice", "chat", "task", "email"};
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::size(kWords); ++i) {
    if ((channels & (1U << i)) != 0) names.emplace_back(kWords[i]);
  }
  return Join(names, ", ");
}

std::string_view Sentence(ValueKind value) {
  static constexpr std::string_view kWords[] = {
      "static", "static, or one reference as the whole value",
      "static or dynamic: references may stand anywhere in it",
      "one reference as the whole value, nothing static"};
  return WordAt(kWords, value);
}

std::string_view Sentence(Evidence evidence) {
  static constexpr std::string_view kWords[] = {
      "documented", "observed on the live service or in console exports, not documented",
      "unverified: other programs have it, no guide and no export"};
  return WordAt(kWords, evidence);
}

std::string_view Sentence(Category category) {
  static constexpr std::string_view kWords[] = {
      "contact action: needs a contact", "participant action: needs a connected participant",
      "flow control: has no effect outside the flow",
      "interaction: has effects, but needs neither contact nor participant"};
  return WordAt(kWords, category);
}

std::string_view Sentence(Need need) {
  static constexpr std::string_view kWords[] = {
      "optional", "required", "required by the documentation, not by the service"};
  return WordAt(kWords, need);
}

std::string RangeOf(const Parameter& parameter) {
  const bool from = parameter.minimum != std::numeric_limits<std::int64_t>::min();
  const bool to = parameter.maximum != std::numeric_limits<std::int64_t>::max();
  if (from && parameter.minimum == parameter.maximum)
    return fmt::format("exactly {}", parameter.minimum);
  if (from && to) return fmt::format("from {} to {}", parameter.minimum, parameter.maximum);
  if (from) return fmt::format("at least {}", parameter.minimum);
  if (to) return fmt::format("at most {}", parameter.maximum);
  return {};
}

std::string PathOfMembers(const Parameter& row, const std::string& path) {
  if (row.type == ValueType::kObjectList) return path + "[].";
  if (row.type == ValueType::kMap) return path + ".<key>.";
  return path + ".";
}

}  // namespace trunkline::flow
