#include "deploy/drift.h"

#include <gmock/gmock.h>

#include "tests/deploy/deploy_test.h"

namespace trunkline::deploy::tests {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class DriftTest : public DeployTest {
 protected:
  DriftTest() {
    HaveInstance();
    BringOwnMapping();
    Have("bucket", "acme-storage-dev-eu-central-1").tags.emplace(kStackTag, "theirs");
    for (const auto& [name, value] :
         {std::pair("AmazonConnectInstanceId", "i-1"),
          std::pair("AmazonConnectInstanceName", kInstance.data()),
          std::pair("AmazonConnectInstanceStorageBucket", "acme-storage-dev-eu-central-1")})
      Have("parameter", name).id = value;
  }
  std::vector<std::string> Drift() {
    DeployWorld world{.timers = aws.fake().timers(), .clock = aws.fake().clock()};
    const Target to = target();
    Session session{.client = aws.fake().MakeClient(), .target = to, .live = live, .world = world};
    const auto drifted = aws.fake().Run(FindDrift(session));
    std::vector<std::string> texts;
    for (const Drifted& one : drifted.value())
      texts.push_back(fmt::format("{} '{}' {}", one.kind, one.name, one.what));
    return texts;
  }
  // As the kind's delivery leaves it.
  LiveResource& Deliver(std::string_view kind, std::string_view name, json::Object body) {
    Have("hours", "Basic Hours").id = "h-1";
    aws.Forget();
    const std::string operation =
        kind == "queue" ? "connect:CreateQueue" : "connect:CreateHoursOfOperation";
    EXPECT_TRUE(ApplyOne(kind, name).ok());
    LiveResource& there = Have(kind, name);
    there.tags = ReadTags(aws.Inputs(operation).at(0).GetObject("Tags"));
    there.body = std::move(body);
    return there;
  }
};

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
