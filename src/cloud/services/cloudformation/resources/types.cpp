#include <string>
#include <unordered_map>

#include "cloud/services/cloudformation/resource_types.h"

namespace trunkline::cloud::cloudformation {
namespace {

using ByName = std::unordered_map<std::string_view, const ResourceType*>;

ByName IndexByName() {
  ByName index;
  for (const ResourceType* type : AllResourceTypes()) index.emplace(type->name, type);
  return index;
}

// "Custom::Name": at most 60 characters after the prefix's alphabet.
constexpr std::string_view kCustom = "Custom::";
constexpr std::size_t kMaxCustomName = 60;

bool IsCustomName(std::string_view name) {
  if (!name.starts_with(kCustom) || name.size() == kCustom.size()) return false;
  constexpr std::string_view kAllowed =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_@-";
  return name.size() <= kMaxCustomName &&
         name.substr(kCustom.size()).find_first_not_of(kAllowed) == name.npos;
}

}  // namespace

std::span<const ResourceType* const> AllResourceTypes() {
#define TL_ADDRESS_OF_TYPE(name) &k##name##Type,
  static constexpr const ResourceType* kTypes[] = {TL_CLOUDFORMATION_TYPES(TL_ADDRESS_OF_TYPE)};
#undef TL_ADDRESS_OF_TYPE
  return kTypes;
}

const ResourceType* FindResourceType(std::string_view name) {
  static const ByName kIndex = IndexByName();
  if (IsCustomName(name)) return &kCustomResourceType;
  const auto found = kIndex.find(name);
  return found == kIndex.end() ? nullptr : found->second;
}

}  // namespace trunkline::cloud::cloudformation
