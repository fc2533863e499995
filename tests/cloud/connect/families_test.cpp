// What every family of an instance's resources has in common: made, read, listed in pages, changed,
// deleted; unknown and duplicate names; kept apart by account and Region; there after a restart.
#include <gmock/gmock.h>

#include "tests/cloud/connect/connect_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

struct Family {
  std::string_view noun;  // in the suite's names: "Queue"
  std::string_view word;  // in messages
  const char* label;
  const char* wrapper;
  const char* name_member = "Name";
  std::string_view summary_name = "Name";
  std::string_view list = {};
  std::string_view list_member = {};
  std::string_view create_id = {};  // in Create's output
  std::string_view search_member = {};
  std::string_view rename = {};  // an operation that takes Name and Description; empty: none
  bool deletes = true;
};

void PrintTo(const Family& family, std::ostream* out) {
  *out << family.noun;
}

constexpr Family kFamilies[] = {
    {.noun = "AgentStatus",
     .word = "agent status",
     .label = "AgentStatusId",
     .wrapper = "AgentStatus",
     .list = "ListAgentStatuses",
     .list_member = "AgentStatusSummaryList",
     .create_id = "AgentStatusId",
     .search_member = "AgentStatuses",
     .rename = "UpdateAgentStatus",
     .deletes = false},
    {.noun = "ContactFlow",
     .word = "flow",
     .label = "ContactFlowId",
     .wrapper = "ContactFlow",
     .list = "ListContactFlows",
     .list_member = "ContactFlowSummaryList",
     .create_id = "ContactFlowId",
     .search_member = "ContactFlows",
     .rename = "UpdateContactFlowName"},
    {.noun = "ContactFlowModule",
     .word = "flow module",
     .label = "ContactFlowModuleId",
     .wrapper = "ContactFlowModule",
     .list = "ListContactFlowModules",
     .list_member = "ContactFlowModulesSummaryList",
     .create_id = "Id",
     .search_member = "ContactFlowModules",
     .rename = "UpdateContactFlowModuleMetadata"},
    {.noun = "HoursOfOperation",
     .word = "hours of operation",
     .label = "HoursOfOperationId",
     .wrapper = "HoursOfOperation",
     .list = "ListHoursOfOperations",
     .list_member = "HoursOfOperationSummaryList",
     .create_id = "HoursOfOperationId",
     .search_member = "HoursOfOperations",
     .rename = "UpdateHoursOfOperation"},
    {.noun = "Queue",
     .word = "queue",
     .label = "QueueId",
     .wrapper = "Queue",
     .list = "ListQueues",
     .list_member = "QueueSummaryList",
     .create_id = "QueueId",
     .search_member = "Queues",
     .rename = "UpdateQueueName"},
    {.noun = "QuickConnect",
     .word = "quick connect",
     .label = "QuickConnectId",
     .wrapper = "QuickConnect",
     .list = "ListQuickConnects",
     .list_member = "QuickConnectSummaryList",
     .create_id = "QuickConnectId",
     .search_member = "QuickConnects",
     .rename = "UpdateQuickConnectName"},
    {.noun = "RoutingProfile",
     .word = "routing profile",
     .label = "RoutingProfileId",
     .wrapper = "RoutingProfile",
     .list = "ListRoutingProfiles",
     .list_member = "RoutingProfileSummaryList",
     .create_id = "RoutingProfileId",
     .search_member = "RoutingProfiles",
     .rename = "UpdateRoutingProfileName"},
    {.noun = "SecurityProfile",
     .word = "security profile",
     .label = "SecurityProfileId",
     .wrapper = "SecurityProfile",
     .name_member = "SecurityProfileName",
     .list = "ListSecurityProfiles",
     .list_member = "SecurityProfileSummaryList",
     .create_id = "SecurityProfileId",
     .search_member = "SecurityProfiles"},
    {.noun = "TestCase",
     .word = "test case",
     .label = "TestCaseId",
     .wrapper = "TestCase",
     .list = "ListTestCases",
     .list_member = "TestCaseSummaryList",
     .create_id = "TestCaseId",
     .search_member = "TestCases",
     .rename = "UpdateTestCase"},
    {.noun = "User",
     .word = "user",
     .label = "UserId",
     .wrapper = "User",
     .name_member = "Username",
     .summary_name = "Username",
     .list = "ListUsers",
     .list_member = "UserSummaryList",
     .create_id = "UserId",
     .search_member = "Users"},
    {.noun = "UserHierarchyGroup",
     .word = "hierarchy group",
     .label = "HierarchyGroupId",
     .wrapper = "HierarchyGroup",
     .list = "ListUserHierarchyGroups",
     .list_member = "UserHierarchyGroupSummaryList",
     .create_id = "HierarchyGroupId",
     .search_member = "UserHierarchyGroups"},
};

class ConnectFamilies : public ConnectTest, public ::testing::WithParamInterface<Family> {
 protected:
  const Family& family() const { return GetParam(); }
  std::string Op(std::string_view verb) const {
    return std::string(verb) + std::string(family().noun);
  }
  std::string SearchOp() const { return "Search" + std::string(family().search_member); }

