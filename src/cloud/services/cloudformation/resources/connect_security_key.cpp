// AWS::Connect::SecurityKey.
#include "base/text.h"
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

// The list's element is found by its own id, which so comes first.
json::Object KeysOfKey(const Mapping& /*mapping*/, const ResourceOrder& order) {
  const auto parts = Split(order.physical_id, '|');
  json::Object keys;
  keys.Set("AssociationId", parts.back());
  keys.Set("InstanceId", parts.front());
  return keys;
}

constexpr auto kProperties = Properties<"InstanceId*^ Key*^">();

constexpr auto kAttributes = Words<"AssociationId">();

constexpr Mapping kMapping{
    .type = "AWS::Connect::SecurityKey",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "connect",
    .create = "AssociateSecurityKey",
    .describe = "ListSecurityKeys",
    .described = "SecurityKeys",
    .remove = "DisassociateSecurityKey",
    .id = "InstanceId AssociationId",
    .ids_of_arns = true,
    .keys_of = KeysOfKey,
};

}  // namespace

constinit const ResourceType kConnectSecurityKeyType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
