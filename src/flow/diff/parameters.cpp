#include "flow/diff/parameters.h"

#include <algorithm>

#include <fmt/format.h>

namespace trunkline::flow {
namespace {

void DiffValues(const std::string& path, const json::Value* before, const json::Value* after,
                std::vector<ParameterChange>& changes);

void DiffObjects(const std::string& path, const json::Object& before, const json::Object& after,
                 std::vector<ParameterChange>& changes) {
  const std::string above = path.empty() ? path : path + ".";
  for (const json::Member& member : after)
    DiffValues(above + member.key, before.Find(member.key), &member.value, changes);
  for (const json::Member& member : before)
    if (!after.Has(member.key)) DiffValues(above + member.key, &member.value, nullptr, changes);
}

void DiffArrays(const std::string& path, const json::Array& before, const json::Array& after,
                std::vector<ParameterChange>& changes) {
  for (std::size_t at = 0; at < std::max(before.size(), after.size()); ++at) {
    DiffValues(fmt::format("{}[{}]", path, at), at < before.size() ? &before[at] : nullptr,
               at < after.size() ? &after[at] : nullptr, changes);
  }
}

void DiffValues(const std::string& path, const json::Value* before, const json::Value* after,
                std::vector<ParameterChange>& changes) {
  if (before != nullptr && after != nullptr) {
    if (*before == *after) return;
    if (before->IsObject() && after->IsObject())
      return DiffObjects(path, before->AsObject(), after->AsObject(), changes);
    if (before->IsArray() && after->IsArray())
      return DiffArrays(path, before->AsArray(), after->AsArray(), changes);
  }
  changes.push_back({path, before, after});
}

std::string_view UnitOf(std::string_view path) {
  if (path.ends_with("Seconds")) return " s";
  if (path.ends_with("Minutes")) return " min";
  return {};
}

}  // namespace

std::vector<ParameterChange> DiffParameters(const Action& before, const Action& after) {
  std::vector<ParameterChange> changes;
  DiffObjects({}, before.parameters, after.parameters, changes);
  return changes;
}

std::string ChangeWords(const std::string& words, std::string_view path, const std::string& before,
                        const std::string& after) {
  const std::string_view unit = UnitOf(path);
  if (before.empty()) return fmt::format("{}: now {}{}", words, after, unit);
  if (after.empty()) return fmt::format("{}: no longer {}{}", words, before, unit);
  return fmt::format("{} {} -> {}{}", words, before, after, unit);
}

}  // namespace trunkline::flow
