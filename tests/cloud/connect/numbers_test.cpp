#include <gmock/gmock.h>

#include "cloud/services/connect/number_plan.h"
#include "tests/cloud/connect/connect_test.h"

namespace trunkline::cloud::tests {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

class ConnectNumbers : public ConnectTest {
 protected:
  json::Object Search(std::string_view country, std::string_view type, json::Object more = {}) {
    return DoConnect(
        "SearchAvailablePhoneNumbers",
        Merged({{"PhoneNumberCountryCode", country}, {"PhoneNumberType", type}}, more));
  }
  std::string Offer(std::string_view country = "US", std::string_view type = "DID") {
    return Names(Search(country, type).GetArray("AvailableNumbersList"), "PhoneNumber").at(0);
  }
  std::string Claim(std::string_view number) {
    std::string id(
        DoConnect("ClaimPhoneNumber", {{"PhoneNumber", number}}).GetString("PhoneNumberId"));
    Advance(Milliseconds(50));
    return id;
  }
  json::Object Described(std::string_view id) {
    return Do("connect", "DescribePhoneNumber", {{"PhoneNumberId", id}})
        .GetObject("ClaimedPhoneNumberSummary");
  }
};

TEST_F(ConnectNumbers, AreOfferedPerCountryAndType) {
  EXPECT_THAT(Names(Search("US", "DID").GetArray("AvailableNumbersList"), "PhoneNumber"),
              AllOf(SizeIs(10), Each(StartsWith("+1555"))));
  EXPECT_THAT(Names(Search("US", "TOLL_FREE").GetArray("AvailableNumbersList"), "PhoneNumber"),
              Each(StartsWith("+1800555")));
  EXPECT_THAT(Names(Search("DE", "DID").GetArray("AvailableNumbersList"), "PhoneNumber"),
              Each(StartsWith("+49555")));
  EXPECT_THAT(Search("US", "SHARED").GetArray("AvailableNumbersList"), IsEmpty());
}

TEST_F(ConnectNumbers, AreOfferedWithAPrefix) {
  EXPECT_THAT(
      Names(Search("US", "DID", {{"PhoneNumberPrefix", "+1206"}}).GetArray("AvailableNumbersList"),
            "PhoneNumber"),
      Each(StartsWith("+1206")));
  EXPECT_THAT(Search("US", "DID", {{"PhoneNumberPrefix", "+49"}}).GetArray("AvailableNumbersList"),
              IsEmpty());
  EXPECT_THAT(
      AskConnect("SearchAvailablePhoneNumbers", {{"PhoneNumberCountryCode", "US"},
                                                 {"PhoneNumberType", "DID"},
                                                 {"PhoneNumberPrefix", "206"}}),
      Fails(400, "InvalidParameterException", HasSubstr("expected '+' and a country code")));
}

TEST_F(ConnectNumbers, AreOfferedInPages) {
  const json::Object first = Search("US", "DID", {{"MaxResults", 2}});
  const json::Object second =
      Search("US", "DID", {{"MaxResults", 2}, {"NextToken", first.GetString("NextToken")}});

  for (const std::string& number : Names(second.GetArray("AvailableNumbersList"), "PhoneNumber")) {
    EXPECT_THAT(Names(first.GetArray("AvailableNumbersList"), "PhoneNumber"),
                Not(::testing::Contains(number)));
  }
}

TEST_F(ConnectNumbers, AreClaimedAfterAWhile) {
  const std::string number = Offer();
  const std::string id(
      DoConnect("ClaimPhoneNumber", {{"PhoneNumber", number}, {"Tags", json::Object{{"a", "b"}}}})
          .GetString("PhoneNumberId"));
  const json::Object before = Described(id);

  Restart();
  Advance(Milliseconds(50));
  const json::Object after = Described(id);

  EXPECT_EQ(before.GetObject("PhoneNumberStatus").GetString("Status"), "IN_PROGRESS");
  EXPECT_EQ(after.GetObject("PhoneNumberStatus").GetString("Status"), "CLAIMED");
  EXPECT_EQ(after.GetString("PhoneNumberArn"),
            "arn:aws:connect:eu-central-1:111122223333:phone-number/" + id);
  EXPECT_EQ(after.GetString("TargetArn"), InstanceArn());
  EXPECT_EQ(after.GetString("PhoneNumberCountryCode"), "US");
  EXPECT_EQ(after.GetString("PhoneNumberType"), "DID");
}

TEST_F(ConnectNumbers, AreClaimedOnceInTheWorld) {
  const std::string number = Offer();
  Claim(number);

  EXPECT_NE(Offer(), number);
  UseRegion("us-east-1");
  const std::string other = MakeInstance("other");
  EXPECT_THAT(AskConnect("ClaimPhoneNumber", {{"InstanceId", other}, {"PhoneNumber", number}}),
              Fails(400, "InvalidParameterException",
                    "phone number '" + number + "' is not available: it is claimed already"));
}

TEST_F(ConnectNumbers, AreClaimedOnceForOneClientToken) {
  const json::Object input{{"PhoneNumber", Offer()}, {"ClientToken", "once"}};

  const json::Object first = DoConnect("ClaimPhoneNumber", input);
  const json::Object again = DoConnect("ClaimPhoneNumber", input);

  EXPECT_EQ(first, again);
}

TEST_F(ConnectNumbers, AreFivePerInstance) {
  for (int i = 0; i < 5; ++i) Claim(Offer());

  EXPECT_THAT(AskConnect("ClaimPhoneNumber", {{"PhoneNumber", Offer()}}),
              Fails(400, "InvalidParameterException",
                    "instance 'acme' already has 5 phone numbers: the quota"));
}

TEST_F(ConnectNumbers, AreListedInBothListings) {
  const std::string us = Offer();
  Claim(us);
  Claim(Offer("DE"));

  EXPECT_THAT(
      Names(Do("connect", "ListPhoneNumbersV2", {{"PhoneNumberCountryCodes", json::Array{"US"}}})
                .GetArray("ListPhoneNumbersSummaryList"),
            "PhoneNumber"),
      ElementsAre(us));
  EXPECT_THAT(Do("connect", "ListPhoneNumbersV2", {{"TargetArn", InstanceArn()}})
                  .GetArray("ListPhoneNumbersSummaryList"),
              SizeIs(2));
  EXPECT_THAT(DoConnect("ListPhoneNumbers").GetArray("PhoneNumberSummaryList"), SizeIs(2));
}

TEST_F(ConnectNumbers, RunTheFlowTheyAreAssociatedWith) {
  const std::string id = Claim(Offer());
  const std::string flow = FlowId("Sample AB test");

  DoConnect("AssociatePhoneNumberContactFlow", {{"PhoneNumberId", id}, {"ContactFlowId", flow}});

  const json::Array associations =
      DoConnect("ListFlowAssociations", {{"ResourceType", "VOICE_PHONE_NUMBER"}})
          .GetArray("FlowAssociationSummaryList");
  EXPECT_THAT(Names(associations, "FlowId"), ElementsAre(InstanceArn() + "/contact-flow/" + flow));
  EXPECT_THAT(AskConnect("DeleteContactFlow", {{"ContactFlowId", flow}}),
              Fails(400, "InvalidRequestException",
                    HasSubstr("flow 'Sample AB test' is used by phone number '+1555")));
  DoConnect("DisassociatePhoneNumberContactFlow", {{"PhoneNumberId", id}});
  EXPECT_THAT(DoConnect("BatchGetFlowAssociation", {{"ResourceIds", json::Array{id}}})
                  .GetArray("FlowAssociationSummaryList"),
              IsEmpty());
}

TEST_F(ConnectNumbers, RunInboundFlowsOnly) {
  EXPECT_THAT(AskConnect("AssociatePhoneNumberContactFlow",
                         {{"PhoneNumberId", Claim(Offer())},
                          {"ContactFlowId", FlowId("Default agent hold")}}),
              Fails(400, "InvalidParameterException",
                    "a phone number runs a flow of the type CONTACT_FLOW, flow 'Default agent "
                    "hold' has the type AGENT_HOLD"));
}

TEST_F(ConnectNumbers, MoveToAnotherInstanceWithoutTheirFlow) {
  const std::string id = Claim(Offer());
  DoConnect("AssociatePhoneNumberContactFlow",
            {{"PhoneNumberId", id}, {"ContactFlowId", FlowId("Sample AB test")}});
  const std::string other = MakeInstance("other");

  Do("connect", "UpdatePhoneNumber", {{"PhoneNumberId", id}, {"InstanceId", other}});
  Advance(Milliseconds(50));

  EXPECT_EQ(Described(id).GetString("InstanceId"), other);
  EXPECT_THAT(DoConnect("ListFlowAssociations", {{"InstanceId", other}})
                  .GetArray("FlowAssociationSummaryList"),
              IsEmpty());
}

TEST_F(ConnectNumbers, AreReleased) {
  const std::string number = Offer();
  const std::string id = Claim(number);

  Do("connect", "ReleasePhoneNumber", {{"PhoneNumberId", id}});

  EXPECT_THAT(Ask("connect", "DescribePhoneNumber", {{"PhoneNumberId", id}}),
              Fails(404, "ResourceNotFoundException",
                    HasSubstr("phone number '" + id + "' does not exist")));
  EXPECT_EQ(Offer(), number);
}

TEST_F(ConnectNumbers, StayWhileAQueueCallsOutWithThem) {
  const std::string id = Claim(Offer());
  DoConnect("UpdateQueueOutboundCallerConfig",
            {{"QueueId", QueueId()},
             {"OutboundCallerConfig", json::Object{{"OutboundCallerIdNumberId", id}}}});

  EXPECT_THAT(
      Ask("connect", "ReleasePhoneNumber", {{"PhoneNumberId", id}}),
      Fails(409, "ResourceInUseException", HasSubstr("is the caller id of queue 'BasicQueue'")));
}

TEST(NumberPlan, TellsCountryAndTypeFromTheDigits) {
  const auto kind = [](std::string_view number) {
    const auto found = connect::KindOfNumber(number);
    return found ? found->country + " " + found->type : std::string("none");
  };

  EXPECT_EQ(kind("+15551234567"), "US DID");
  EXPECT_EQ(kind("+14165550100"), "CA DID");
  EXPECT_EQ(kind("+18765550100"), "JM DID");
  EXPECT_EQ(kind("+18005550100"), "US TOLL_FREE");
  EXPECT_EQ(kind("+493055501000"), "DE DID");
  EXPECT_EQ(kind("+80012345678"), "US UIFN");
  EXPECT_EQ(kind("+1555"), "none");
  EXPECT_EQ(kind("15551234567"), "none");
}

}  // namespace
}  // namespace trunkline::cloud::tests
