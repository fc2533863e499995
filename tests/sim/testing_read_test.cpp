// Reading test cases: both spellings, both modes, and that nothing is overlooked.
#include <gmock/gmock.h>

#include "tests/sim/testing_fixture.h"

namespace trunkline::sim::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string With(std::string_view action) {
  return WrittenTest({Observe("o", Initiated(), action)});
}
std::string Swap(std::string text, std::string_view what, std::string_view by) {
  return text.replace(text.find(what), what.size(), by);
}

TEST(ReadTestCase, TakesTheInputOfCreateTestCase) {
  const TestCase test = ReadGood(
      R"({"InstanceId":"i","Name":"n","Description":"d","Status":"PUBLISHED","Tags":{"a":"b"},)"
      R"("EntryPoint":{"Type":"VOICE_CALL","VoiceCallEntryPointParameters":)"
      R"({"FlowId":"main","SourcePhoneNumber":"+15550123"}},)"
      R"("InitializationData":"{\"Attributes\":{\"k\":\"v\"},\"SegmentAttributes\":{}}",)"
      R"("Content":"{\"Version\":\"2019-10-30\",\"Metadata\":{},\"Observations\":[{\"Identifier\":\"o\",)"
      R"(\"Event\":{\"Type\":\"TestCompleted\",\"Actor\":\"System\"},\"Actions\":[]}]}"})");

  EXPECT_EQ(test.name, "n");
  EXPECT_EQ(test.flow, "main");
  EXPECT_EQ(test.from, "+15550123");
  EXPECT_EQ(test.attributes.GetString("k"), "v");
  EXPECT_EQ(test.observations.size(), 1U);
}

TEST(ReadTestCase, TakesContentAloneWithTheEntryPointOfTheConsole) {
  const TestCase test = ReadGood(
      R"({"Version":"2025-06-21","Metadata":{"entryPoint":{"Type":"CHAT",)"
      R"("ChatEntryPointParameters":{"FlowId":"main"}}},"Observations":[{"Identifier":"o",)"
      R"("Event":{"Type":"TestInitiated","Actor":"System","Properties":{}}}]})");

  EXPECT_EQ(test.name, "a");
  EXPECT_EQ(test.channel, Channel::kChat);
}

TEST(ReadTestCase, TakesBothSpellingsOfMatchingCriteria) {
  const std::string inside = WrittenTest({Observe("o", Hears("x", "Inclusion"))});
  const std::string beside =
      Swap(Swap(inside, R"(,"MatchingCriteria":{"Type":"Inclusion"}})", "}"), R"("Actor":"System")",
           R"("Actor":"System","MatchingCriteria":"Inclusion")");

  EXPECT_EQ(ReadGood(inside).observations[0].event.matching, Matching::kInclusion);
  EXPECT_EQ(ReadGood(beside).observations[0].event.matching, Matching::kInclusion);
}

TEST(ReadTestCase, TakesBothSpellingsOfUsage) {
  const auto usage = [](std::string_view text) {
    return ReadGood(WrittenTest({Observe("o", Initiated(), "", "", text)}))
        .observations[0]
        .usage.kind;
  };

  EXPECT_EQ(usage(R"({"Type":"EXACTLY"})"), Usage::Kind::kExactly);
  EXPECT_EQ(usage(R"({"Type":"ANY"})"), Usage::Kind::kAlways);
  EXPECT_EQ(usage(R"({"Type":"AtLeast","Times":2})"), Usage::Kind::kAtLeast);
}

TEST(ReadTestCase, UsageDemandsTimes) {
  EXPECT_THAT(Wrong(WrittenTest({Observe("o", Initiated(), "", "", R"({"Type":"AtMost"})")})),
              ElementsAre("TL-T003: expected 'Times' beside 'AtMost'"));
}

TEST(ReadTestCase, SaysWhereAndWhatWasMeant) {
  const ReadTest read = ReadTestCase(
      "{\n\"Version\": \"2019-10-30\", \"Metadata\": {\"entryPoint\": {\"Type\": \"CHAT\", "
      "\"ChatEntryPointParameters\": {\"FlowId\": \"m\"}}},\n\"Observations\": [{\"Identifier\": "
      "\"o\",\n  \"Event\": {\"Type\": \"TestInitiate\", \"Actor\": \"System\"}}]}",
      "t.json", TestMode::kObserved);

  ASSERT_EQ(read.findings.size(), 1U);
  EXPECT_EQ(read.findings[0].place.line, 4U);
  EXPECT_EQ(read.findings[0].message,
            "'TestInitiate' is no 'Type' of the event of observation 'o'");
  EXPECT_EQ(read.findings[0].hint, "did you mean 'TestInitiated'?");
  EXPECT_FALSE(read.test.has_value());
}

TEST(ReadTestCase, UnknownMembersAreErrors) {
  EXPECT_THAT(Wrong(Swap(With(""), R"("Actions")", R"("Acts")")),
              ElementsAre("TL-T002: an observation has no member 'Acts'"));
}

TEST(ReadTestCase, UnknownActionsAreErrors) {
  EXPECT_THAT(Wrong(Swap(With(Stop("s")), R"("Type":"TestControl")", R"("Type":"Sleep")")),
              ElementsAre("TL-T004: 'Sleep' is no 'Type' of an action"));
}

