// What is particular to queues, hours, routing profiles, quick connects and users.
#include <gmock/gmock.h>

#include "tests/cloud/connect/connect_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class ConnectQueues : public ConnectTest {
 protected:
  json::Object Described() {
    return DoConnect("DescribeQueue", {{"QueueId", QueueId()}}).GetObject("Queue");
  }
  std::string MakeQuickConnect(std::string_view name) {
    return std::string(
        DoConnect(
            "CreateQuickConnect",
            {{"Name", name},
             {"QuickConnectConfig",
              json::Object{{"QuickConnectType", "QUEUE"},
                           {"QueueConfig",
                            json::Object{{"QueueId", QueueId()},
                                         {"ContactFlowId", FlowId("Default queue transfer")}}}}}})
            .GetString("QuickConnectId"));
  }
};

TEST_F(ConnectQueues, NeedHoursThatExist) {
  EXPECT_THAT(AskConnect("CreateQueue", {{"Name", "Sales"}, {"HoursOfOperationId", "nope"}}),
              Fails(404, "ResourceNotFoundException",
                    "hours of operation 'nope' does not exist in instance 'acme'"));
}

TEST_F(ConnectQueues, TakeALimitAndLoseIt) {
  DoConnect("UpdateQueueMaxContacts", {{"QueueId", QueueId()}, {"MaxContacts", 7}});
  const json::Object limited = Described();
  DoConnect("UpdateQueueMaxContacts", {{"QueueId", QueueId()}});

  EXPECT_EQ(limited.GetInt("MaxContacts"), 7);
  EXPECT_FALSE(Described().Has("MaxContacts"));
}

TEST_F(ConnectQueues, AreSwitchedOff) {
  DoConnect("UpdateQueueStatus", {{"QueueId", QueueId()}, {"Status", "DISABLED"}});

  EXPECT_EQ(Described().GetString("Status"), "DISABLED");
}

TEST_F(ConnectQueues, RememberWhenTheyWereChanged) {
  Advance(std::chrono::hours(1));
  DoConnect("UpdateQueueStatus", {{"QueueId", QueueId()}, {"Status", "DISABLED"}});

  EXPECT_EQ(Described().GetDouble("LastModifiedTime"), std::stod(EpochSeconds(clock().Now())));
  EXPECT_EQ(Described().GetString("LastModifiedRegion"), "eu-central-1");
}

TEST_F(ConnectQueues, CallOutWithOutboundFlowsOnly) {
  EXPECT_THAT(AskConnect("UpdateQueueOutboundCallerConfig",
                         {{"QueueId", QueueId()},
                          {"OutboundCallerConfig",
                           json::Object{{"OutboundFlowId", FlowId("Sample AB test")}}}}),
              Fails(400, "InvalidParameterException",
                    "flow 'Sample AB test' has the type CONTACT_FLOW, expected OUTBOUND_WHISPER"));
}

TEST_F(ConnectQueues, RefuseTheEmailChannel) {
  EXPECT_THAT(AskConnect("CreateQueue", {{"Name", "Sales"},
                                         {"HoursOfOperationId", HoursId()},
                                         {"OutboundEmailConfig", json::Object()}}),
              Fails(400, "InvalidRequestException",
                    "the embedded cloud has no e-mail channel: leave out OutboundEmailConfig"));
}

TEST_F(ConnectQueues, OfferQuickConnects) {
  const std::string id = MakeQuickConnect("Finance");
  DoConnect("AssociateQueueQuickConnects",
            {{"QueueId", QueueId()}, {"QuickConnectIds", json::Array{id}}});

  const auto listed = [&] {
    return Names(DoConnect("ListQueueQuickConnects", {{"QueueId", QueueId()}})
                     .GetArray("QuickConnectSummaryList"));
  };

  EXPECT_THAT(listed(), ElementsAre("Finance"));
  DoConnect("DisassociateQueueQuickConnects",
            {{"QueueId", QueueId()}, {"QuickConnectIds", json::Array{id}}});
  EXPECT_THAT(listed(), IsEmpty());
}

TEST_F(ConnectQueues, ForgetADeletedQuickConnect) {
  const std::string id = MakeQuickConnect("Finance");
  DoConnect("AssociateQueueQuickConnects",
            {{"QueueId", QueueId()}, {"QuickConnectIds", json::Array{id}}});

  DoConnect("DeleteQuickConnect", {{"QuickConnectId", id}});

  EXPECT_THAT(DoConnect("ListQueueQuickConnects", {{"QueueId", QueueId()}})
                  .GetArray("QuickConnectSummaryList"),
              IsEmpty());
}

