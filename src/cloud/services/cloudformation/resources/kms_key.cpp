// AWS::KMS::Key: deleting schedules the deletion.
#include "base/text.h"
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

json::Object KeysOfKey(const Mapping& /*mapping*/, const ResourceOrder& order) {
  json::Object keys;
  keys.Set("KeyId", order.physical_id);
  if (const json::Value* days = order.properties.Find("PendingWindowInDays"))
    keys.Set("PendingWindowInDays", *days);
  return keys;
}

bool IsOn(const json::Object& properties, std::string_view name, bool otherwise) {
  const json::Value* value = properties.Find(name);
  if (!value) return otherwise;
  return *value == json::Value(true) || *value == json::Value("true");
}

net::aw<Answer<void>> CallForKey(WaitContext context, ResourceOrder order, std::string operation) {
  json::Object input;
  input.Set("KeyId", order.physical_id);
  const json::Value* days = order.properties.Find("RotationPeriodInDays");
  const auto period = days && days->IsString() ? ToInt(days->AsString()) : std::nullopt;
  if (days && operation == "EnableKeyRotation")
    input.Set("RotationPeriodInDays", period ? json::Value(*period) : *days);
  Answer<> done = co_await context.Call("kms", operation, std::move(input));
  if (!done) co_return std::move(done).error();
  co_return Answer<void>();
}

net::aw<Answer<void>> ChangeState(WaitContext context, ResourceOrder order) {
  const bool enabled = IsOn(order.properties, "Enabled", true);
  const bool was_enabled = IsOn(order.previous, "Enabled", true);
  // A disabled key's rotation cannot be changed: first on, last off.
  if (enabled && !was_enabled) {
    Answer<void> done = co_await CallForKey(context, order, "EnableKey");
    if (!done) co_return done;
  }
  const bool rotates = IsOn(order.properties, "EnableKeyRotation", false);
  const bool rotated = IsOn(order.previous, "EnableKeyRotation", false);
  const json::Value* period = order.properties.Find("RotationPeriodInDays");
  const json::Value* before = order.previous.Find("RotationPeriodInDays");
  const bool other_period = period && (!before || *period != *before);
  if (rotates != rotated || (rotates && other_period)) {
    const std::string operation = rotates ? "EnableKeyRotation" : "DisableKeyRotation";
    Answer<void> done = co_await CallForKey(context, order, operation);
    if (!done) co_return done;
  }
  if (enabled || !was_enabled) co_return Answer<void>();
  co_return co_await CallForKey(context, order, "DisableKey");
}

constexpr auto kProperties = Properties<
    "BypassPolicyLockoutSafetyCheck~ Description EnableKeyRotation Enabled KeyPolicy "
    "KeySpec KeyUsage MultiRegion Origin PendingWindowInDays~ RotationPeriodInDays~ Tags">();

constexpr auto kAttributes = Words<"Arn KeyId">();

constexpr Name kNames[] = {
    {"KeyPolicy", "Policy"},
};

constexpr Change kChanges[] = {
    {"UpdateKeyDescription", "Description"},
    {.operation = "PutKeyPolicy", .properties = "KeyPolicy BypassPolicyLockoutSafetyCheck"},
};

constexpr Reading kReadings[] = {
    {"KeyPolicy", "GetKeyPolicy", "Policy"},
    {"EnableKeyRotation", "GetKeyRotationStatus", "KeyRotationEnabled"},
    {"Tags", "ListResourceTags", "Tags"},
};

constexpr Fixed kFixed[] = {
    {"PutKeyPolicy", R"({"PolicyName": "default"})"},
    {"GetKeyPolicy", R"({"PolicyName": "default"})"},
};

constexpr Mapping kMapping{
    .type = "AWS::KMS::Key",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "kms",
    .create = "CreateKey",
    .describe = "DescribeKey",
    .described = "KeyMetadata",
    .remove = "ScheduleKeyDeletion",
    .changes = kChanges,
    .readings = kReadings,
    .id = "KeyId",
    .names = kNames,
    .fixed = kFixed,
    .tag = "TagResource",
    .untag = "UntagResource",
    .tagged = "KeyId",
    .after = ChangeState,
    .after_properties = "EnableKeyRotation RotationPeriodInDays Enabled PendingWindowInDays",
    .keys_of = KeysOfKey,
};

}  // namespace

constinit const ResourceType kKmsKeyType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
