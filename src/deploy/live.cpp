#include "deploy/live.h"

namespace trunkline::deploy {

std::string LiveResource::Tag(std::string_view name) const {
  const auto found = tags.find(std::string(name));
  return found == tags.end() ? std::string() : found->second;
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

std::map<std::string, std::string> ReadTags(const json::Object& tags) {
  std::map<std::string, std::string> read;
  for (const json::Member& tag : tags) {
    if (tag.value.IsString()) read.emplace(tag.key, tag.value.AsString());
  }
  return read;
}

}  // namespace trunkline::deploy
