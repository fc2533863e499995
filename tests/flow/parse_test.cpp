#include <gmock/gmock.h>

#include "base/finding_text.h"
#include "base/json_read.h"
#include "flow/document.h"
#include "tests/support/shared_data.h"

namespace trunkline::flow {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr char kBare[] = R"({"Version":"2019-10-30","StartAction":"a","Actions":[
  {"Identifier":"a","Type":"MessageParticipant","Parameters":{"Text":"Hi"},
   "Transitions":{"NextAction":"b","Errors":[{"ErrorType":"NoMatchingError","NextAction":"b"}]}},
  {"Identifier":"b","Type":"DisconnectParticipant","Parameters":{},"Transitions":{}}]})";

Document Read(const std::string& text) {
  Parsed parsed = Parse(text, "flow.json");
  EXPECT_EQ("", ToText(parsed.findings));
  return std::move(*parsed.document);
}

std::string FindingsOf(const std::string& text) {
  return ToText(Parse(text, "flow.json").findings);
}

TEST(Parse, ReadsABareFlow) {
  const Document flow = Read(kBare);

  EXPECT_EQ(flow.format, Format::kBare);
  EXPECT_EQ(flow.start, "a");
  ASSERT_EQ(flow.actions.size(), 2U);
  EXPECT_EQ(flow.actions[0].type, "MessageParticipant");
  EXPECT_EQ(flow.actions[0].next, "b");
  EXPECT_EQ(flow.actions[0].errors.at(0).type, "NoMatchingError");
  EXPECT_EQ(flow.actions[1].next, std::nullopt);
}

TEST(Parse, ReadsConditionsWithTheirOperands) {
  const Document flow = Read(
      R"({"Version":"2019-10-30","StartAction":"a","Actions":[{"Identifier":"a","Type":"Compare",
      "Parameters":{"ComparisonValue":"$.Attributes.x"},"Transitions":{"NextAction":"a","Conditions":[
      {"NextAction":"a","Condition":{"Operator":"NumberLessThan","Operands":[51]}}]}}]})");

  const ConditionBranch& condition = flow.actions.at(0).conditions.at(0);
  EXPECT_EQ(condition.op, "NumberLessThan");
  EXPECT_THAT(condition.operands, ElementsAre("51"));
}

TEST(Parse, ReadsTheWorkshopsWrapper) {
  const Document flow = Read(R"({"Name":"ACME_Main","ContactFlowType":"CONTACT_FLOW",
    "Content":"{\"Version\":\"2019-10-30\",\"StartAction\":\"a\",\"Actions\":[]}"})");

  EXPECT_EQ(flow.format, Format::kWrapped);
  EXPECT_TRUE(flow.content_is_string);
  EXPECT_EQ(flow.name, "ACME_Main");
  EXPECT_EQ(flow.type, "CONTACT_FLOW");
  EXPECT_EQ(flow.start, "a");
}

TEST(Parse, ReadsAWrapperWhoseContentIsAnObject) {
  const Document flow = Read(
      R"({"Name":"x","Type":"AGENT_HOLD","Content":{"Version":"2019-10-30","StartAction":"a","Actions":[]}})");

  EXPECT_FALSE(flow.content_is_string);
  EXPECT_EQ(flow.type, "AGENT_HOLD");
  EXPECT_THAT(Write(flow), HasSubstr("\"Content\": {\n"));
}

TEST(Parse, ReadsTheOutputOfDescribeContactFlowModule) {
  const Document flow = Read(R"({"ContactFlowModule":{"Name":"m","Content":
    "{\"Version\":\"2019-10-30\",\"StartAction\":\"a\",\"Actions\":[],\"Settings\":{}}"}})");

  EXPECT_EQ(flow.format, Format::kDescribed);
  EXPECT_TRUE(flow.is_module);
  EXPECT_EQ(flow.type, "MODULE");
}

TEST(Parse, TakesNameAndTypeOfABareFlowFromItsMetadata) {
  const Document flow = Read(R"({"Version":"2019-10-30","StartAction":"a",
    "Metadata":{"name":"Sales queue","type":"customerQueue"},"Actions":[]})");

  EXPECT_EQ(flow.name, "Sales queue");
  EXPECT_EQ(flow.type, "CUSTOMER_QUEUE");
}

TEST(Parse, KeepsUnknownMembersAndKeyOrder) {
  const std::string text =
      "{\n  \"Zeta\": 1.50,\n  \"Actions\": [],\n  \"StartAction\": \"a\",\n  \"Alpha\": []\n}\n";

  EXPECT_EQ(Write(Read(text)), text);
}

TEST(Parse, AcceptsCommentsAndTrailingCommas) {
  const Parsed parsed = Parse("{\"StartAction\":\"a\", // entry\n\"Actions\":[],}", "flow.json");

  ASSERT_TRUE(parsed.document.has_value());
  EXPECT_FALSE(HasErrors(parsed.findings));
}

