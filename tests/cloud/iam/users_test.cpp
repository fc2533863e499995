#include "tests/cloud/support/cloud_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr std::string_view kRead =
    R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}})";
constexpr std::string_view kReadOnly = "arn:aws:iam::aws:policy/ReadOnlyAccess";

class Users : public CloudTest {
 protected:
  void Create(std::string_view name, json::Object more = {}) {
    more.Set("UserName", name);
    Do("iam", "CreateUser", more);
  }
  json::Object Get(std::string_view name) {
    return Do("iam", "GetUser", {{"UserName", name}}).GetObject("User");
  }
  static std::vector<std::string> Names(const json::Object& answer, std::string_view list,
                                        std::string_view member) {
    std::vector<std::string> names;
    for (const json::Value& one : answer.GetArray(list)) {
      names.emplace_back(one.IsString() ? std::string_view(one.AsString())
                                        : one.AsObject().GetString(member));
    }
    return names;
  }
};

TEST_F(Users, ANewOneHasAnIdAndAnArnWithItsPath) {
  Create("ada", {{"Path", "/team/"}});

  const json::Object user = Get("ada");
  EXPECT_EQ(user.GetString("Arn"), "arn:aws:iam::111122223333:user/team/ada");
  EXPECT_THAT(std::string(user.GetString("UserId")), StartsWith("AIDA"));
}

TEST_F(Users, NamesAreTakenInAnyCase) {
  Create("Ada");

  EXPECT_THAT(Ask("iam", "CreateUser", {{"UserName", "ada"}}),
              Fails(409, "EntityAlreadyExists", "User with name ada already exists."));
  EXPECT_THAT(Ask("iam", "GetUser", {{"UserName", "bob"}}),
              Fails(404, "NoSuchEntity", "The user with name bob cannot be found."));
}

TEST_F(Users, ListsByPathInPages) {
  for (const char* name : {"c", "a", "b"}) Create(name, {{"Path", "/team/"}});
  Create("other");

  const json::Object page = Do("iam", "ListUsers", {{"PathPrefix", "/team/"}, {"MaxItems", 2}});
  const json::Object rest =
      Do("iam", "ListUsers", {{"PathPrefix", "/team/"}, {"Marker", page.GetString("Marker")}});

  EXPECT_TRUE(page.GetBool("IsTruncated"));
  EXPECT_THAT(Names(page, "Users", "UserName"), ElementsAre("a", "b"));
  EXPECT_THAT(Names(rest, "Users", "UserName"), ElementsAre("c"));
}

TEST_F(Users, ARenamedOneKeepsItsPoliciesGroupsAndTags) {
  Create("ada", {{"Tags", json::Array{json::Object{{"Key", "k"}, {"Value", "v"}}}}});
  Do("iam", "CreateGroup", {{"GroupName", "g"}});
  Do("iam", "AddUserToGroup", {{"GroupName", "g"}, {"UserName", "ada"}});
  Do("iam", "PutUserPolicy",
     {{"UserName", "ada"}, {"PolicyName", "read"}, {"PolicyDocument", kRead}});
  Do("iam", "AttachUserPolicy", {{"UserName", "ada"}, {"PolicyArn", kReadOnly}});
  const std::string id(Get("ada").GetString("UserId"));

  Do("iam", "UpdateUser", {{"UserName", "ada"}, {"NewUserName", "eve"}, {"NewPath", "/other/"}});
  Restart();

  EXPECT_EQ(Get("eve").GetString("UserId"), id);
  EXPECT_EQ(Get("eve").GetString("Arn"), "arn:aws:iam::111122223333:user/other/eve");
  EXPECT_EQ(Get("eve").GetArray("Tags").size(), 1U);
  EXPECT_EQ(Ask("iam", "GetUser", {{"UserName", "ada"}}).code, "NoSuchEntity");
  const json::Object eve{{"UserName", "eve"}};
  EXPECT_THAT(Names(Do("iam", "ListUserPolicies", eve), "PolicyNames", ""), ElementsAre("read"));
  EXPECT_THAT(Names(Do("iam", "ListAttachedUserPolicies", eve), "AttachedPolicies", "PolicyName"),
              ElementsAre("ReadOnlyAccess"));
  EXPECT_THAT(Names(Do("iam", "ListGroupsForUser", eve), "Groups", "GroupName"), ElementsAre("g"));
}