TEST(ReadTestCase, TheServiceTakesUtteranceAndTheDocumentationTextUtterance) {
  const std::string live = With(SayWords("s", "sales"));
  const std::string documented = Swap(Swap(live, "Utterance", "TextUtterance"), "Value", "Text");

  EXPECT_THAT(Wrong(live), IsEmpty());
  EXPECT_THAT(Wrong(live, TestMode::kStrict),
              ElementsAre("TL-T006: 'Utterance' is not documented"));
  EXPECT_THAT(Wrong(documented, TestMode::kStrict), IsEmpty());
  EXPECT_THAT(Wrong(documented), ElementsAre("TL-T006: the service refuses 'TextUtterance'"));
}

TEST(ReadTestCase, TheServiceRefusesExists) {
  const std::string exists = With(Expect("a", "$.Attributes.k", "Exists", "x"));

  EXPECT_THAT(Wrong(exists), ElementsAre("TL-T006: the service refuses the operator 'Exists'"));
  EXPECT_THAT(Wrong(exists, TestMode::kStrict), IsEmpty());
}

TEST(ReadTestCase, EqualsDemandsAnOperand) {
  EXPECT_THAT(Wrong(With(Expect("a", "$.Attributes.k", "Equals", ""))),
              ElementsAre(HasSubstr("'Operand'")));
  EXPECT_THAT(Wrong(With(Expect("a", "$.Attributes.k", "TextContains", ""))), IsEmpty());
}

TEST(ReadTestCase, TheServiceRefusesKeysInAChat) {
  const std::string chat = WrittenTest({Observe("o", Initiated(), Press("p", "1"))}, "CHAT");

  EXPECT_THAT(Wrong(chat), ElementsAre(HasSubstr("DTMF input is not supported")));
  EXPECT_THAT(Wrong(chat, TestMode::kStrict), IsEmpty());
}

TEST(ReadTestCase, KeysAreThoseOfAPhone) {
  EXPECT_THAT(Wrong(With(Press("p", "12a"))),
              ElementsAre("TL-T007: expected keys of a phone, 0 to 9, * and #, but got '12a'"));
}

TEST(ReadTestCase, OverridesNameTheirResource) {
  EXPECT_THAT(Wrong(With(Replace("r", "CheckHoursOfOperation", "{}", Failing("NoMatchingError")))),
              ElementsAre(HasSubstr("expected 'HoursOfOperationId' in 'ActionParameters'")));
}

TEST(ReadTestCase, QueuesHaveNoResultToMock) {
  EXPECT_THAT(Wrong(With(Replace("r", "TransferContactToQueue", R"({"QueueId":"q"})",
                                 Mock(R"({"Value":"x"})")))),
              ElementsAre("TL-T001: TransferContactToQueue has no result to mock"));
}

TEST(ReadTestCase, HoursInTheSingularAreWhatTheServiceTakesToo) {
  const std::string singular =
      With(Replace("r", "CheckHoursOfOperation", R"({"HoursOfOperationId":"h"})",
                   Mock(R"({"Value":"InHour"})")));

  EXPECT_THAT(Wrong(singular), IsEmpty());
  EXPECT_THAT(Wrong(singular, TestMode::kStrict), ElementsAre(HasSubstr("'InHour'")));
}

TEST(ReadTestCase, ActionsFollowNextAction) {
  const std::string text =
      Swap(With(Stop("b") + "," + Log("a", "l", "x")), R"("x"}}}},"Transitions":{})",
           R"("x"}}}},"Transitions":{"NextAction":"b"})");
  const TestCase test = ReadGood(text);

  EXPECT_EQ(test.observations[0].actions[0].id, "a");
}

TEST(ReadTestCase, NextActionAndNextObservationMustBeThere) {
  EXPECT_THAT(
      Wrong(Swap(With(Stop("b")), R"("Transitions":{}})", R"("Transitions":{"NextAction":"c"}})")),
      ElementsAre("TL-T005: observation 'o' has no action 'c'"));
  EXPECT_THAT(
      Wrong(WrittenTest({Observe("o", Initiated(), "", "p")})),
      ElementsAre("TL-T005: expected the 'Identifier' of an observation behind 'o' but got 'p'"));
}

TEST(ReadTestCase, ObservationsHaveNamesOfTheirOwn) {
  EXPECT_THAT(Wrong(WrittenTest({Observe("o", Initiated()), Observe("o", Completed())})),
              ElementsAre("TL-T005: observation 'o' is there twice"));
}

TEST(ReadTestCase, ANumberAloneLeadsToNoFlow) {
  EXPECT_THAT(
      Wrong(Swap(With(""), R"("FlowId":"main")", R"("DestinationPhoneNumber":"+15550100")")),
      ElementsAre("TL-T003: nobody knows here which flow '+15550100' leads to"));
}

TEST(ReadTestCase, PlacesInAContentTextAreToldToo) {
  EXPECT_THAT(
      Wrong(R"({"Name":"n","EntryPoint":{"Type":"CHAT","ChatEntryPointParameters":{"FlowId":"m"}},)"
            R"("Content":"{\"Version\":\"1\",\"Observations\":[]}"})"),
      ElementsAre(HasSubstr("'1' is no 'Version' of 'Content' (line 1 column 12 of 'Content')"),
                  HasSubstr("expected at least one observation")));
}

}  // namespace
}  // namespace trunkline::sim::tests
