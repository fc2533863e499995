// AWS::IAM::AccessKey: the secret is known at the creation only.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

json::Object KeysOfAccessKey(const Mapping& /*mapping*/, const ResourceOrder& order) {
  json::Object keys;
  keys.Set("AccessKeyId", order.physical_id);
  keys.Set("UserName", order.properties.GetString("UserName"));
  return keys;
}

constexpr auto kProperties = Properties<"Serial^~ Status UserName*^">();

constexpr auto kAttributes = Words<"SecretAccessKey">();

constexpr Change kChanges[] = {
    {.operation = "UpdateAccessKey", .properties = "Status"},
};

constexpr Fallback kFallbacks[] = {
    {"Status", R"("Active")"},
};

constexpr Mapping kMapping{
    .type = "AWS::IAM::AccessKey",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "iam",
    .create = "CreateAccessKey",
    .described = "AccessKey",
    .remove = "DeleteAccessKey",
    .changes = kChanges,
    .id = "AccessKeyId",
    .fallbacks = kFallbacks,
    .after_properties = "Serial",
    .keys_of = KeysOfAccessKey,
};

}  // namespace

constinit const ResourceType kIamAccessKeyType = [] {
  ResourceType type = Mapped<kMapping>();
  type.needs_iam = true;
  return type;
}();

}  // namespace trunkline::cloud::cloudformation
