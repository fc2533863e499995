#include "deploy/phone.h"

#include <gmock/gmock.h>

#include "tests/deploy/deploy_test.h"

namespace trunkline::deploy::tests {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

class PhoneTest : public DeployTest {
 protected:
  PhoneTest() : target_(target()) {
    HaveInstance();
    json::Object number{{"PhoneNumber", "+14155550100"},
                        {"PhoneNumberId", "n-1"},
                        {"PhoneNumberArn", "arn-of-n-1"},
                        {"PhoneNumberCountryCode", "US"},
                        {"PhoneNumberType", "DID"}};
    aws.On("connect:ListPhoneNumbersV2",
           json::Object{{"ListPhoneNumbersSummaryList", json::Array{number}}});
    json::Object flow{
        {"Name", "Main"}, {"Id", "f-1"}, {"Arn", "arn-of-f-1"}, {"Type", "CONTACT_FLOW"}};
    json::Object whisper{
        {"Name", "Whisper"}, {"Id", "f-2"}, {"Arn", "arn-of-f-2"}, {"Type", "AGENT_WHISPER"}};
    aws.On("connect:SearchContactFlows",
           json::Object{{"ContactFlows", json::Array{flow, whisper}}});
    json::Object association{{"ResourceId", "arn-of-n-1"}, {"FlowId", "arn-of-f-1"}};
    aws.On("connect:ListFlowAssociations",
           json::Object{{"FlowAssociationSummaryList", json::Array{association}}});
  }
  template <class Work>
  auto Do(Work work) {
    DeployWorld world{.timers = aws.fake().timers(), .clock = aws.fake().clock()};
    Session session{
        .client = aws.fake().MakeClient(), .target = target_, .live = live, .world = world};
    return aws.fake().Run(work(session));
  }
  auto Claim(const std::string& number) {
    return Do([&](Session& session) { return ClaimNumber(session, number, "the hotline"); });
  }
  // Of the number that is claimed next.
  void StatusIs(std::string_view status) {
    aws.On("connect:ClaimPhoneNumber", json::Object{{"PhoneNumberId", "n-2"}});
    json::Object number{
        {"PhoneNumber", "+14155550111"},
        {"PhoneNumberStatus", json::Object{{"Status", status}, {"Message", "none is left"}}}};
    aws.On("connect:DescribePhoneNumber",
           json::Object{{"ClaimedPhoneNumberSummary", std::move(number)}});
  }

  Target target_;
};

TEST_F(PhoneTest, ListsNumbersWithTheFlowsTheyRun) {
  const auto numbers = Do([](Session& session) { return ListNumbers(session); });

  ASSERT_THAT(*numbers, SizeIs(1));
  EXPECT_EQ(numbers->front().number, "+14155550100");
  EXPECT_EQ(numbers->front().flow, "Main");
}

TEST_F(PhoneTest, ClaimsANumberForTheInstance) {
  StatusIs("CLAIMED");

  EXPECT_EQ(Claim("+14155550111")->number, "+14155550111");

  const json::Object input = aws.Inputs("connect:ClaimPhoneNumber").front();
  EXPECT_EQ(input.GetString("TargetArn"), kInstanceArn);
  EXPECT_EQ(input.GetObject("Tags").GetString(kManagedTag), "true");
}

TEST_F(PhoneTest, ClaimsNoNumberTwice) {
  EXPECT_EQ(Claim("+14155550100")->id, "n-1");
  EXPECT_THAT(aws.Inputs("connect:ClaimPhoneNumber"), IsEmpty());
}

TEST_F(PhoneTest, SaysWhyANumberCouldNotBeClaimed) {
  StatusIs("FAILED");

  EXPECT_EQ(Claim("+14155550111").error().message(),
            "Amazon Connect could not claim +14155550111: none is left");
}

TEST_F(PhoneTest, RunsOnlyFlowsThatANumberCanRun) {
  const auto attach = [&](std::string_view flow) {
    return Do(
        [&](Session& session) { return AttachNumber(session, "+14155550100", std::string(flow)); });
  };

  EXPECT_EQ(attach("Main")->flow, "Main");
  EXPECT_EQ(
      attach("Whisper").error().message(),
      "flow 'Whisper' has the type AGENT_WHISPER; a number runs a flow of the type CONTACT_FLOW");
  EXPECT_EQ(attach("Mian").error().message(),
            "instance 'acme-dev-eu-central-1' has no flow 'Mian'; did you mean 'Main'?");
}

TEST_F(PhoneTest, LeavesANumberToTheStackThatMadeIt) {
  json::Object tags{{std::string(kStackTag), "numbers"}};
  aws.On("connect:DescribePhoneNumber",
         json::Object{{"ClaimedPhoneNumberSummary", json::Object{{"Tags", std::move(tags)}}}});

  const auto released = Do([](Session& session) { return ReleaseNumber(session, "+14155550100"); });

  EXPECT_EQ(released.error().message(),
            "+14155550100 belongs to the CloudFormation stack 'numbers'; change it there");
  EXPECT_THAT(aws.Inputs("connect:ReleasePhoneNumber"), IsEmpty());
}

TEST_F(PhoneTest, ReleasesOnlyWhatTheInstanceHas) {
  const auto released = Do([](Session& session) { return ReleaseNumber(session, "+4930123"); });

  EXPECT_EQ(released.error().message(),
            "instance 'acme-dev-eu-central-1' has no phone number '+4930123'; it has +14155550100");
  EXPECT_THAT(aws.Inputs("connect:ReleasePhoneNumber"), IsEmpty());
}

}  // namespace
}  // namespace trunkline::deploy::tests
