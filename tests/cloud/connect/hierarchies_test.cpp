#include <gmock/gmock.h>

#include "tests/cloud/connect/connect_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

json::Object Level(std::string_view name) {
  return {{"Name", name}};
}

class ConnectHierarchies : public ConnectTest {
 protected:
  ConnectHierarchies() { SetLevels({{"LevelOne", Level("Site")}, {"LevelTwo", Level("Team")}}); }
  void SetLevels(json::Object levels) {
    DoConnect("UpdateUserHierarchyStructure", {{"HierarchyStructure", std::move(levels)}});
  }
  Answered AskLevels(json::Object levels) {
    return AskConnect("UpdateUserHierarchyStructure", {{"HierarchyStructure", std::move(levels)}});
  }
  std::string MakeGroup(std::string_view name, std::string_view parent = "") {
    json::Object input{{"Name", name}};
    if (!parent.empty()) input.Set("ParentGroupId", parent);
    return std::string(DoConnect("CreateUserHierarchyGroup", input).GetString("HierarchyGroupId"));
  }
  std::string MakeUser(std::string_view name, std::string_view group = "") {
    json::Object input{
        {"Username", name},
        {"Password", "Passw0rdPassw0rd"},
        {"SecurityProfileIds",
         json::Array{IdOf("ListSecurityProfiles", "SecurityProfileSummaryList", "Agent")}},
        {"RoutingProfileId",
         IdOf("ListRoutingProfiles", "RoutingProfileSummaryList", "Basic Routing Profile")}};
    if (!group.empty()) input.Set("HierarchyGroupId", group);
    return std::string(DoConnect("CreateUser", input).GetString("UserId"));
  }
  json::Object Structure() {
    return DoConnect("DescribeUserHierarchyStructure").GetObject("HierarchyStructure");
  }
  std::vector<std::string> UsersOf(std::string_view group, std::string_view match) {
    const json::Object condition{{"Value", group}, {"HierarchyGroupMatchType", match}};
    return Names(DoConnect("SearchUsers", {{"SearchCriteria",
                                            json::Object{{"HierarchyGroupCondition", condition}}}})
                     .GetArray("Users"),
                 "Username");
  }
};

TEST_F(ConnectHierarchies, HaveLevelsWithIdsThatARenameKeeps) {
  const json::Object before = Structure();
  Advance(Milliseconds(2000));

  SetLevels({{"LevelOne", Level("Site")}, {"LevelTwo", Level("Squad")}});

  const json::Object after = Structure();
  EXPECT_EQ(after.GetObject("LevelOne"), before.GetObject("LevelOne"));
  EXPECT_EQ(after.GetObject("LevelTwo").GetString("Name"), "Squad");
  EXPECT_EQ(after.GetObject("LevelTwo").GetString("Id"), "2");
  EXPECT_EQ(after.GetObject("LevelTwo").GetString("Arn"), InstanceArn() + "/agent-group-level/2");
  EXPECT_FALSE(after.Has("LevelThree"));
}

TEST_F(ConnectHierarchies, SurviveARestart) {
  const std::string berlin = MakeGroup("Berlin");
  MakeUser("jane", berlin);

  Restart();

  EXPECT_EQ(Structure().GetObject("LevelTwo").GetString("Name"), "Team");
  EXPECT_THAT(UsersOf(berlin, "EXACT"), ElementsAre("jane"));
}

TEST_F(ConnectHierarchies, HaveNoLevelWithoutTheOneAbove) {
  EXPECT_THAT(AskLevels({{"LevelOne", Level("Site")}, {"LevelThree", Level("Desk")}}),
              Fails(400, "InvalidParameterException", HasSubstr("needs all levels above it")));
  EXPECT_THAT(AskLevels({{"LevelOne", Level("Site")}, {"LevelTwo", Level("Site")}}),
              Fails(400, "InvalidParameterException", HasSubstr("the same name 'Site'")));
}

TEST_F(ConnectHierarchies, KeepALevelThatIsInUse) {
  MakeGroup("Sales", MakeGroup("Berlin"));

  const Answered refused = AskLevels({{"LevelOne", Level("Site")}});

  EXPECT_THAT(refused, Fails(409, "ResourceInUseException", HasSubstr("group 'Sales' is on it")));
  EXPECT_EQ(refused.output.GetString("ResourceType"), "HIERARCHY_LEVEL");
  EXPECT_TRUE(Structure().Has("LevelTwo"));
}

