#include "cloud/services/cloudformation/mapping/removed_keys.h"

namespace trunkline::cloud::cloudformation {

void EmptyRemovedKeys(const ResourceOrder& order, std::string_view property,
                      json::Object& properties) {
  const json::Object& before = order.previous.GetObject(property);
  if (before.empty()) return;
  json::Object wanted = properties.GetObject(property);
  for (const json::Member& entry : before) {
    if (!wanted.Has(entry.key)) wanted.Set(entry.key, "");
  }
  properties.Set(property, std::move(wanted));
}

}  // namespace trunkline::cloud::cloudformation
