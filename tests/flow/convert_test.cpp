#include "flow/convert.h"

#include <gmock/gmock.h>

#include "base/finding_text.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "base/text.h"
#include "tests/flow/corpus.h"
#include "tests/support/shared_data.h"

namespace trunkline::flow {
namespace {

using testing::HasSubstr;

constexpr std::string_view kActions =
    R"("Version":"2019-10-30","StartAction":"a","Actions":[{"Identifier":"a","Type":"DisconnectParticipant","Parameters":{},"Transitions":{}}])";

std::string Bare(std::string_view more = "") {
  return fmt::format("{{{}{}}}", more, kActions);
}

Converted ConvertText(const std::string& text, const ConvertOptions& options,
                      std::string_view file = "folder/main.json") {
  const Parsed parsed = Parse(text, file);
  return Convert(*parsed.document, options);
}

std::string OneLine(const Converted& converted) {
  return converted.text ? json::Write(json::Parse(*converted.text).value())
                        : ToText(converted.findings);
}

TEST(Convert, WrapsABareFlowUnderItsName) {
  const Converted converted =
      ConvertText(Bare(R"("Metadata":{"name":"Main","type":"customerQueue"},)"),
                  {.to = Format::kWrapped, .type = {}});

  EXPECT_EQ(OneLine(converted), R"({"Name":"Main","ContactFlowType":"CUSTOMER_QUEUE","Content":)" +
                                    Bare(R"("Metadata":{"name":"Main","type":"customerQueue"},)") +
                                    "}");
  EXPECT_EQ(ToText(converted.findings), "");
}

TEST(Convert, CallsAFlowWithoutANameAfterItsFileAndSaysSo) {
  const Converted converted = ConvertText(Bare(), {.to = Format::kWrapped, .type = "CONTACT_FLOW"});

  EXPECT_THAT(OneLine(converted), HasSubstr(R"("Name":"main","ContactFlowType":"CONTACT_FLOW")"));
  EXPECT_EQ(ToText(converted.findings),
            "folder/main.json: note: nothing names the flow, so it is called 'main' after its file "
            "[TL-F507]\n");
}

TEST(Convert, NeedsATypeForAWrapper) {
  const Converted converted = ConvertText(Bare(), {.to = Format::kDescribed, .type = {}});

  EXPECT_FALSE(converted.text);
  EXPECT_THAT(ToText(converted.findings), HasSubstr("nothing says which type the flow has"));
}

TEST(Convert, KeepsAWrappersNameAndTypeInTheLayout) {
  const Converted converted =
      ConvertText(R"({"Name":"Main","ContactFlowType":"AGENT_HOLD","Content":)" + Bare() + "}",
                  {.to = Format::kBare, .type = {}});

  EXPECT_EQ(OneLine(converted),
            fmt::format(R"({{{},"Metadata":{{"name":"Main","type":"agentHold"}}}})", kActions));
}

TEST(Convert, SaysWhatABareFlowCannotHold) {
  const Converted converted = ConvertText(
      R"({"ContactFlow":{"Arn":"arn:x","Name":"Main","Type":"CONTACT_FLOW","State":"ACTIVE","Description":"d","Content":)" +
          json::Quote(Bare()) + R"(},"ResponseMetadata":{}})",
      {.to = Format::kBare, .type = {}});

  std::vector<std::string> messages;
  for (const Finding& one : converted.findings) messages.push_back(one.message);
  EXPECT_THAT(messages, testing::UnorderedElementsAre("'Arn' is lost: \"arn:x\"",
                                                      "'State' is lost: \"ACTIVE\"",
                                                      "'ResponseMetadata' is lost: {}"));
  EXPECT_THAT(OneLine(converted), HasSubstr(R"("description":"d")"));
}

TEST(Convert, FoldsAndUnfoldsTheContent) {
  const std::string unfolded =
      R"({"Name":"Main","ContactFlowType":"CONTACT_FLOW","Content":)" + Bare() + "}";

  const Converted folded = ConvertText(unfolded, {.to = {}, .folding = Folding::kFold, .type = {}});
  EXPECT_THAT(*folded.text, HasSubstr(json::Quote(Bare())));
  const Converted again =
      ConvertText(*folded.text, {.to = {}, .folding = Folding::kUnfold, .type = {}});
  EXPECT_EQ(OneLine(again), unfolded);
}

TEST(Convert, DescribesAModuleAsAModule) {
  const Converted converted = ConvertText(Bare(R"("Settings":{},"Metadata":{"name":"M"},)"),
                                          {.to = Format::kDescribed, .type = {}});

  EXPECT_THAT(OneLine(converted),
              testing::StartsWith(R"({"ContactFlowModule":{"Name":"M","Content":{)"));
}

TEST(Convert, RefusesToLoseComments) {
  const Converted converted = ConvertText("// mine\n" + Bare(), {.to = {}, .type = {}});

  EXPECT_FALSE(converted.text);
  EXPECT_THAT(ToText(converted.findings), HasSubstr("has a comment at line 1 column 1"));
}

// Without the legacy exports, which legacy_test.cpp converts.
std::vector<tests::CorpusFile> ModernFiles() {
  std::vector<tests::CorpusFile> files = tests::CorpusFiles();
  std::erase_if(files,
                [](const tests::CorpusFile& one) { return one.name.starts_with("legacy/"); });
  return files;
}

class ConvertCorpus : public testing::TestWithParam<tests::CorpusFile> {};

// There and back: what the flow does is the same, byte for byte.
TEST_P(ConvertCorpus, KeepsTheContentThroughEveryFormat) {
  const Parsed parsed = Parse(tests::ReadCorpus(GetParam()), GetParam().name);
  std::string text = Write(*parsed.document);

  for (const Format to : {Format::kWrapped, Format::kDescribed, Format::kBare}) {
    const Converted converted = ConvertText(
        text, {.to = to, .folding = Folding::kFold, .type = "CONTACT_FLOW"}, GetParam().name);
    ASSERT_TRUE(converted.text) << ToText(converted.findings);
    text = *converted.text;
  }

  const Parsed after = Parse(text, GetParam().name);
  const auto actions = [](const Document& document) {
    return json::Write(document.content.AsObject().At("Actions"));
  };
  EXPECT_EQ(actions(*after.document), actions(*parsed.document));
  EXPECT_EQ(after.document->start, parsed.document->start);
  EXPECT_EQ(after.document->is_module, parsed.document->is_module);
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(ConvertCorpus);
INSTANTIATE_TEST_SUITE_P(Flows, ConvertCorpus, testing::ValuesIn(ModernFiles()),
                         [](const auto& row) { return std::to_string(row.index); });

}  // namespace
}  // namespace trunkline::flow