TEST_F(ConnectHierarchies, ShowTheWayDownToAGroup) {
  const std::string berlin = MakeGroup("Berlin");
  const std::string sales = MakeGroup("Sales", berlin);
  DoConnect("UpdateUserHierarchyGroupName", {{"HierarchyGroupId", berlin}, {"Name", "Potsdam"}});

  const json::Object group = DoConnect("DescribeUserHierarchyGroup", {{"HierarchyGroupId", sales}})
                                 .GetObject("HierarchyGroup");

  EXPECT_EQ(group.GetString("LevelId"), "2");
  EXPECT_THAT(group.GetString("Arn"), StartsWith(InstanceArn() + "/agent-group/"));
  const json::Object& path = group.GetObject("HierarchyPath");
  EXPECT_EQ(path.GetObject("LevelOne").GetString("Name"), "Potsdam");
  EXPECT_EQ(path.GetObject("LevelTwo").GetString("Id"), sales);
}

TEST_F(ConnectHierarchies, HaveNoGroupBelowTheLastLevel) {
  const std::string sales = MakeGroup("Sales", MakeGroup("Berlin"));

  EXPECT_THAT(
      AskConnect("CreateUserHierarchyGroup", {{"Name", "Desk"}, {"ParentGroupId", sales}}),
      Fails(400, "InvalidRequestException", HasSubstr("a group cannot be made at level 3")));
  EXPECT_THAT(AskConnect("CreateUserHierarchyGroup", {{"Name", "Desk"}, {"ParentGroupId", "nope"}}),
              Fails(404, "ResourceNotFoundException", HasSubstr("hierarchy group 'nope'")));
}

TEST_F(ConnectHierarchies, KeepAGroupThatIsInUse) {
  const std::string berlin = MakeGroup("Berlin");
  const std::string sales = MakeGroup("Sales", berlin);
  const std::string jane = MakeUser("jane", sales);

  EXPECT_THAT(AskConnect("DeleteUserHierarchyGroup", {{"HierarchyGroupId", berlin}}),
              Fails(409, "ResourceInUseException", HasSubstr("the group 'Sales' is below it")));
  EXPECT_THAT(AskConnect("DeleteUserHierarchyGroup", {{"HierarchyGroupId", sales}}),
              Fails(409, "ResourceInUseException", HasSubstr("the user 'jane' is in it")));

  DoConnect("UpdateUserHierarchy", {{"UserId", jane}});
  DoConnect("DeleteUserHierarchyGroup", {{"HierarchyGroupId", sales}});
  DoConnect("DeleteUserHierarchyGroup", {{"HierarchyGroupId", berlin}});
  EXPECT_THAT(DoConnect("ListUserHierarchyGroups").GetArray("UserHierarchyGroupSummaryList"),
              IsEmpty());
}

TEST_F(ConnectHierarchies, PutUsersIntoGroups) {
  const std::string berlin = MakeGroup("Berlin");
  const std::string sales = MakeGroup("Sales", berlin);
  MakeUser("jane", berlin);
  const std::string joe = MakeUser("joe");

  DoConnect("UpdateUserHierarchy",
            {{"UserId", joe}, {"HierarchyGroupId", InstanceArn() + "/agent-group/" + sales}});

  const json::Object user = DoConnect("DescribeUser", {{"UserId", joe}}).GetObject("User");
  EXPECT_EQ(user.GetString("HierarchyGroupId"), sales);
  EXPECT_FALSE(user.Has("HierarchyGroupPath"));
  EXPECT_THAT(UsersOf(berlin, "EXACT"), ElementsAre("jane"));
  EXPECT_THAT(UsersOf(berlin, "WITH_CHILD_GROUPS"), ElementsAre("jane", "joe"));
  EXPECT_THAT(AskConnect("UpdateUserHierarchy", {{"UserId", joe}, {"HierarchyGroupId", "nope"}}),
              Fails(404, "ResourceNotFoundException", HasSubstr("'nope'")));
}

TEST_F(ConnectHierarchies, FilterUsersByGroupOrTag) {
  const std::string berlin = MakeGroup("Berlin");
  MakeUser("jane", berlin);
  MakeUser("joe");
  const json::Object in_berlin{
      {"HierarchyGroupCondition",
       json::Object{{"Value", berlin}, {"HierarchyGroupMatchType", "EXACT"}}}};

  const json::Object found = DoConnect(
      "SearchUsers",
      {{"SearchFilter", json::Object{{"UserAttributeFilter",
                                      json::Object{{"OrConditions", json::Array{in_berlin}}}}}}});

  EXPECT_THAT(Names(found.GetArray("Users"), "Username"), ElementsAre("jane"));
}

