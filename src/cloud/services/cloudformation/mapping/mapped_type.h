// Mapped<kMapping>(): the ResourceType of a table.
//
//   constinit const ResourceType kSnsTopicType = Mapped<kTopic>();
#pragma once

#include "cloud/services/cloudformation/mapping/mapped.h"
#include "cloud/services/cloudformation/mapping/words.h"
#include "cloud/services/cloudformation/resource_types.h"

namespace trunkline::cloud::cloudformation {

// Not coroutines: they only say which table.
template <const Mapping& kMapping>
net::aw<Answer<MadeResource>> CreateMapped(WaitContext context, ResourceOrder order) {
  return Create(kMapping, std::move(context), std::move(order));
}
template <const Mapping& kMapping>
net::aw<Answer<MadeResource>> UpdateMapped(WaitContext context, ResourceOrder order) {
  return Update(kMapping, std::move(context), std::move(order));
}
template <const Mapping& kMapping>
net::aw<Answer<void>> RemoveMapped(WaitContext context, ResourceOrder order) {
  return Remove(kMapping, std::move(context), std::move(order));
}
template <const Mapping& kMapping>
net::aw<Answer<json::Object>> ReadMapped(WaitContext context, ResourceOrder order) {
  return Read(kMapping, std::move(context), std::move(order));
}

template <const Mapping& kMapping>
consteval ResourceType Mapped() {
  const bool updates = !kMapping.update.empty() || !kMapping.changes.empty() ||
                       !kMapping.members.empty() || !kMapping.tag.empty() ||
                       !kMapping.after_properties.empty();
  return {.name = kMapping.type,
          .properties = kMapping.properties,
          .attributes = kMapping.attributes,
          .create = CreateMapped<kMapping>,
          .update = updates ? UpdateMapped<kMapping> : nullptr,
          .remove = RemoveMapped<kMapping>,
          .read = kMapping.describe.empty() ? nullptr : ReadMapped<kMapping>,
          .mapping = &kMapping,
          .resumes = true};
}

}  // namespace trunkline::cloud::cloudformation