  // A valid input of the Create operation.
  json::Object Input(std::string_view name) {
    json::Object input{{family().name_member, name}, {"Tags", json::Object{{"team", "blue"}}}};
    const std::string_view noun = family().noun;
    if (noun != "User" && noun != "UserHierarchyGroup") input.Set("Description", "made by a test");
    if (noun == "AgentStatus") input.Set("State", "ENABLED");
    if (noun == "ContactFlow")
      input = Merged(input, {{"Type", "CONTACT_FLOW"}, {"Content", SayingFlow("hi")}});
    if (noun == "ContactFlowModule") input.Set("Content", EmptyModule());
    if (noun == "HoursOfOperation")
      input = Merged(input, {{"TimeZone", "Europe/Berlin"}, {"Config", json::Array()}});
    if (noun == "Queue") input.Set("HoursOfOperationId", HoursId());
    if (noun == "QuickConnect") {
      input.Set("QuickConnectConfig",
                json::Object{{"QuickConnectType", "PHONE_NUMBER"},
                             {"PhoneConfig", json::Object{{"PhoneNumber", "+15550100"}}}});
    }
    if (noun == "RoutingProfile") {
      input = Merged(
          input, {{"DefaultOutboundQueueId", QueueId()}, {"MediaConcurrencies", json::Array()}});
    }
    if (noun == "TestCase") input = Merged(input, {{"Status", "SAVED"}, {"Content", "{}"}});
    if (noun == "UserHierarchyGroup") {
      DoConnect(
          "UpdateUserHierarchyStructure",
          {{"HierarchyStructure", json::Object{{"LevelOne", json::Object{{"Name", "Site"}}}}}});
    }
    if (noun == "User") {
      input = Merged(
          input,
          {{"Password", "Passw0rdPassw0rd"},
           {"SecurityProfileIds",
            json::Array{IdOf("ListSecurityProfiles", "SecurityProfileSummaryList", "Agent")}},
           {"RoutingProfileId",
            IdOf("ListRoutingProfiles", "RoutingProfileSummaryList", "Basic Routing Profile")}});
    }
    return input;
  }
  std::string Make(std::string_view name) {
    return std::string(DoConnect(Op("Create"), Input(name)).GetString(family().create_id));
  }
  Answered AskDescribe(std::string_view id) {
    return AskConnect(Op("Describe"), {{family().label, id}});
  }
  std::vector<std::string> Listed() {
    return Names(DoConnect(family().list).GetArray(family().list_member), family().summary_name);
  }
};

TEST_P(ConnectFamilies, DescribesWhatWasMade) {
  const std::string id = Make("Sales");

  const Answered answer = AskDescribe(id);

  ASSERT_THAT(answer, Succeeds());
  const json::Object& body = answer.output.GetObject(family().wrapper);
  EXPECT_EQ(body.GetString(family().name_member), "Sales");
  EXPECT_EQ(body.GetObject("Tags").GetString("team"), "blue");
}

TEST_P(ConnectFamilies, TakesAnArnForAnId) {
  const std::string id = Make("Sales");
  const json::Object body = AskDescribe(id).output.GetObject(family().wrapper);
  std::string arn;
  for (const json::Member& member : body) {
    if (member.value.IsString() && member.value.AsString().starts_with("arn:"))
      arn = member.value.AsString();
  }

  const Answered answer =
      AskConnect(Op("Describe"), {{"InstanceId", InstanceArn()}, {family().label, arn}});

  EXPECT_THAT(arn, HasSubstr(id));
  EXPECT_THAT(answer, Succeeds());
}

TEST_P(ConnectFamilies, AnswersNotFoundForAnUnknownId) {
  EXPECT_THAT(AskDescribe("nope"),
              Fails(404, "ResourceNotFoundException",
                    std::string(family().word) + " 'nope' does not exist in instance 'acme'"));
}

TEST_P(ConnectFamilies, AnswersNotFoundForAnUnknownInstance) {
  EXPECT_THAT(
      AskConnect(family().list, {{"InstanceId", "nope"}}),
      Fails(404, "ResourceNotFoundException",
            "instance 'nope' does not exist in account 111122223333 and Region eu-central-1"));
}

TEST_P(ConnectFamilies, RefusesANameThatIsTaken) {
  const json::Object input = Input("Sales");
  DoConnect(Op("Create"), input);

  EXPECT_THAT(AskConnect(Op("Create"), input),
              Fails(409, "DuplicateResourceException",
                    HasSubstr("named 'Sales' already exists in instance 'acme'")));
}