TEST_F(ConnectHierarchies, AreSearchedByParentAndLevel) {
  const std::string berlin = MakeGroup("Berlin");
  MakeGroup("Sales", berlin);

  const json::Object found =
      DoConnect("SearchUserHierarchyGroups",
                {{"SearchCriteria",
                  json::Object{{"StringCondition", json::Object{{"FieldName", "parentId"},
                                                                {"Value", berlin},
                                                                {"ComparisonType", "EXACT"}}}}}});

  EXPECT_THAT(Names(found.GetArray("UserHierarchyGroups")), ElementsAre("Sales"));
}

// ---- what users are good at

class ConnectProficiencies : public ConnectHierarchies {
 protected:
  ConnectProficiencies() {
    DoConnect(
        "CreatePredefinedAttribute",
        {{"Name", "Language"}, {"Values", json::Object{{"StringList", json::Array{"en", "de"}}}}});
    user_ = MakeUser("jane");
  }
  Answered AskSkill(std::string_view operation, std::string_view value, double level = 3) {
    json::Object one{{"AttributeName", "Language"}, {"AttributeValue", value}};
    if (!operation.starts_with("Disassociate")) one.Set("Level", level);
    return AskConnect(operation,
                      {{"UserId", user_}, {"UserProficiencies", json::Array{std::move(one)}}});
  }
  json::Array Skills() {
    return DoConnect("ListUserProficiencies", {{"UserId", user_}}).GetArray("UserProficiencyList");
  }
  const std::string& user() const { return user_; }

 private:
  std::string user_;
};

TEST_F(ConnectProficiencies, AreAddedChangedAndTakenAway) {
  EXPECT_THAT(AskSkill("AssociateUserProficiencies", "en", 2), Succeeds());
  EXPECT_THAT(AskSkill("AssociateUserProficiencies", "de"), Succeeds());
  EXPECT_THAT(AskSkill("UpdateUserProficiencies", "en", 5), Succeeds());
  EXPECT_THAT(AskSkill("DisassociateUserProficiencies", "de"), Succeeds());
  Restart();

  const json::Array skills = Skills();

  ASSERT_EQ(skills.size(), 1U);
  EXPECT_EQ(skills[0].AsObject().GetDouble("Level"), 5);
}

TEST_F(ConnectProficiencies, AreValuesOfAPredefinedAttribute) {
  EXPECT_THAT(AskSkill("AssociateUserProficiencies", "fr"),
              Fails(400, "InvalidParameterException", HasSubstr("has no value 'fr'")));
  EXPECT_THAT(AskSkill("UpdateUserProficiencies", "en"),
              Fails(404, "ResourceNotFoundException", HasSubstr("no proficiency 'Language: en'")));
}

TEST_F(ConnectProficiencies, KeepTheirAttribute) {
  AskSkill("AssociateUserProficiencies", "en");

  EXPECT_THAT(AskConnect("DeletePredefinedAttribute", {{"Name", "Language"}}),
              Fails(409, "ResourceInUseException", HasSubstr("a proficiency of the user 'jane'")));
  AskSkill("DisassociateUserProficiencies", "en");
  EXPECT_THAT(AskConnect("DeletePredefinedAttribute", {{"Name", "Language"}}), Succeeds());
}

TEST_F(ConnectProficiencies, FindTheirUsers) {
  AskSkill("AssociateUserProficiencies", "en", 4);
  const json::Object value{{"StringCondition", json::Object{{"FieldName", "AttributeValue"},
                                                            {"Value", "en"},
                                                            {"ComparisonType", "EXACT"}}}};
  const auto with_level = [&](int least) {
    const json::Object level{
        {"NumberCondition",
         json::Object{
             {"FieldName", "Level"}, {"MinValue", least}, {"ComparisonType", "GREATER_OR_EQUAL"}}}};
    const json::Object list{{"TargetListType", "PROFICIENCIES"},
                            {"Conditions", json::Array{value, level}}};
    return Names(
        DoConnect("SearchUsers", {{"SearchCriteria", json::Object{{"ListCondition", list}}}})
            .GetArray("Users"),
        "Username");
  };

  EXPECT_THAT(with_level(4), ElementsAre("jane"));
  EXPECT_THAT(with_level(5), IsEmpty());
}

}  // namespace
}  // namespace trunkline::cloud::tests