TEST_F(ConnectQueues, StayWhileSomethingNamesThem) {
  EXPECT_THAT(AskConnect("DeleteQueue", {{"QueueId", QueueId()}}),
              Fails(409, "ResourceInUseException",
                    "queue 'BasicQueue' is used by routing profile 'Basic Routing Profile'"));
  EXPECT_THAT(AskConnect("DeleteHoursOfOperation", {{"HoursOfOperationId", HoursId()}}),
              Fails(400, "InvalidRequestException",
                    "hours of operation 'Basic Hours' are used by queue 'BasicQueue'"));
}

TEST_F(ConnectQueues, ListTheQueueOfEveryUserByType) {
  const std::string user(
      DoConnect("CreateUser",
                {{"Username", "ada"},
                 {"Password", "Passw0rdPassw0rd"},
                 {"SecurityProfileIds",
                  json::Array{IdOf("ListSecurityProfiles", "SecurityProfileSummaryList", "Agent")}},
                 {"RoutingProfileId", IdOf("ListRoutingProfiles", "RoutingProfileSummaryList",
                                           "Basic Routing Profile")}})
          .GetString("UserId"));

  const json::Array agents =
      DoConnect("ListQueues", {{"QueueTypes", json::Array{"AGENT"}}}).GetArray("QueueSummaryList");

  EXPECT_THAT(Names(agents, "Arn"), ElementsAre(InstanceArn() + "/queue/agent/" + user));
  EXPECT_THAT(DoConnect("ListQueues", {{"QueueTypes", json::Array{"STANDARD"}}})
                  .GetArray("QueueSummaryList"),
              SizeIs(1));
}

class ConnectHours : public ConnectTest {
 protected:
  json::Object Override(std::string_view name) {
    return {{"HoursOfOperationId", HoursId()},
            {"Name", name},
            {"Config", json::Array()},
            {"EffectiveFrom", "2026-12-24"},
            {"EffectiveTill", "2026-12-26"}};
  }
};

TEST_F(ConnectHours, NeedATimeZoneThatExists) {
  EXPECT_THAT(
      AskConnect("CreateHoursOfOperation",
                 {{"Name", "Nights"}, {"TimeZone", "Europe/Berlyn"}, {"Config", json::Array()}}),
      Fails(400, "InvalidParameterException",
            "time zone 'Europe/Berlyn' is not known: expected a name such as 'Europe/Berlin'"));
}

TEST_F(ConnectHours, KeepOverrides) {
  const std::string id(DoConnect("CreateHoursOfOperationOverride", Override("Christmas"))
                           .GetString("HoursOfOperationOverrideId"));
  const json::Object key{{"HoursOfOperationId", HoursId()}, {"HoursOfOperationOverrideId", id}};

  DoConnect("UpdateHoursOfOperationOverride", Merged(key, {{"EffectiveTill", "2026-12-27"}}));
  Restart();
  const json::Object described =
      DoConnect("DescribeHoursOfOperationOverride", key).GetObject("HoursOfOperationOverride");
  DoConnect("DeleteHoursOfOperationOverride", key);

  EXPECT_EQ(described.GetString("Name"), "Christmas");
  EXPECT_EQ(described.GetString("EffectiveTill"), "2026-12-27");
  EXPECT_THAT(DoConnect("ListHoursOfOperationOverrides", {{"HoursOfOperationId", HoursId()}})
                  .GetArray("HoursOfOperationOverrideList"),
              IsEmpty());
}

TEST_F(ConnectHours, RefuseOverridesThatEndBeforeTheyBegin) {
  EXPECT_THAT(AskConnect("CreateHoursOfOperationOverride",
                         Merged(Override("Odd"), {{"EffectiveTill", "2026-12-01"}})),
              Fails(400, "InvalidParameterException",
                    "the override begins on 2026-12-24, after its end on 2026-12-01"));
}

TEST_F(ConnectHours, RefuseASecondOverrideOfAName) {
  DoConnect("CreateHoursOfOperationOverride", Override("Christmas"));

  EXPECT_THAT(AskConnect("CreateHoursOfOperationOverride", Override("Christmas")),
              Fails(409, "DuplicateResourceException",
                    "hours of operation 'Basic Hours' already have an override named 'Christmas'"));
}

