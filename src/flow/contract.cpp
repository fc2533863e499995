#include "flow/contract.h"

#include <algorithm>

#include "base/json_read.h"
#include "base/text.h"
#include "flow/content_slot.h"

namespace trunkline::flow {
namespace {

std::optional<json::Object> SettingsOf(const Document& document) {
  const json::Object* around = FindDescription(document.format, document.root);
  const json::Value* settings = around == nullptr ? nullptr : around->Find("Settings");
  if (settings == nullptr) return std::nullopt;
  if (settings->IsObject()) return settings->AsObject();
  if (!settings->IsString()) return std::nullopt;
  Result<json::Value> read = json::Parse(settings->AsString());
  if (!read || !read->IsObject()) return std::nullopt;
  return std::move(read->AsObject());
}

std::vector<ContractMember> MembersOf(const json::Object& schema) {
  std::vector<ContractMember> members;
  for (const json::Member& property : schema.GetObject("properties")) {
    const std::string_view type = property.value.IsObject()
                                      ? property.value.AsObject().GetString("type")
                                      : std::string_view();
    const bool required = std::ranges::any_of(
        schema.GetArray("required"),
        [&](const json::Value& key) { return key.IsString() && key.AsString() == property.key; });
    members.push_back({.key = property.key, .type = ToLower(type), .required = required});
  }
  return members;
}

bool IsWhole(const json::Value& value) {
  return value.IsNumber() && value.AsNumber().text.find_first_of(".eE") == std::string::npos;
}

}  // namespace

std::optional<ModuleContract> ReadContract(const Document& document) {
  const std::optional<json::Object> settings = SettingsOf(document);
  if (!settings) return std::nullopt;
  const json::Object& input = settings->GetObject("input");
  const json::Object& data = settings->GetObject("resultData");
  ModuleContract contract{.input = MembersOf(input.GetObject("schema")),
                          .data = MembersOf(data.GetObject("schema")),
                          .results = {},
                          .has_input = input.Has("schema"),
                          .has_data = data.Has("schema"),
                          .has_results = settings->GetObject("transitions").Has("results")};
  for (const json::Value& result : settings->GetObject("transitions").GetArray("results")) {
    if (result.IsObject()) contract.results.emplace_back(result.AsObject().GetString("name"));
  }
  if (!contract.has_input && !contract.has_data && !contract.has_results) return std::nullopt;
  return contract;
}

const ContractMember* FindMember(const std::vector<ContractMember>& members, std::string_view key) {
  const auto found = std::ranges::find(members, key, &ContractMember::key);
  return found == members.end() ? nullptr : &*found;
}

std::vector<std::string> NamesOf(const std::vector<ContractMember>& members) {
  std::vector<std::string> names;
  for (const ContractMember& member : members) names.push_back(member.key);
  return names;
}

bool TakesJson(std::string_view type, const json::Value& value) {
  if (type == "string") return value.IsString();
  if (type == "number") return value.IsNumber();
  if (type == "integer") return IsWhole(value);
  if (type == "boolean") return value.IsBool();
  if (type == "object") return value.IsObject();
  if (type == "array") return value.IsArray();
  return type != "null" || value.IsNull();
}

}  // namespace trunkline::flow
