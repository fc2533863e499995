// Creations that are told that the thing is there already: their first answer was lost, or somebody
// else has it.
#include <gmock/gmock.h>

#include "deploy/apply.h"
#include "tests/deploy/deploy_test.h"

namespace trunkline::deploy::tests {
namespace {

using ::testing::Contains;
using ::testing::Not;
using ::testing::SizeIs;

class ConflictTest : public DeployTest {
 protected:
  ConflictTest() {
    HaveInstance();
    AddHours("Office");
    aws.On("connect:CreateHoursOfOperation", [this](const json::Object& input) {
      if (made_) there_ = input.GetObject("Tags");
      return Result<json::Object>(Refused("DuplicateResourceException", "it exists"));
    });
    aws.On("connect:SearchHoursOfOperations", [this](const json::Object&) {
      json::Array found;
      if (there_) {
        json::Object hours{{"Name", "Office"},
                           {"HoursOfOperationId", "h-1"},
                           {"HoursOfOperationArn", "arn-of-h-1"},
                           {"Tags", *there_}};
        found.push_back(std::move(hours));
      }
      return Result<json::Object>(json::Object{{"HoursOfOperations", std::move(found)}});
    });
  }

  // The creation did all it was asked for, and only its answer was lost.
  void WasMade() { made_ = true; }
  void IsThereWith(json::Object tags) { there_ = std::move(tags); }

 private:
  bool made_ = false;
  std::optional<json::Object> there_;
};

TEST_F(ConflictTest, WithWhatItMadeItselfIsDone) {
  WasMade();

  const Applied applied = ApplyOne("hours", "Office");

  EXPECT_TRUE(applied.ok());
  EXPECT_THAT(aws.operations(), Not(Contains("connect:UpdateHoursOfOperation")));
  EXPECT_EQ(live.Find("hours", "Office")->id, "h-1");
}

TEST_F(ConflictTest, WithWhatIsNotAsWantedBringsItUpToDate) {
  IsThereWith({});

  const Applied applied = ApplyOne("hours", "Office");

  EXPECT_TRUE(applied.ok());
  EXPECT_THAT(aws.Inputs("connect:UpdateHoursOfOperation"), SizeIs(1));
}

TEST_F(ConflictTest, WithWhatIsNotToBeFoundStaysAFailure) {
  const Applied applied = ApplyOne("hours", "Office");

  ASSERT_THAT(applied.failed, SizeIs(1));
  EXPECT_EQ(applied.failed.front().error.message(), "it exists");
}

// The bot and the instance are made at the same time; until the instance is ACTIVE, a flow that
// names one of its defaults cannot be planned.
TEST_F(ConflictTest, IsLookedAtEvenWhereOtherThingsCannotBePlanned) {
  AddFlow("Main", QueueFlow("nobody has this queue"));
  IsThereWith({});

  const Applied applied = ApplyOne("hours", "Office");

  EXPECT_TRUE(applied.ok());
}

TEST_F(ConflictTest, StaysAFailureWhereItCannotBePlannedItself) {
  center::Flow& flow = AddFlow("Main", QuietFlow());
  flow.type = "AGENT_WHISPER";
  aws.Fails("connect:CreateContactFlow", "DuplicateResourceException", "it exists");
  json::Object other{
      {"Name", "Main"}, {"Id", "f-1"}, {"Arn", "arn-of-f-1"}, {"Type", "CONTACT_FLOW"}};
  aws.On("connect:SearchContactFlows", json::Object{{"ContactFlows", json::Array{other}}});

  const Applied applied = ApplyOne("flow stub", "Main");

  ASSERT_THAT(applied.failed, SizeIs(1));
  EXPECT_EQ(applied.failed.front().error.message(), "it exists");
}

}  // namespace
}  // namespace trunkline::deploy::tests
