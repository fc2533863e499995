#include "cloud/services/cloudformation/mapping/parent_keys.h"

#include "cloud/services/cloudformation/mapping/input.h"

namespace trunkline::cloud::cloudformation {

json::Object KeysOfOwned(const Mapping& mapping, const ResourceOrder& order) {
  json::Object keys;
  for (const std::string_view word : WordsOf(mapping.keys)) {
    if (keys.empty()) {
      keys.Set(word, order.physical_id);
    } else if (const json::Value* value = order.properties.Find(word)) {
      keys.Set(word, *value);
    }
  }
  return keys;
}

json::Object KeysOfProperties(const Mapping& mapping, const ResourceOrder& order) {
  json::Object keys;
  for (const std::string_view word : WordsOf(mapping.keys)) {
    if (const json::Value* value = order.properties.Find(word)) keys.Set(word, *value);
  }
  return keys;
}

}  // namespace trunkline::cloud::cloudformation