TEST_F(ConnectHours, FindOverridesByDate) {
  DoConnect("CreateHoursOfOperationOverride", Override("Christmas"));

  const auto search = [&](std::string_view date) {
    return DoConnect("SearchHoursOfOperationOverrides",
                     {{"SearchCriteria",
                       json::Object{
                           {"DateCondition", json::Object{{"FieldName", "EffectiveFrom"},
                                                          {"Value", date},
                                                          {"ComparisonType", "GREATER_THAN"}}}}}})
        .GetInt("ApproximateTotalCount");
  };

  EXPECT_EQ(search("2026-12-01"), 1);
  EXPECT_EQ(search("2026-12-24"), 0);
}

class ConnectRoutingProfiles : public ConnectTest {
 protected:
  std::string ProfileId() {
    return IdOf("ListRoutingProfiles", "RoutingProfileSummaryList", "Basic Routing Profile");
  }
  json::Array Queues() {
    return DoConnect("ListRoutingProfileQueues", {{"RoutingProfileId", ProfileId()}})
        .GetArray("RoutingProfileQueueConfigSummaryList");
  }
};

TEST_F(ConnectRoutingProfiles, ServeQueuesByChannel) {
  const std::string queue(
      DoConnect("CreateQueue", {{"Name", "Sales"}, {"HoursOfOperationId", HoursId()}})
          .GetString("QueueId"));
  const json::Object pair{{"QueueId", queue}, {"Channel", "VOICE"}};
  const json::Object key{{"RoutingProfileId", ProfileId()}};
  const auto config = [&](int priority) {
    return Merged(key, {{"QueueConfigs",
                         json::Array{json::Object{
                             {"QueueReference", pair}, {"Priority", priority}, {"Delay", 0}}}}});
  };

  DoConnect("AssociateRoutingProfileQueues", config(1));
  DoConnect("UpdateRoutingProfileQueues", config(5));
  const json::Array with = Queues();
  DoConnect("DisassociateRoutingProfileQueues",
            Merged(key, {{"QueueReferences", json::Array{pair}}}));

  EXPECT_THAT(Names(with, "QueueName"), ElementsAre("BasicQueue", "BasicQueue", "Sales"));
  EXPECT_EQ(with.at(2).AsObject().GetInt("Priority"), 5);
  EXPECT_THAT(Queues(), SizeIs(2));
}

TEST_F(ConnectRoutingProfiles, CountWhatIsAssociated) {
  const json::Object profile =
      DoConnect("DescribeRoutingProfile", {{"RoutingProfileId", ProfileId()}})
          .GetObject("RoutingProfile");

  EXPECT_EQ(profile.GetInt("NumberOfAssociatedQueues"), 2);
  EXPECT_EQ(profile.GetInt("NumberOfAssociatedUsers"), 0);
}

TEST_F(ConnectRoutingProfiles, TakeOneCallAtATime) {
  EXPECT_THAT(
      AskConnect("UpdateRoutingProfileConcurrency",
                 {{"RoutingProfileId", ProfileId()},
                  {"MediaConcurrencies",
                   json::Array{json::Object{{"Channel", "VOICE"}, {"Concurrency", 2}}}}}),
      Fails(400, "InvalidParameterException", "expected a Concurrency of 1 for VOICE but got 2"));
}

class ConnectUsers : public ConnectTest {
 protected:
  json::Object Input() {
    return {{"Username", "ada"},
            {"Password", "Passw0rdPassw0rd"},
            {"SecurityProfileIds",
             json::Array{IdOf("ListSecurityProfiles", "SecurityProfileSummaryList", "Agent")}},
            {"RoutingProfileId",
             IdOf("ListRoutingProfiles", "RoutingProfileSummaryList", "Basic Routing Profile")}};
  }
};

TEST_F(ConnectUsers, NeedAPasswordWhereConnectKeepsThem) {
  json::Object input = Input();
  input.Remove("Password");

  EXPECT_THAT(AskConnect("CreateUser", input),
              Fails(400, "InvalidRequestException",
                    "instance 'acme' keeps its own users: a new one needs a Password"));
}

TEST_F(ConnectUsers, NeverShowTheirPassword) {
  DoConnect("CreateUser", Input());

  for (const Record* user : store().List({account(), region()}, {"connect", "user"})) {
    EXPECT_FALSE(user->body.Has("Password"));
  }
}

