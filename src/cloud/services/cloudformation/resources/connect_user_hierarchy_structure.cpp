// AWS::Connect::UserHierarchyStructure: there is one in every instance; taking it away empties its
// levels.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

// A level's own id and ARN are for reading.
Answer<void> NameLevels(const WaitContext& /*context*/, const ResourceOrder& /*order*/,
                        json::Object& properties) {
  json::Value* structure = properties.Find("UserHierarchyStructure");
  if (!structure || !structure->IsObject()) return {};
  for (json::Member& level : structure->AsObject()) {
    if (!level.value.IsObject()) continue;
    level.value.AsObject().Remove("HierarchyLevelArn");
    level.value.AsObject().Remove("HierarchyLevelId");
  }
  return {};
}

void NestLevels(const WaitContext& /*context*/, const ResourceOrder& /*order*/,
                json::Object& known) {
  known.Set("UserHierarchyStructure", json::Object(known));
}

constexpr auto kProperties = Properties<"InstanceArn*^ UserHierarchyStructure">();

constexpr auto kAttributes = Words<"UserHierarchyStructureArn">();

constexpr Name kNames[] = {
    {"UserHierarchyStructure", "HierarchyStructure"},
};

constexpr Name kValues[] = {
    {"UserHierarchyStructureArn", "InstanceArn"},
};

constexpr Fixed kFixed[] = {
    {"UpdateUserHierarchyStructure", R"({"HierarchyStructure": {}})"},
};

constexpr Mapping kMapping{
    .type = "AWS::Connect::UserHierarchyStructure",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "connect",
    .create = "UpdateUserHierarchyStructure",
    .describe = "DescribeUserHierarchyStructure",
    .described = "HierarchyStructure",
    .update = "UpdateUserHierarchyStructure",
    .remove = "UpdateUserHierarchyStructure",
    .id = "UserHierarchyStructureArn",
    .keys = "InstanceArn",
    .values = kValues,
    .names = kNames,
    .fixed = kFixed,
    .ids_of_arns = true,
    .prepare = NameLevels,
    .complete = NestLevels,
};

}  // namespace

constinit const ResourceType kConnectUserHierarchyStructureType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