TEST(Parse, MapsAPlaceInsideAWrappedStringBackToTheFile) {
  const std::string text =
      "{\"Content\":\n  "
      "\"{\\\"Version\\\":\\\"\\u00e9\\uD83D\\uDE00\\\",\\\"StartAction\\\":\\\"a\\\","
      "\\\"Actions\\\":[{\\\"Identifier\\\":\\\"a\\\","
      "\\\"Type\\\":\\\"X\\\"}]}\"}";
  const Document flow = Read(text);

  const Place place = PlaceOf(flow, flow.actions.at(0).offset);

  EXPECT_EQ(place.line, 2U);
  const std::string line = text.substr(text.find('\n') + 1);
  EXPECT_EQ(line.substr(place.column - 1, 16), "{\\\"Identifier\\\":");
}

TEST(ParseContent, RefusesCommentsAsTheServiceDoes) {
  const Parsed parsed = ParseContent("{\"StartAction\":\"a\",/**/\"Actions\":[]}", "CONTACT_FLOW");

  EXPECT_FALSE(parsed.document.has_value());
  EXPECT_THAT(ToText(parsed.findings), HasSubstr("but got a comment"));
}

TEST(ParseContent, RefusesAWrapper) {
  const Parsed parsed = ParseContent(R"({"Content":"{}"})", "CONTACT_FLOW");

  EXPECT_FALSE(parsed.document.has_value());
  EXPECT_THAT(ToText(parsed.findings),
              HasSubstr("expected bare flow language but got a wrapped flow [TL-F003]"));
}

TEST(Format, RefusesToLoseComments) {
  const Parsed parsed =
      Parse("{\"StartAction\":\"a//b\",\n  // entry\n\"Actions\":[]}", "flow.json");

  const Result<std::string> formatted = FormatText(*parsed.document);

  ASSERT_FALSE(formatted.ok());
  EXPECT_EQ(formatted.error().message(),
            "'flow.json' has a comment at line 2 column 3, which formatting would lose; "
            "move it to Metadata.Annotations or remove it");
}

TEST(WriteContent, IsOneLineWithoutBlanks) {
  EXPECT_EQ(WriteContent(Read("{\n \"StartAction\": \"a\",\n \"Actions\": [ ]\n}")),
            R"({"StartAction":"a","Actions":[]})");
}

TEST(Parse, ReadsWindows1252WithAWarningThatNamesTheByte) {
  const Parsed parsed =
      Parse("{\"StartAction\":\"a\",\n\"Name\":\"caf\xe9 \x80\",\"Actions\":[]}", "flow.json");

  ASSERT_TRUE(parsed.document.has_value());
  EXPECT_EQ(parsed.document->content.AsObject().GetString("Name"), "café €");
  EXPECT_THAT(ToText(parsed.findings), HasSubstr("flow.json:2:12: warning: the file is not UTF-8 "
                                                 "(byte 0xe9) and was read as Windows-1252"));
}

TEST(Parse, SaysWhatIsWrongInBrokenFiles) {
  const std::string broken[] = {
      "",
      "[1, 2]",
      "{\"StartAction\":\"a\" \"Actions\":[]}",
      "{\"Foo\": 1, \"Actoins\": []}",
      "{\"StartAction\": \"a\"}",
      "{\"StartAction\": 7, \"Actions\": {\"a\": 1}, \"Metadata\": []}",
      "{\"StartAction\": \"a\", \"Actions\": [7, {\"Type\": \"X\"}, {\"Identifier\": \"a\", "
      "\"Type\": \"X\", \"Parameters\": [],\n"
      " \"Transitions\": {\"NextAction\": 1, \"Errors\": {}, \"Conditions\": [{\"NextAction\": "
      "\"a\"}, 3]}}]}",
      "{\"StartAction\":\"a\",\"Actions\":[{\"Identifier\":\"a\",\"Type\":\"X\"},\n{\"Identifier\":"
      "\"a\",\"Type\":\"Y\"}]}",
      "{\"Name\": \"x\", \"Content\": \"{\\\"Version\\\":\\n \\\"2019-10-30\\\",}\"}",
      "{\"Name\": \"x\", \"Content\": 5}",
      "{\"modules\": [{\"id\": \"a\"}], \"start\": \"a\"}",
      "\xFF\xFE{\0}\0",
      "{\"a\": \"\xc3\xa9 \xe9\"}",
      "{\"a\": \"\x81\"}",
  };

  std::string all;
  for (const std::string& text : broken) all += "==\n" + FindingsOf(text);

  EXPECT_EQ("", tests::DiffGolden("flow/parse_errors.txt", all));
}

}  // namespace
}  // namespace trunkline::flow
