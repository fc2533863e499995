// AWS::ECR::Repository.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

// {LifecyclePolicyText, RegistryId} is one property in a template.
Answer<void> SpreadLifecycle(const WaitContext& /*context*/, const ResourceOrder& /*order*/,
                             json::Object& properties) {
  const json::Object policy = properties.GetObject("LifecyclePolicy");
  if (!policy.empty()) Overlay(properties, policy);
  return {};
}

// Only the removal looks at EmptyOnDelete.
net::aw<Answer<void>> NothingMore(WaitContext /*context*/, ResourceOrder /*order*/) {
  co_return Answer<void>();
}

json::Object KeysOfRepository(const Mapping& /*mapping*/, const ResourceOrder& order) {
  json::Object keys;
  keys.Set("RepositoryName", order.physical_id);
  if (const json::Value* empty = order.properties.Find("EmptyOnDelete")) {
    const bool force = empty->IsBool() ? empty->AsBool() : *empty == json::Value("true");
    if (force) keys.Set("EmptyOnDelete", true);
  }
  return keys;
}

constexpr auto kProperties = Properties<
    "EmptyOnDelete~ EncryptionConfiguration^ ImageScanningConfiguration "
    "ImageTagMutability ImageTagMutabilityExclusionFilters LifecyclePolicy~ "
    "RepositoryName^ RepositoryPolicyText Tags">();

constexpr auto kAttributes = Words<"Arn RepositoryUri">();

constexpr Name kNames[] = {
    {"RepositoryName", "repositoryNames"},
    {"EmptyOnDelete", "force"},
    {"RepositoryPolicyText", "policyText"},
    {"LifecyclePolicyText", "lifecyclePolicyText"},
    {"ImageTagMutabilityExclusionFilters", "imageTagMutabilityExclusionFilters"},
};

constexpr Name kValues[] = {
    {"Arn", "repositoryArn"},
};

constexpr Change kChanges[] = {
    {.operation = "PutImageScanningConfiguration", .properties = "ImageScanningConfiguration"},
    {.operation = "PutImageTagMutability",
     .properties = "ImageTagMutability ImageTagMutabilityExclusionFilters"},
    {.operation = "SetRepositoryPolicy",
     .properties = "RepositoryPolicyText",
     .removal = "DeleteRepositoryPolicy"},
    {.operation = "PutLifecyclePolicy",
     .properties = "LifecyclePolicy LifecyclePolicyText RegistryId",
     .removal = "DeleteLifecyclePolicy"},
};

constexpr Reading kReadings[] = {
    {"RepositoryPolicyText", "GetRepositoryPolicy", "policyText"},
};

constexpr Fallback kFallbacks[] = {
    {"ImageTagMutability", R"("MUTABLE")"},
    {"ImageScanningConfiguration", R"({"scanOnPush": false})"},
};

constexpr Mapping kMapping{
    .type = "AWS::ECR::Repository",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "ecr",
    .create = "CreateRepository",
    .describe = "DescribeRepositories",
    .described = "repositories",
    .remove = "DeleteRepository",
    .changes = kChanges,
    .readings = kReadings,
    .id = "RepositoryName",
    .values = kValues,
    .names = kNames,
    .fallbacks = kFallbacks,
    .naming = {.property = "RepositoryName", .limit = 256, .lower_case = true},
    .tag = "TagResource",
    .untag = "UntagResource",
    .tagged = "repositoryArn",
    .prepare = SpreadLifecycle,
    .after = NothingMore,
    .after_properties = "EmptyOnDelete",
    .keys_of = KeysOfRepository,
};

}  // namespace

constinit const ResourceType kEcrRepositoryType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