TEST_P(ConnectFamilies, ListsInPages) {
  Make("A one");
  Make("A two");

  const json::Object first = DoConnect(family().list, {{"MaxResults", 1}});
  const json::Object second =
      DoConnect(family().list, {{"MaxResults", 1}, {"NextToken", first.GetString("NextToken")}});

  EXPECT_EQ(Names(first.GetArray(family().list_member), family().summary_name).size(), 1U);
  EXPECT_EQ(Names(second.GetArray(family().list_member), family().summary_name).size(), 1U);
  EXPECT_NE(Names(first.GetArray(family().list_member), family().summary_name),
            Names(second.GetArray(family().list_member), family().summary_name));
  EXPECT_THAT(Listed(), ::testing::IsSupersetOf({"A one", "A two"}));
}

TEST_P(ConnectFamilies, RefusesATokenOfAnotherListing) {
  EXPECT_THAT(AskConnect(family().list, {{"NextToken", "Zm9yZWlnbg=="}}),
              Fails(400, "InvalidRequestException",
                    "next token 'Zm9yZWlnbg==' was not given out for this listing"));
}

TEST_P(ConnectFamilies, FindsByNameAndTag) {
  Make("Sales");
  Make("Finance");

  const json::Object found = DoConnect(
      SearchOp(),
      {{"SearchFilter",
        family().noun == "AgentStatus" || family().noun == "UserHierarchyGroup"
            ? json::Object{{"AttributeFilter",
                            json::Object{{"TagCondition",
                                          json::Object{{"TagKey", "team"}, {"TagValue", "blue"}}}}}}
            : json::Object{{"TagFilter",
                            json::Object{{"TagCondition", json::Object{{"TagKey", "team"},
                                                                       {"TagValue", "blue"}}}}}}},
       {"SearchCriteria",
        json::Object{{"StringCondition",
                      json::Object{{"FieldName", family().noun == "User" ? "Username" : "name"},
                                   {"Value", "sal"},
                                   {"ComparisonType", "STARTS_WITH"}}}}}});

  EXPECT_EQ(Names(found.GetArray(family().search_member), family().name_member),
            std::vector<std::string>{"Sales"});
  EXPECT_EQ(found.GetInt("ApproximateTotalCount"), 1);
}

TEST_P(ConnectFamilies, RefusesToSearchByAFieldThatIsNotThere) {
  EXPECT_THAT(
      AskConnect(SearchOp(),
                 {{"SearchCriteria",
                   json::Object{{"StringCondition", json::Object{{"FieldName", "colour"},
                                                                 {"Value", "red"},
                                                                 {"ComparisonType", "EXACT"}}}}}}),
      Fails(400, "InvalidParameterException",
            HasSubstr("has no field 'colour' to search by: expected one of")));
}

TEST_P(ConnectFamilies, Renames) {
  if (family().rename.empty()) return;
  const std::string id = Make("Sales");

  DoConnect(family().rename, {{family().label, id}, {"Name", "Marketing"}, {"Description", "new"}});

  const json::Object body = AskDescribe(id).output.GetObject(family().wrapper);
  EXPECT_EQ(body.GetString("Name"), "Marketing");
  EXPECT_EQ(body.GetString("Description"), "new");
  EXPECT_THAT(Listed(), AllOf(Contains("Marketing"), Not(Contains("Sales"))));
}

TEST_P(ConnectFamilies, RefusesToRenameToANameThatIsTaken) {
  if (family().rename.empty()) return;
  Make("Sales");
  const std::string id = Make("Finance");

  EXPECT_THAT(AskConnect(family().rename, {{family().label, id}, {"Name", "Sales"}}),
              Fails(::testing::_, AnyOf("DuplicateResourceException", "InvalidParameterException"),
                    HasSubstr("named 'Sales' already exists")));
}

TEST_P(ConnectFamilies, Deletes) {
  if (!family().deletes) return;
  const std::string id = Make("Sales");

  DoConnect(Op("Delete"), {{family().label, id}});

  EXPECT_THAT(AskDescribe(id),
              Fails(404, "ResourceNotFoundException", HasSubstr("does not exist")));
  EXPECT_THAT(Listed(), Not(Contains("Sales")));
}

TEST_P(ConnectFamilies, AreKeptApartByAccountAndRegion) {
  const std::string id = Make("Sales");

  UseRegion("us-east-1");
  const Answered other_region = AskDescribe(id);
  UseRegion("eu-central-1");
  UseAccount("444455556666");
  const Answered other_account = AskDescribe(id);

  EXPECT_THAT(other_region, Fails(404, "ResourceNotFoundException", HasSubstr("us-east-1")));
  EXPECT_THAT(other_account, Fails(404, "ResourceNotFoundException", HasSubstr("444455556666")));
}

TEST_P(ConnectFamilies, SurviveARestart) {
  const std::string id = Make("Sales");
  const json::Object before = AskDescribe(id).output;

  Restart();

  EXPECT_EQ(AskDescribe(id).output, before);
}

std::string FamilyName(const ::testing::TestParamInfo<Family>& row) {
  return std::string(row.param.noun);
}

INSTANTIATE_TEST_SUITE_P(Of, ConnectFamilies, ::testing::ValuesIn(kFamilies), FamilyName);

}  // namespace
}  // namespace trunkline::cloud::tests