TEST_F(Users, IsDeletedOnlyWhenNothingIsLeftOfIt) {
  Create("ada");
  const json::Object ada{{"UserName", "ada"}};
  Do("iam", "CreateGroup", {{"GroupName", "g"}});
  Do("iam", "AddUserToGroup", {{"GroupName", "g"}, {"UserName", "ada"}});
  Do("iam", "AttachUserPolicy", {{"UserName", "ada"}, {"PolicyArn", kReadOnly}});
  const std::string key(
      Do("iam", "CreateAccessKey", ada).GetObject("AccessKey").GetString("AccessKeyId"));

  EXPECT_THAT(
      Ask("iam", "DeleteUser", ada),
      Fails(409, "DeleteConflict", "Cannot delete entity, must remove users from group first."));
  Do("iam", "RemoveUserFromGroup", {{"GroupName", "g"}, {"UserName", "ada"}});
  EXPECT_THAT(
      Ask("iam", "DeleteUser", ada),
      Fails(409, "DeleteConflict", "Cannot delete entity, must detach all policies first."));
  Do("iam", "DetachUserPolicy", {{"UserName", "ada"}, {"PolicyArn", kReadOnly}});
  EXPECT_THAT(Ask("iam", "DeleteUser", ada),
              Fails(409, "DeleteConflict", "Cannot delete entity, must delete access keys first."));
  Do("iam", "DeleteAccessKey", {{"UserName", "ada"}, {"AccessKeyId", key}});
  Do("iam", "DeleteUser", ada);

  EXPECT_EQ(Ask("iam", "GetUser", ada).code, "NoSuchEntity");
}

TEST_F(Users, HaveABoundaryThatCanBeTakenAway) {
  Create("ada", {{"PermissionsBoundary", kReadOnly}});
  EXPECT_EQ(Get("ada").GetObject("PermissionsBoundary").GetString("PermissionsBoundaryArn"),
            kReadOnly);

  Do("iam", "DeleteUserPermissionsBoundary", {{"UserName", "ada"}});

  EXPECT_FALSE(Get("ada").Has("PermissionsBoundary"));
  EXPECT_EQ(Ask("iam", "DeleteUserPermissionsBoundary", {{"UserName", "ada"}}).code,
            "NoSuchEntity");
}

TEST_F(Users, CountAmongThoseWhoUseAPolicy) {
  Create("ada", {{"PermissionsBoundary", kReadOnly}});
  Do("iam", "CreateGroup", {{"GroupName", "g"}});
  Do("iam", "AttachUserPolicy", {{"UserName", "ada"}, {"PolicyArn", kReadOnly}});
  Do("iam", "AttachGroupPolicy", {{"GroupName", "g"}, {"PolicyArn", kReadOnly}});

  const json::Object policy =
      Do("iam", "GetPolicy", {{"PolicyArn", kReadOnly}}).GetObject("Policy");
  const json::Object all = Do("iam", "ListEntitiesForPolicy", {{"PolicyArn", kReadOnly}});
  const json::Object groups =
      Do("iam", "ListEntitiesForPolicy", {{"PolicyArn", kReadOnly}, {"EntityFilter", "Group"}});

  EXPECT_EQ(policy.GetInt("AttachmentCount"), 2);
  EXPECT_EQ(policy.GetInt("PermissionsBoundaryUsageCount"), 1);
  EXPECT_THAT(Names(all, "PolicyUsers", "UserName"), ElementsAre("ada"));
  EXPECT_THAT(Names(all, "PolicyGroups", "GroupName"), ElementsAre("g"));
  EXPECT_TRUE(groups.GetArray("PolicyUsers").empty());
}

