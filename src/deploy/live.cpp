#include "deploy/live.h"

#include <algorithm>

#include "base/text.h"
#include "deploy/function_delivery.h"
#include "deploy/mapping.h"

namespace trunkline::deploy {

std::string LiveResource::Tag(std::string_view name) const {
  const auto found = tags.find(std::string(name));
  return found == tags.end() ? std::string() : found->second;
}

namespace {

constexpr std::size_t kLongestTagValue = 256;

// Values of tags may hold blanks and '=' (documented), so may keys: "==" is '=', "=_" a blank.
std::string Escaped(std::string_view key) {
  std::string text;
  for (const char letter : key) {
    if (letter == '=' || letter == ' ') text += '=';
    text += letter == ' ' ? '_' : letter;
  }
  return text;
}

std::string Unescaped(std::string_view text) {
  std::string key;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool escaped = text[at] == '=' && at + 1 < text.size();
    if (escaped) ++at;
    key += escaped && text[at] == '_' ? ' ' : text[at];
  }
  return key;
}

bool HasKey(const center::Tags& tags, std::string_view key) {
  return std::any_of(tags.begin(), tags.end(), [&](const auto& tag) { return tag.first == key; });
}

}  // namespace

std::string RecordOfTags(const center::Tags& own) {
  std::string record;
  for (const auto& [key, value] : own) {
    const std::string next = (record.empty() ? "" : " ") + Escaped(key);
    if (record.size() + next.size() <= kLongestTagValue) record += next;
  }
  return record;
}

std::vector<std::string> LiveResource::TagsToRemove(const center::Tags& wanted) const {
  std::vector<std::string> keys;
  const std::string record = Tag(kOwnTagsTag);
  for (const std::string_view text : Split(record, ' ')) {
    std::string key = Unescaped(text);
    if (!key.empty() && !HasKey(wanted, key)) keys.push_back(std::move(key));
  }
  if (!record.empty() && wanted.empty()) keys.emplace_back(kOwnTagsTag);
  return keys;
}

bool LiveResource::HasTags(const center::Tags& wanted) const {
  if (Tag(kOwnTagsTag) != RecordOfTags(wanted)) return false;
  return std::all_of(wanted.begin(), wanted.end(), [this](const auto& tag) {
    const auto found = tags.find(tag.first);
    return found != tags.end() && found->second == tag.second;
  });
}

const LiveResource* Live::Find(std::string_view kind, std::string_view name) const {
  const auto names = resources.find(kind);
  if (names == resources.end()) return nullptr;
  const auto found = names->second.find(std::string(name));
  return found == names->second.end() ? nullptr : &found->second;
}

LiveResource& Live::Put(std::string_view kind, const std::string& name, LiveResource resource) {
  return resources[std::string(kind)].insert_or_assign(name, std::move(resource)).first->second;
}

const LiveResource* Live::instance() const {
  const auto found = resources.find("instance");
  return found == resources.end() || found->second.empty() ? nullptr
                                                           : &found->second.begin()->second;
}

std::string Live::InstanceId() const {
  return instance() == nullptr ? std::string() : instance()->id;
}

bool Live::HasActiveInstance() const {
  return instance() != nullptr && instance()->body.GetString("InstanceStatus") == "ACTIVE";
}

std::map<std::string, std::string> ReadTags(const json::Object& tags) {
  std::map<std::string, std::string> read;
  for (const json::Member& tag : tags) {
    if (tag.value.IsString()) read.emplace(tag.key, tag.value.AsString());
  }
  return read;
}

flow::SymbolTable Symbols(const Target& target, const Live& live) {
  flow::SymbolTable table;
  for (const auto& [kind, names] : live.resources) {
    const auto symbol_kind = flow::ResourceKindOf(kind);
    if (!symbol_kind) continue;
    for (const auto& [name, resource] : names) {
      if (!resource.arn.empty())
        table.Add(*symbol_kind, name, {.arn = resource.arn, .id = resource.id, .number = {}});
    }
  }
  for (const center::Function& function : target.center.functions) {
    const std::string arn = FunctionArn(target, function.name.value);
    table.Add(flow::ResourceKind::kLambda, function.name.value,
              {.arn = arn, .id = arn, .number = {}});
  }
  if (NeedsMapping(target)) {
    const std::string arn = FunctionArn(target, kMappingName);
    table.Add(flow::ResourceKind::kLambda, std::string(kMappingName),
              {.arn = arn, .id = arn, .number = {}});
  }
  return table;
}

}  // namespace trunkline::deploy
