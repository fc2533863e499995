#include "tests/deploy/drift_test.h"

#include <gmock/gmock.h>

namespace trunkline::deploy::tests {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST_F(DriftTest, IsNoneOfWhatIsAsItWasDelivered) {
  AddQueue("Sales").max_contacts = 5;
  Deliver("queue", "Sales", {{"Name", "Sales"}, {"HoursOfOperationId", "h-1"}, {"MaxContacts", 5}});

  EXPECT_THAT(Drift(), IsEmpty());
}

TEST_F(DriftTest, IsAQueueWithAnotherLimit) {
  AddQueue("Sales").max_contacts = 5;
  Deliver("queue", "Sales", {{"Name", "Sales"}, {"HoursOfOperationId", "h-1"}, {"MaxContacts", 9}});

  EXPECT_THAT(Drift(), ElementsAre("queue 'Sales' its hours, description or limit were changed"));
}

TEST_F(DriftTest, IsWhatIsMissing) {
  AddQueue("Sales");

  EXPECT_THAT(Drift(), ElementsAre("queue 'Sales' is not there: deleted, or never delivered"));
}

TEST_F(DriftTest, IsHoursWithOtherTimes) {
  AddHours("Office");
  const auto body = [](int end) {
    json::Object slice{{"Day", "MONDAY"},
                       {"StartTime", json::Object{{"Hours", 9}, {"Minutes", 0}}},
                       {"EndTime", json::Object{{"Hours", end}, {"Minutes", 0}}}};
    return json::Object{
        {"Name", "Office"}, {"TimeZone", "Europe/Berlin"}, {"Config", json::Array{slice}}};
  };
  LiveResource& hours = Deliver("hours", "Office", body(17));
  EXPECT_THAT(Drift(), IsEmpty());

  hours.body = body(20);

  EXPECT_THAT(Drift(), Contains(HasSubstr("hours 'Office' the times")));
}

TEST_F(DriftTest, IsAFlowThatWasEditedOrIsGoneFromTheCenter) {
  LiveResource& flow = Have("flow", "Old", "hash");
  flow.tags.emplace(kManagedTag, "true");
  flow.tags.emplace(kContentTag, "delivered");
  flow.body.Set("FlowContentSha256", "edited");

  EXPECT_THAT(Drift(), ElementsAre("flow 'Old' its content was changed"));
}

TEST_F(DriftTest, AsksForTheHashThatAListingLacks) {
  LiveResource& flow = Have("flow", "Old", "hash");
  flow.tags.emplace(kManagedTag, "true");
  flow.tags.emplace(kContentTag, "delivered");
  aws.On("connect:DescribeContactFlow",
         json::Object{{"ContactFlow", json::Object{{"FlowContentSha256", "edited"}}}});

  EXPECT_THAT(Drift(), ElementsAre("flow 'Old' its content was changed"));
}

TEST_F(DriftTest, IsAnAliasThatLeadsElsewhere) {
  LiveResource& function = Have("function", "lookup", "0123456789abcdef");
  function.tags.emplace(kManagedTag, "true");
  AddFunction("lookup").connect = false;
  aws.On("lambda:GetFunctionConfiguration",
         json::Object{{"Version", "6"}, {"Description", "trunkline ffffffffffff"}});

  EXPECT_THAT(Drift(),
              ElementsAre("function 'lookup' its alias 'live' leads to version 6, which is "
                          "not the delivered one"));
}

TEST_F(DriftTest, IsAFunctionThatTheInstanceMayNotCallAnyMore) {
  Have("function", "lookup").tags.emplace(kStackTag, "theirs");
  AddFunction("lookup");

  EXPECT_THAT(Drift(),
              ElementsAre("function association 'lookup' the instance may not use it any more"));
}

}  // namespace
}  // namespace trunkline::deploy::tests
