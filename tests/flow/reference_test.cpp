#include "flow/reference.h"

#include <gmock/gmock.h>

#include "base/json_read.h"

namespace trunkline::flow {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// "literal" or "<canonical path>" for each piece.
std::vector<std::string> Shown(std::string_view text) {
  std::vector<std::string> shown;
  for (const Piece& piece : Scan(text))
    shown.push_back(piece.path ? "<" + ToText(*piece.path) + ">" : piece.text);
  return shown;
}

struct Row {
  const char* name;
  const char* text;
  std::vector<std::string> pieces;
};

class ScanRow : public testing::TestWithParam<Row> {};

TEST_P(ScanRow, FindsThePieces) {
  EXPECT_EQ(Shown(GetParam().text), GetParam().pieces);
}

INSTANTIATE_TEST_SUITE_P(
    Forms, ScanRow,
    testing::ValuesIn(std::vector<Row>{
        {"Dotted", "$.Attributes.customerTier", {"<$.Attributes.customerTier>"}},
        {"Brackets", "$['Attributes']['Language']", {"<$.Attributes.Language>"}},
        {"Mixed",
         "$.Attributes.['user attribute name']",
         {"<$.Attributes['user attribute name']>"}},
        {"Colon",
         "$.SegmentAttributes['connect:Subtype']",
         {"<$.SegmentAttributes['connect:Subtype']>"}},
        {"DynamicKey",
         "$.External.['`$.Attributes.NameToPlay`']",
         {"<$.External['`$.Attributes.NameToPlay`']>"}},
        {"BacktickedWhole",
         "`$.DataTableList.ResultData.grp[0].x`",
         {"<$.DataTableList.ResultData.grp.0.x>"}},
        {"FinalFullStop", "Hello $.Attributes.name.", {"Hello ", "<$.Attributes.name>", "."}},
        {"InMarkup", "<speak>$.External.a</speak>", {"<speak>", "<$.External.a>", "</speak>"}},
        {"LiteralDollar", "$$.Attributes.Amount", {"$", "<$.Attributes.Amount>"}},
        {"Price", "that is $5 or $.", {"that is $5 or $."}},
        {"NoBlanks", "お客様は$.Attributes.nameさん", {"お客様は", "<$.Attributes.name>", "さん"}},
        {"Hyphens",
         "$.Media.Sip.Headers.P-Asserted-Identity",
         {"<$.Media.Sip.Headers.P-Asserted-Identity>"}},
        {"TwoInARow", "$.Attributes.a$.Attributes.b", {"<$.Attributes.a>", "<$.Attributes.b>"}},
        {"OpenBracket", "$.Attributes['a", {"<$.Attributes>", "['a"}},
        {"OpenBacktick", "`$.Attributes.a", {"`", "<$.Attributes.a>"}},
        {"Symbol", "${queue:Sales}", {"${queue:Sales}"}},
    }),
    [](const testing::TestParamInfo<Row>& row) { return row.param.name; });

TEST(Scan, GivesTheTextBackWhenJoined) {
  const std::string text = "a `$.b.c` $.d['e f'].0, $ $. $.g";

  std::string joined;
  for (const Piece& piece : Scan(text)) joined += piece.text;

  EXPECT_EQ(joined, text);
}

TEST(Scan, EndsOnKeysThatNestWithoutEnd) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "$['`";

  EXPECT_THAT(Shown(text), ElementsAre(text));
}

TEST(WholePath, IsNothingWhenTextStandsAround) {
  EXPECT_FALSE(WholePath("x $.Attributes.a"));
  EXPECT_FALSE(WholePath("$.Attributes.a "));
  EXPECT_FALSE(WholePath(""));
  EXPECT_EQ(WholePath("$.Attributes.a")->Root(), "Attributes");
  EXPECT_EQ(WholePath("$.Attributes.a")->Key(), "a");
}

class References : public testing::Test {
 protected:
  json::Value world_ = json::Parse(R"({"Attributes":{"name":"Ann","key":"color","n":7,"yes":true},
    "External":{"color":"red","list":[{"id":"x"},{"id":"y"}],"object":{"a":1},"none":null}})")
                           .value();
};

TEST_F(References, AreReplacedByTheirValues) {
  EXPECT_EQ(Fill("Hi $.Attributes.name, $.Attributes.n $.Attributes.yes.", world_).text,
            "Hi Ann, 7 true.");
}

TEST_F(References, ResolveDynamicKeys) {
  EXPECT_EQ(Fill("$.External['`$.Attributes.key`']", world_).text, "red");
}

TEST_F(References, IndexArraysByPositionAsMemberOrInBrackets) {
  EXPECT_EQ(Fill("$.External.list.1.id $.External.list[0].id", world_).text, "y x");
}

TEST_F(References, WithoutAValueBecomeEmptyAndAreReported) {
  const Filled filled =
      Fill("a$.Attributes.nope b$.External.none c$.External['`$.Attributes.nope`']", world_);

  EXPECT_EQ(filled.text, "a b c");
  EXPECT_THAT(filled.missing, ElementsAre("$.Attributes.nope", "$.External.none",
                                          "$.External['`$.Attributes.nope`']"));
}

TEST_F(References, ToObjectsGiveJson) {
  EXPECT_EQ(Fill("$.External.object", world_).text, R"({"a":1})");
}

TEST_F(References, OutsideOfAnArrayHaveNoValue) {
  EXPECT_THAT(Fill("$.External.list.9 $.External.list.x", world_).missing.size(), 2U);
}

}  // namespace
}  // namespace trunkline::flow
