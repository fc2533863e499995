// AWS::IAM::UserToGroupAddition.
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

void AddId(const WaitContext& /*context*/, const ResourceOrder& order, json::Object& known) {
  known.Set("Id", order.physical_id);
}

constexpr auto kProperties = Properties<"GroupName* Users*">();

constexpr auto kAttributes = Words<"Id">();

constexpr Members kMembers[] = {
    {.property = "Users",
     .add = "AddUserToGroup",
     .remove = "RemoveUserFromGroup",
     .member = "UserName",
     .clear_first = true,
     .under = "GroupName"},
};

constexpr Mapping kMapping{
    .type = "AWS::IAM::UserToGroupAddition",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "iam",
    .members = kMembers,
    .naming = {.property = "", .limit = 64},
    .complete = AddId,
    .after_properties = "GroupName",
};

}  // namespace

constinit const ResourceType kIamUserToGroupAdditionType = [] {
  ResourceType type = Mapped<kMapping>();
  type.needs_iam = true;
  return type;
}();

}  // namespace trunkline::cloud::cloudformation
