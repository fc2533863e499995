// AWS::Connect::User.
#include "cloud/services/cloudformation/mapping/connect_ids.h"
#include "cloud/services/cloudformation/mapping/mapped_type.h"

namespace trunkline::cloud::cloudformation {
namespace {

constexpr auto kProperties = Properties<
    "AfterContactWorkConfigs AutoAcceptConfigs DirectoryUserId HierarchyGroupArn "
    "IdentityInfo InstanceArn* Password~ PersistentConnectionConfigs PhoneConfig "
    "PhoneNumberConfigs RoutingProfileArn* SecurityProfileArns* Tags UserProficiencies "
    "Username* VoiceEnhancementConfigs">();

constexpr auto kAttributes = Words<"UserArn">();

constexpr Name kValues[] = {
    {"UserArn", "Arn"},
};

constexpr Change kChanges[] = {
    {"UpdateUserIdentityInfo", "IdentityInfo"},
    {"UpdateUserPhoneConfig", "PhoneConfig"},
    {"UpdateUserRoutingProfile", "RoutingProfileArn"},
    {"UpdateUserSecurityProfiles", "SecurityProfileArns"},
    {"UpdateUserHierarchy", "HierarchyGroupArn"},
    {"UpdateUserConfig",
     "AutoAcceptConfigs AfterContactWorkConfigs PhoneNumberConfigs PersistentConnectionConfigs "
     "VoiceEnhancementConfigs"},
};

constexpr Members kMembers[] = {
    {.property = "UserProficiencies",
     .add = "AssociateUserProficiencies",
     .remove = "DisassociateUserProficiencies",
     .change = "UpdateUserProficiencies",
     .key = "AttributeName AttributeValue",
     .member = "UserProficiencies",
     .part = "AttributeName AttributeValue"},
};

constexpr Reading kReadings[] = {
    {"UserProficiencies", "ListUserProficiencies", "UserProficiencyList"},
};

constexpr Mapping kMapping{
    .type = "AWS::Connect::User",
    .properties = kProperties,
    .attributes = kAttributes,
    .service = "connect",
    .create = "CreateUser",
    .describe = "DescribeUser",
    .described = "User",
    .remove = "DeleteUser",
    .changes = kChanges,
    .members = kMembers,
    .readings = kReadings,
    .id = "UserArn",
    .keys = "InstanceId UserId",
    .values = kValues,
    .ids_of_arns = true,
    .tag = "TagResource",
    .untag = "UntagResource",
    .tagged = "UserArn",
    .keys_of = KeysOfConnectArn,
};

}  // namespace

constinit const ResourceType kConnectUserType = Mapped<kMapping>();

}  // namespace trunkline::cloud::cloudformation
