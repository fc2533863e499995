#include "deploy/live.h"

#include <algorithm>

#include "deploy/function_delivery.h"
#include "deploy/mapping.h"

namespace trunkline::deploy {

std::string LiveResource::Tag(std::string_view name) const {
  const auto found = tags.find(std::string(name));
  return found == tags.end() ? std::string() : found->second;
}

bool LiveResource::HasTags(const center::Tags& wanted) const {
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