TEST_F(Users, InlinePoliciesTogetherHave2048Characters) {
  Create("ada");
  const std::string document = fmt::format(
      R"({{"Version":"2012-10-17","Statement":{{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::{}"}}}})",
      std::string(2000, 'x'));

  EXPECT_THAT(
      Ask("iam", "PutUserPolicy",
          {{"UserName", "ada"}, {"PolicyName", "p"}, {"PolicyDocument", document}}),
      Fails(409, "LimitExceeded", "Maximum policy size of 2048 bytes exceeded for user ada"));
}

TEST_F(Users, TheRootIsNoUserAndARoleHasToNameOne) {
  EXPECT_EQ(Do("iam", "GetUser").GetObject("User").GetString("UserName"), "root");
}

// ---- groups

TEST_F(Users, AGroupShowsItsMembersAndFollowsItsName) {
  Create("ada");
  Create("bob");
  Do("iam", "CreateGroup", {{"GroupName", "ops"}, {"Path", "/team/"}});
  for (const char* name : {"bob", "ada"}) {
    Do("iam", "AddUserToGroup", {{"GroupName", "ops"}, {"UserName", name}});
  }
  Do("iam", "PutGroupPolicy",
     {{"GroupName", "ops"}, {"PolicyName", "read"}, {"PolicyDocument", kRead}});

  Do("iam", "UpdateGroup", {{"GroupName", "ops"}, {"NewGroupName", "devs"}});
  Restart();

  const json::Object group = Do("iam", "GetGroup", {{"GroupName", "devs"}});
  EXPECT_EQ(group.GetObject("Group").GetString("Arn"), "arn:aws:iam::111122223333:group/team/devs");
  EXPECT_THAT(Names(group, "Users", "UserName"), ElementsAre("ada", "bob"));
  EXPECT_THAT(Names(Do("iam", "ListGroupPolicies", {{"GroupName", "devs"}}), "PolicyNames", ""),
              ElementsAre("read"));
  EXPECT_THAT(Names(Do("iam", "ListGroups"), "Groups", "GroupName"), ElementsAre("devs"));
}

TEST_F(Users, AGroupIsDeletedOnlyWhenItIsEmpty) {
  Create("ada");
  Do("iam", "CreateGroup", {{"GroupName", "ops"}});
  Do("iam", "AddUserToGroup", {{"GroupName", "ops"}, {"UserName", "ada"}});
  EXPECT_THAT(
      Ask("iam", "DeleteGroup", {{"GroupName", "ops"}}),
      Fails(409, "DeleteConflict", "Cannot delete entity, must remove users from group first."));
  Do("iam", "RemoveUserFromGroup", {{"GroupName", "ops"}, {"UserName", "ada"}});
  Do("iam", "DeleteGroup", {{"GroupName", "ops"}});

  EXPECT_THAT(Ask("iam", "GetGroup", {{"GroupName", "ops"}}),
              Fails(404, "NoSuchEntity", "The group with name ops cannot be found."));
}

TEST_F(Users, IsInTenGroupsAtMost) {
  Create("ada");
  for (int i = 0; i < 11; ++i) {
    Do("iam", "CreateGroup", {{"GroupName", fmt::format("g{}", i)}});
    if (i == 10) break;
    Do("iam", "AddUserToGroup", {{"GroupName", fmt::format("g{}", i)}, {"UserName", "ada"}});
  }

  EXPECT_THAT(Ask("iam", "AddUserToGroup", {{"GroupName", "g10"}, {"UserName", "ada"}}),
              Fails(409, "LimitExceeded", HasSubstr("GroupsPerUser: 10")));
}

}  // namespace
}  // namespace trunkline::cloud::tests
