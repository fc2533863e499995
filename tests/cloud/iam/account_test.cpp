// Instance profiles, the account's alias, its summary and details.
#include "tests/cloud/support/cloud_test.h"

namespace trunkline::cloud::tests {
namespace {

constexpr std::string_view kTrust =
    R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]})";
constexpr std::string_view kRead =
    R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}})";

class IamAccount : public CloudTest {
 protected:
  void MakeRole(std::string_view name) {
    Do("iam", "CreateRole", {{"RoleName", name}, {"AssumeRolePolicyDocument", kTrust}});
  }
  void MakeProfile(std::string_view name) {
    Do("iam", "CreateInstanceProfile", {{"InstanceProfileName", name}});
  }
  Answered AddRole(std::string_view profile, std::string_view role) {
    return Ask("iam", "AddRoleToInstanceProfile",
               {{"InstanceProfileName", profile}, {"RoleName", role}});
  }
};

TEST_F(IamAccount, AnInstanceProfileHasOneRole) {
  MakeRole("web");
  MakeRole("other");
  MakeProfile("p");
  EXPECT_THAT(AddRole("p", "web"), Succeeds());
  EXPECT_THAT(
      AddRole("p", "other"),
      Fails(409, "LimitExceeded", "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1"));
  Restart();

  const json::Object profile =
      Do("iam", "GetInstanceProfile", {{"InstanceProfileName", "p"}}).GetObject("InstanceProfile");
  EXPECT_EQ(profile.GetString("Arn"), "arn:aws:iam::111122223333:instance-profile/p");
  EXPECT_EQ(profile.GetArray("Roles").front().AsObject().GetString("RoleName"), "web");
  EXPECT_EQ(Do("iam", "ListInstanceProfilesForRole", {{"RoleName", "web"}})
                .GetArray("InstanceProfiles")
                .size(),
            1U);
}

TEST_F(IamAccount, AProfileAndItsRoleAreDeletedOnlyApart) {
  constexpr std::string_view kConflict =
      "Cannot delete entity, must remove roles from instance profile first.";
  MakeRole("web");
  MakeProfile("p");
  EXPECT_THAT(AddRole("p", "web"), Succeeds());
  const json::Object both{{"InstanceProfileName", "p"}, {"RoleName", "web"}};

  EXPECT_THAT(Ask("iam", "DeleteRole", {{"RoleName", "web"}}),
              Fails(409, "DeleteConflict", kConflict));
  EXPECT_THAT(Ask("iam", "DeleteInstanceProfile", {{"InstanceProfileName", "p"}}),
              Fails(409, "DeleteConflict", kConflict));
  Do("iam", "RemoveRoleFromInstanceProfile", both);
  EXPECT_EQ(Ask("iam", "RemoveRoleFromInstanceProfile", both).code, "NoSuchEntity");
  Do("iam", "DeleteInstanceProfile", {{"InstanceProfileName", "p"}});

  EXPECT_THAT(Ask("iam", "GetInstanceProfile", {{"InstanceProfileName", "p"}}),
              Fails(404, "NoSuchEntity", "Instance Profile p cannot be found."));
}

TEST_F(IamAccount, AProfileHasTags) {
  MakeProfile("p");
  Do("iam", "TagInstanceProfile",
     {{"InstanceProfileName", "p"},
      {"Tags", json::Array{json::Object{{"Key", "team"}, {"Value", "blue"}}}}});

  const json::Object tags = Do("iam", "ListInstanceProfileTags", {{"InstanceProfileName", "p"}});

  EXPECT_EQ(tags.GetArray("Tags").front().AsObject().GetString("Value"), "blue");
}

TEST_F(IamAccount, HasOneAliasWhichNoOtherAccountHas) {
  Do("iam", "CreateAccountAlias", {{"AccountAlias", "acme"}});
  Do("iam", "CreateAccountAlias", {{"AccountAlias", "acme-calls"}});
  EXPECT_EQ(Do("iam", "ListAccountAliases").GetArray("AccountAliases"),
            json::Array{json::Value("acme-calls")});

  UseAccount("222222222222");
  EXPECT_EQ(Ask("iam", "CreateAccountAlias", {{"AccountAlias", "acme-calls"}}).code,
            "EntityAlreadyExists");
  Do("iam", "CreateAccountAlias", {{"AccountAlias", "acme"}});
  EXPECT_EQ(Ask("iam", "DeleteAccountAlias", {{"AccountAlias", "acme-calls"}}).code,
            "NoSuchEntity");
  Do("iam", "DeleteAccountAlias", {{"AccountAlias", "acme"}});

  EXPECT_TRUE(Do("iam", "ListAccountAliases").GetArray("AccountAliases").empty());
}

TEST_F(IamAccount, SummaryCountsWhatThereIs) {
  MakeRole("web");
  Do("iam", "CreateUser", {{"UserName", "ada"}});
  Do("iam", "CreatePolicy", {{"PolicyName", "p"}, {"PolicyDocument", kRead}});

  const json::Object summary = Do("iam", "GetAccountSummary").GetObject("SummaryMap");

  EXPECT_EQ(summary.GetInt("Roles"), 1);
  EXPECT_EQ(summary.GetInt("Users"), 1);
  EXPECT_EQ(summary.GetInt("Policies"), 1);
  EXPECT_EQ(summary.GetInt("Groups"), 0);
  EXPECT_EQ(summary.GetInt("UsersQuota"), 5000);
}

TEST_F(IamAccount, DetailsShowIdentitiesWithTheirPoliciesInPages) {
  MakeRole("web");
  Do("iam", "PutRolePolicy",
     {{"RoleName", "web"}, {"PolicyName", "read"}, {"PolicyDocument", kRead}});
  Do("iam", "CreateUser", {{"UserName", "ada"}});
  Do("iam", "CreateGroup", {{"GroupName", "g"}});
  Do("iam", "AddUserToGroup", {{"GroupName", "g"}, {"UserName", "ada"}});
  Do("iam", "AttachUserPolicy",
     {{"UserName", "ada"}, {"PolicyArn", "arn:aws:iam::aws:policy/ReadOnlyAccess"}});
  Do("iam", "CreatePolicy", {{"PolicyName", "p"}, {"PolicyDocument", kRead}});

  const json::Object page = Do("iam", "GetAccountAuthorizationDetails", {{"MaxItems", 4}});
  const json::Object rest =
      Do("iam", "GetAccountAuthorizationDetails", {{"Marker", page.GetString("Marker")}});
  const json::Object roles =
      Do("iam", "GetAccountAuthorizationDetails", {{"Filter", json::Array{"Role"}}});

  EXPECT_EQ(page.GetArray("GroupDetailList").size(), 1U);
  EXPECT_EQ(page.GetArray("Policies").size(), 2U);  // the account's own, and AWS's that is used
  EXPECT_EQ(page.GetArray("RoleDetailList").front().AsObject().GetArray("RolePolicyList").size(),
            1U);
  ASSERT_EQ(rest.GetArray("UserDetailList").size(), 1U);
  const json::Object& ada = rest.GetArray("UserDetailList").front().AsObject();
  EXPECT_EQ(ada.GetArray("GroupList"), json::Array{json::Value("g")});
  EXPECT_EQ(ada.GetArray("AttachedManagedPolicies").size(), 1U);
  EXPECT_EQ(roles.GetArray("RoleDetailList").size(), 1U);
  EXPECT_TRUE(roles.GetArray("UserDetailList").empty());
}

}  // namespace
}  // namespace trunkline::cloud::tests
