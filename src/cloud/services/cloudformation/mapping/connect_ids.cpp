#include "cloud/services/cloudformation/mapping/connect_ids.h"

#include "base/text.h"
#include "cloud/services/cloudformation/mapping/input.h"

namespace trunkline::cloud::cloudformation {

json::Object KeysOfConnectArn(const Mapping& mapping, const ResourceOrder& order) {
  const auto words = WordsOf(mapping.keys);
  const auto parts = Split(order.physical_id, '/');
  json::Object keys;
  if (parts.size() > 1) keys.Set("InstanceId", parts[1]);
  if (parts.size() < 4 || words.size() < 2) return keys;
  const auto named = Split(parts[3], ':');
  keys.Set(words[1], named[0]);
  if (words.size() > 2 && named.size() > 1) keys.Set(words[2], named[1]);
  if (words.size() > 2 && parts.size() > 5) keys.Set(words[2], parts[5]);
  return keys;
}

Answer<void> AddInstanceOfOwner(const WaitContext& /*context*/, const ResourceOrder& /*order*/,
                                json::Object& properties) {
  for (const std::string_view owner : {"ContactFlowId", "ContactFlowModuleId", "ViewArn"}) {
    const auto parts = Split(properties.GetString(owner), '/');
    if (parts.size() > 1) properties.Set("InstanceId", parts[1]);
  }
  return {};
}

void AddVersionOfId(const WaitContext& /*context*/, const ResourceOrder& order,
                    json::Object& known) {
  const std::size_t colon = order.physical_id.rfind(':');
  if (colon == std::string::npos) return;
  if (const auto version = ToInt(order.physical_id.substr(colon + 1)))
    known.Set("Version", *version);
}

}  // namespace trunkline::cloud::cloudformation