TEST_F(ConnectUsers, ChangeTheirProfiles) {
  const std::string id(DoConnect("CreateUser", Input()).GetString("UserId"));
  const std::string admin = IdOf("ListSecurityProfiles", "SecurityProfileSummaryList", "Admin");

  DoConnect("UpdateUserSecurityProfiles",
            {{"UserId", id}, {"SecurityProfileIds", json::Array{admin}}});
  DoConnect("UpdateUserIdentityInfo",
            {{"UserId", id}, {"IdentityInfo", json::Object{{"FirstName", "Ada"}}}});

  const json::Object user = DoConnect("DescribeUser", {{"UserId", id}}).GetObject("User");
  EXPECT_EQ(user.GetArray("SecurityProfileIds"), json::Array{admin});
  EXPECT_EQ(user.GetObject("IdentityInfo").GetString("FirstName"), "Ada");
}

TEST_F(ConnectUsers, KeepTheirProfilesFromBeingDeleted) {
  const json::Object input = Input();
  DoConnect("CreateUser", input);

  EXPECT_THAT(AskConnect("DeleteRoutingProfile",
                         {{"RoutingProfileId", input.GetString("RoutingProfileId")}}),
              Fails(409, "ResourceInUseException",
                    "routing profile 'Basic Routing Profile' is used by 1 user"));
  EXPECT_THAT(
      AskConnect("DeleteSecurityProfile",
                 {{"SecurityProfileId", input.GetArray("SecurityProfileIds").at(0).AsString()}}),
      Fails(409, "ResourceInUseException",
            HasSubstr("security profile 'Agent' is used by user 'ada'")));
}

TEST_F(ConnectUsers, NeedANumberForADeskPhone) {
  EXPECT_THAT(
      AskConnect("CreateUser",
                 Merged(Input(), {{"PhoneConfig", json::Object{{"PhoneType", "DESK_PHONE"}}}})),
      Fails(400, "InvalidParameterException",
            "a PhoneConfig with a DESK_PHONE needs a DeskPhoneNumber"));
}

class ConnectSecurityProfiles : public ConnectTest {};

TEST_F(ConnectSecurityProfiles, ListTheirPermissions) {
  const std::string id(
      DoConnect("CreateSecurityProfile",
                {{"SecurityProfileName", "Watcher"}, {"Permissions", json::Array{"AccessMetrics"}}})
          .GetString("SecurityProfileId"));

  DoConnect(
      "UpdateSecurityProfile",
      {{"SecurityProfileId", id}, {"Permissions", json::Array{"AccessMetrics", "Queues.View"}}});

  EXPECT_EQ(DoConnect("ListSecurityProfilePermissions", {{"SecurityProfileId", id}})
                .GetArray("Permissions"),
            (json::Array{"AccessMetrics", "Queues.View"}));
}

class ConnectPredefinedAttributes : public ConnectTest {
 protected:
  static json::Object Language(const json::Array& values) {
    return {{"Name", "language"}, {"Values", json::Object{{"StringList", values}}}};
  }
};

TEST_F(ConnectPredefinedAttributes, KeepTheirValuesUntilDeleted) {
  DoConnect("CreatePredefinedAttribute", Language({"en"}));
  DoConnect("UpdatePredefinedAttribute", Language({"en", "es"}));
  Restart();

  const json::Object described = DoConnect("DescribePredefinedAttribute", {{"Name", "language"}});
  DoConnect("DeletePredefinedAttribute", {{"Name", "language"}});

  EXPECT_EQ(described.GetObject("PredefinedAttribute").GetObject("Values").GetArray("StringList"),
            (json::Array{"en", "es"}));
  EXPECT_THAT(DoConnect("ListPredefinedAttributes").GetArray("PredefinedAttributeSummaryList"),
              IsEmpty());
  EXPECT_THAT(AskConnect("DescribePredefinedAttribute", {{"Name", "language"}}),
              Fails(404, "ResourceNotFoundException",
                    "predefined attribute 'language' does not exist in instance 'acme'"));
}

TEST_F(ConnectPredefinedAttributes, HaveOneNameEach) {
  DoConnect("CreatePredefinedAttribute", Language({"en"}));

  EXPECT_THAT(
      AskConnect("CreatePredefinedAttribute", Language({"en"})),
      Fails(409, "DuplicateResourceException", HasSubstr("named 'language' already exists")));
}

class ConnectQuickConnects : public ConnectTest {};

TEST_F(ConnectQuickConnects, NeedTheConfigurationOfTheirType) {
  EXPECT_THAT(AskConnect("CreateQuickConnect",
                         {{"Name", "x"},
                          {"QuickConnectConfig", json::Object{{"QuickConnectType", "QUEUE"}}}}),
              Fails(400, "InvalidParameterException",
                    "a quick connect of the type QUEUE needs a QueueConfig"));
}

}  // namespace
}  // namespace trunkline::cloud::tests
