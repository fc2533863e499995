#include "tests/cloud/support/cloud_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr std::string_view kTrust =
    R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]})";
constexpr std::string_view kEncodedTrust =
    "%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%7B%22Effect%22%3A%22Allow%22%2C%"
    "22Principal%22%3A%7B%"
    "22Service%22%3A%22lambda.amazonaws.com%22%7D%2C%22Action%22%3A%22sts%3AAssumeRole%22%7D%5D%7D";
constexpr std::string_view kPolicy =
    R"({"Version":"2012-10-17","Statement":[{"Sid":"Read","Effect":"Allow","Action":["s3:GetObject"],"Resource":"arn:aws:s3:::b/*"}]})";
constexpr std::string_view kBasic =
    "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";

class Roles : public CloudTest {
 protected:
  json::Object Create(std::string_view name, json::Object more = {}) {
    json::Object input{{"RoleName", name}, {"AssumeRolePolicyDocument", kTrust}};
    for (const json::Member& member : more) input.Set(member.key, member.value);
    return Do("iam", "CreateRole", input).GetObject("Role");
  }
  json::Object Get(std::string_view name) {
    return Do("iam", "GetRole", {{"RoleName", name}}).GetObject("Role");
  }
  static std::vector<std::string> Texts(const json::Object& answer, std::string_view list,
                                        std::string_view key) {
    std::vector<std::string> texts;
    for (const json::Value& item : answer.GetArray(list)) {
      texts.emplace_back(item.IsString() ? item.AsString()
                                         : std::string(item.AsObject().GetString(key)));
    }
    return texts;
  }
};

TEST_F(Roles, ANewOneHasArnIdAndItsTrustPolicyEncoded) {
  Create("mapping",
         {{"Path", "/trunkline/"}, {"Description", "maps"}, {"MaxSessionDuration", 7200}});

  const json::Object role = Get("mapping");
  EXPECT_EQ(role.GetString("Arn"), "arn:aws:iam::111122223333:role/trunkline/mapping");
  EXPECT_THAT(std::string(role.GetString("RoleId")), StartsWith("AROA"));
  EXPECT_EQ(role.GetString("RoleId").size(), 21U);
  EXPECT_EQ(role.GetString("AssumeRolePolicyDocument"), kEncodedTrust);
  EXPECT_EQ(role.GetString("Description"), "maps");
  EXPECT_EQ(role.GetInt("MaxSessionDuration"), 7200);
}

TEST_F(Roles, IsGlobalWithinItsAccount) {
  Create("mapping");

  UseRegion("us-west-2");
  EXPECT_EQ(Get("mapping").GetString("RoleName"), "mapping");
  UseAccount("999988887777");
  EXPECT_THAT(Ask("iam", "GetRole", {{"RoleName", "mapping"}}),
              Fails(404, "NoSuchEntity", "The role with name mapping cannot be found."));
}

TEST_F(Roles, NamesDifferingInCaseOnlyAreTheSame) {
  Create("Mapping");

  EXPECT_THAT(
      Ask("iam", "CreateRole", {{"RoleName", "mapping"}, {"AssumeRolePolicyDocument", kTrust}}),
      Fails(409, "EntityAlreadyExists", "Role with name mapping already exists."));
}

TEST_F(Roles, AreListedByPathInPages) {
  Create("c", {{"Path", "/acme/"}});
  Create("a", {{"Path", "/acme/"}});
  Create("b");

  const json::Object page = Do("iam", "ListRoles", {{"PathPrefix", "/acme/"}, {"MaxItems", 1}});
  const json::Object rest =
      Do("iam", "ListRoles",
         {{"PathPrefix", "/acme/"}, {"MaxItems", 1}, {"Marker", page.At("Marker")}});

  EXPECT_THAT(Texts(page, "Roles", "RoleName"), ElementsAre("a"));
  EXPECT_TRUE(page.GetBool("IsTruncated"));
  EXPECT_THAT(Texts(rest, "Roles", "RoleName"), ElementsAre("c"));
  EXPECT_FALSE(rest.GetBool("IsTruncated"));
  EXPECT_FALSE(rest.Has("Marker"));
  EXPECT_THAT(Ask("iam", "ListRoles", {{"Marker", "bm90IG91cnM="}}),
              Fails(400, "ValidationError", "Invalid Marker."));
}

TEST_F(Roles, DescriptionDurationAndTrustAreUpdated) {
  Create("a");
  const std::string trust =
      R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"sts:AssumeRole"}})";

  Do("iam", "UpdateRole",
     {{"RoleName", "a"}, {"Description", "new"}, {"MaxSessionDuration", 43200}});
  Do("iam", "UpdateAssumeRolePolicy", {{"RoleName", "a"}, {"PolicyDocument", trust}});

  const json::Object role = Get("a");
  EXPECT_EQ(role.GetString("Description"), "new");
  EXPECT_EQ(role.GetInt("MaxSessionDuration"), 43200);
  EXPECT_THAT(std::string(role.GetString("AssumeRolePolicyDocument")),
              HasSubstr("%22AWS%22%3A%22111122223333%22"));
}

TEST_F(Roles, CannotBeDeletedWhilePoliciesAreOnIt) {
  Create("a");
  Do("iam", "PutRolePolicy", {{"RoleName", "a"}, {"PolicyName", "p"}, {"PolicyDocument", kPolicy}});
  Do("iam", "AttachRolePolicy", {{"RoleName", "a"}, {"PolicyArn", kBasic}});

  EXPECT_THAT(
      Ask("iam", "DeleteRole", {{"RoleName", "a"}}),
      Fails(409, "DeleteConflict", "Cannot delete entity, must detach all policies first."));
  Do("iam", "DetachRolePolicy", {{"RoleName", "a"}, {"PolicyArn", kBasic}});
  EXPECT_THAT(Ask("iam", "DeleteRole", {{"RoleName", "a"}}),
              Fails(409, "DeleteConflict", "Cannot delete entity, must delete policies first."));
  Do("iam", "DeleteRolePolicy", {{"RoleName", "a"}, {"PolicyName", "p"}});
  Do("iam", "DeleteRole", {{"RoleName", "a"}});
  EXPECT_THAT(Ask("iam", "GetRole", {{"RoleName", "a"}}),
              Fails(404, "NoSuchEntity", HasSubstr("a")));
}

TEST_F(Roles, InlinePoliciesAreKeptListedAndDeleted) {
  Create("a");
  Do("iam", "PutRolePolicy", {{"RoleName", "a"}, {"PolicyName", "q"}, {"PolicyDocument", kPolicy}});
  Do("iam", "PutRolePolicy", {{"RoleName", "a"}, {"PolicyName", "p"}, {"PolicyDocument", kPolicy}});

  EXPECT_THAT(Texts(Do("iam", "ListRolePolicies", {{"RoleName", "a"}}), "PolicyNames", ""),
              ElementsAre("p", "q"));
  const json::Object policy = Do("iam", "GetRolePolicy", {{"RoleName", "a"}, {"PolicyName", "p"}});
  EXPECT_THAT(std::string(policy.GetString("PolicyDocument")), StartsWith("%7B%22Version%22"));
  Do("iam", "DeleteRolePolicy", {{"RoleName", "a"}, {"PolicyName", "p"}});
  EXPECT_THAT(Ask("iam", "GetRolePolicy", {{"RoleName", "a"}, {"PolicyName", "p"}}),
              Fails(404, "NoSuchEntity", "The role policy with name p cannot be found."));
}

TEST_F(Roles, InlinePoliciesCountTogether) {
  Create("a");
  std::string large(kPolicy);
  large.insert(large.find("b/*"), std::string(9000, 'x'));
  Do("iam", "PutRolePolicy", {{"RoleName", "a"}, {"PolicyName", "p"}, {"PolicyDocument", large}});

  EXPECT_THAT(Ask("iam", "PutRolePolicy",
                  {{"RoleName", "a"}, {"PolicyName", "q"}, {"PolicyDocument", large}}),
              Fails(409, "LimitExceeded", HasSubstr("10240 bytes exceeded for role a")));
  Do("iam", "PutRolePolicy", {{"RoleName", "a"}, {"PolicyName", "p"}, {"PolicyDocument", large}});
}

TEST_F(Roles, AttachedPoliciesAreListedOnce) {
  Create("a");
  Do("iam", "AttachRolePolicy", {{"RoleName", "a"}, {"PolicyArn", kBasic}});
  Do("iam", "AttachRolePolicy", {{"RoleName", "a"}, {"PolicyArn", kBasic}});

  const json::Object attached = Do("iam", "ListAttachedRolePolicies", {{"RoleName", "a"}});

  EXPECT_THAT(Texts(attached, "AttachedPolicies", "PolicyName"),
              ElementsAre("AWSLambdaBasicExecutionRole"));
  EXPECT_THAT(Ask("iam", "AttachRolePolicy",
                  {{"RoleName", "a"}, {"PolicyArn", "arn:aws:iam::111122223333:policy/no"}}),
              Fails(404, "NoSuchEntity", HasSubstr("does not exist or is not attachable")));
  EXPECT_THAT(Ask("iam", "DetachRolePolicy",
                  {{"RoleName", "a"}, {"PolicyArn", "arn:aws:iam::aws:policy/Nope"}}),
              Fails(404, "NoSuchEntity", HasSubstr("was not found")));
}

TEST_F(Roles, TheBoundaryIsSetAndRemoved) {
  Create("a", {{"PermissionsBoundary", "arn:aws:iam::aws:policy/AdministratorAccess"}});

  EXPECT_EQ(Get("a").GetObject("PermissionsBoundary").GetString("PermissionsBoundaryArn"),
            "arn:aws:iam::aws:policy/AdministratorAccess");
  Do("iam", "DeleteRolePermissionsBoundary", {{"RoleName", "a"}});
  EXPECT_FALSE(Get("a").Has("PermissionsBoundary"));
  EXPECT_THAT(Ask("iam", "DeleteRolePermissionsBoundary", {{"RoleName", "a"}}),
              Fails(404, "NoSuchEntity", HasSubstr("permissions boundary")));
}

TEST_F(Roles, TagsAreAddedAndRemoved) {
  Create("a", {{"Tags", json::Array{json::Object{{"Key", "k"}, {"Value", "1"}}}}});
  Do("iam", "TagRole",
     {{"RoleName", "a"}, {"Tags", json::Array{json::Object{{"Key", "l"}, {"Value", "2"}}}}});
  Do("iam", "UntagRole", {{"RoleName", "a"}, {"TagKeys", json::Array{"k"}}});

  EXPECT_THAT(Texts(Do("iam", "ListRoleTags", {{"RoleName", "a"}}), "Tags", "Key"),
              ElementsAre("l"));
  EXPECT_EQ(Get("a").GetArray("Tags").size(), 1U);
}

TEST_F(Roles, ATrustPolicyNamesRolesThatExist) {
  const auto trust = [](std::string_view arn) {
    return R"({"Statement":[{"Effect":"Allow","Principal":{"AWS":")" + std::string(arn) +
           R"("},"Action":"sts:AssumeRole"}]})";
  };
  UseAccount("999988887777");
  Create("pipeline", {{"Path", "/trunkline/"}});
  UseAccount("111122223333");

  Create("deploy", {{"AssumeRolePolicyDocument",
                     trust("arn:aws:iam::999988887777:role/trunkline/pipeline")}});
  EXPECT_THAT(
      Ask("iam", "CreateRole",
          {{"RoleName", "x"},
           {"AssumeRolePolicyDocument", trust("arn:aws:iam::999988887777:role/pipeline")}}),
      Fails(400, "MalformedPolicyDocument",
            "Invalid principal in policy: \"AWS\":\"arn:aws:iam::999988887777:role/pipeline\""));
}

TEST_F(Roles, SurviveARestart) {
  Create("a", {{"Path", "/x/"}});
  Do("iam", "PutRolePolicy", {{"RoleName", "a"}, {"PolicyName", "p"}, {"PolicyDocument", kPolicy}});
  Do("iam", "AttachRolePolicy", {{"RoleName", "a"}, {"PolicyArn", kBasic}});
  const json::Object before = Get("a");

  Restart();

  EXPECT_EQ(Get("a"), before);
  EXPECT_THAT(Texts(Do("iam", "ListRolePolicies", {{"RoleName", "a"}}), "PolicyNames", ""),
              ElementsAre("p"));
  EXPECT_THAT(Texts(Do("iam", "ListAttachedRolePolicies", {{"RoleName", "a"}}), "AttachedPolicies",
                    "PolicyArn"),
              ElementsAre(kBasic));
}

TEST_F(Roles, OfServicesAreMadeByTheServicesName) {
  const json::Object role =
      Do("iam", "CreateServiceLinkedRole",
         {{"AWSServiceName", "connect.amazonaws.com"}, {"CustomSuffix", "abc"}})
          .GetObject("Role");

  EXPECT_EQ(role.GetString("Arn"),
            "arn:aws:iam::111122223333:role/aws-service-role/connect.amazonaws.com/"
            "AWSServiceRoleForAmazonConnect_abc");
  const std::string name(role.GetString("RoleName"));
  EXPECT_THAT(Ask("iam", "DeleteRole", {{"RoleName", name}}),
              Fails(400, "UnmodifiableEntity", HasSubstr("only modifiable by AWS")));
  const json::Object task = Do("iam", "DeleteServiceLinkedRole", {{"RoleName", name}});
  EXPECT_EQ(Do("iam", "GetServiceLinkedRoleDeletionStatus",
               {{"DeletionTaskId", task.At("DeletionTaskId")}})
                .GetString("Status"),
            "SUCCEEDED");
  EXPECT_THAT(Ask("iam", "GetServiceLinkedRoleDeletionStatus", {{"DeletionTaskId", "task/nope"}}),
              Fails(404, "NoSuchEntity", HasSubstr("task/nope")));
  EXPECT_THAT(Ask("iam", "CreateServiceLinkedRole", {{"AWSServiceName", "ecs.amazonaws.com"}}),
              Fails(400, "InvalidInput", HasSubstr("not implemented")));
}

TEST_F(Roles, TheAccountAnswersForItsRootUser) {
  EXPECT_EQ(Do("iam", "GetUser").GetObject("User").GetString("Arn"),
            "arn:aws:iam::111122223333:root");
  EXPECT_THAT(Ask("iam", "GetUser", {{"UserName", "ann"}}),
              Fails(404, "NoSuchEntity", "The user with name ann cannot be found."));
  EXPECT_TRUE(Do("iam", "ListAccountAliases").GetArray("AccountAliases").empty());
}

}  // namespace
}  // namespace trunkline::cloud::tests
