// AWS::Connect::UserHierarchyGroup.
#include "cloud/services/cloudformation/mapping/connect_ids.h"
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties = Properties<"InstanceArn* Name* ParentGroupArn^~ Tags">();

constexpr auto kAttributes = Words<"UserHierarchyGroupArn">();

constexpr Name kValues[] = {
    {"UserHierarchyGroupArn", "HierarchyGroupArn"},
    {"UserHierarchyGroupArn", "Arn"},
};

constexpr Change kChanges[] = {
    {"UpdateUserHierarchyGroupName", "Name"},
};

constexpr Mapping kMapping{
    .type = "AWS::Connect::UserHierarchyGroup",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "connect",
    .create = "CreateUserHierarchyGroup",
    .describe = "DescribeUserHierarchyGroup",
    .described = "HierarchyGroup",
    .remove = "DeleteUserHierarchyGroup",
    .changes = kChanges,
    .id = "UserHierarchyGroupArn",
    .keys = "InstanceId HierarchyGroupId",
    .values = kValues,
    .ids_of_arns = true,
    .tag = "TagResource",
    .untag = "UntagResource",
    .tagged = "UserHierarchyGroupArn",
    .keys_of = KeysOfConnectArn,
};

}  // namespace

constinit const ResourceType kConnectUserHierarchyGroupType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
