#include "flow/legacy.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "base/finding_text.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "base/text.h"
#include "flow/validate.h"
#include "tests/flow/corpus.h"
#include "tests/flow/legacy_flows.h"
#include "tests/support/shared_data.h"

namespace trunkline::flow {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using trunkline::tests::Around;
using trunkline::tests::ConvertText;

TEST(ConvertLegacy, KeepsLayoutNamesAndEnvelope) {
  const LegacyConversion converted = ConvertText(
      R"({"modules":[{"id":"m","type":"SetQueue","branches":[{"condition":"Success","transition":"m"},)"
      R"({"condition":"Error","transition":"m"}],"parameters":[{"name":"Queue","value":"arn:q","resourceName":"Sales"}],)"
      R"("metadata":{"position":{"x":1,"y":2.5}}}],"version":"1","type":"contactFlow","start":"m",)"
      R"("metadata":{"entryPointPosition":{"x":15,"y":20},"name":"Main","description":null,"status":"saved","hash":"0a"}})");

  EXPECT_EQ(
      json::Write(converted.document->content.AsObject().At("Metadata")),
      R"({"entryPointPosition":{"x":15,"y":20},"name":"Main","description":null,"status":"saved","hash":"0a","type":"contactFlow",)"
      R"("ActionMetadata":{"m":{"position":{"x":1,"y":2.5},"parameters":{"QueueId":{"displayName":"Sales"}}}}})");
  EXPECT_EQ(converted.document->type, "CONTACT_FLOW");
  EXPECT_EQ(converted.document->start, "m");
}

TEST(ConvertLegacy, SaysWhereWhatIsLostStood) {
  const LegacyConversion converted = ConvertText(
      "{\"modules\":[{\"id\":\"m\",\"type\":\"Resume\",\"colour\":\"red\",\n"
      " \"parameters\":[{\"name\":\"Speed\",\"value\":\"3\"}],\n"
      " \"branches\":[{\"condition\":\"Success\",\"transition\":\"m\"}]}],\"start\":\"m\","
      "\"version\":\"1\"}");

  EXPECT_EQ(
      ToText(converted.findings),
      "old.json:1:39: warning: 'colour' of module 'm' (Resume) is lost: \"red\" [TL-F505]\n"
      "   1 | {\"modules\":[{\"id\":\"m\",\"type\":\"Resume\",\"colour\":\"red\",\n"
      "     |                                       ^~~~~~~~ the flow language has no such member\n"
      "old.json:2:16: warning: module 'm' (Resume): parameter 'Speed' is lost: '3' [TL-F503]\n"
      "   2 |  \"parameters\":[{\"name\":\"Speed\",\"value\":\"3\"}],\n"
      "     |                ^ EndFlowExecution has no such parameter\n"
      "old.json:3:14: warning: module 'm' (Resume): branch 'Success' is lost [TL-F504]\n"
      "   3 |  "
      "\"branches\":[{\"condition\":\"Success\",\"transition\":\"m\"}]}],\"start\":\"m\","
      "\"version\":\"1\"}\n"
      "     |              ^ EndFlowExecution has no such branch\n");
}

TEST(ConvertLegacy, RefusesATypeThatNobodyKnows) {
  const LegacyConversion converted = ConvertText(Around(R"("type":"PlayPromt","branches":[])"));

  EXPECT_FALSE(converted.document);
  EXPECT_THAT(ToText(converted.findings),
              testing::AllOf(HasSubstr("module 'm' has type 'PlayPromt', which nobody knows"),
                             HasSubstr("did you mean 'PlayPrompt'?")));
}

TEST(ConvertLegacy, SaysThatAnOpenBranchCannotBePublished) {
  const LegacyConversion converted = ConvertText(
      Around(R"("type":"PlayPrompt","branches":[{"condition":"Success","transition":null}],)"
             R"("parameters":[{"name":"Text","value":"Hi"}])"));

  std::vector<std::string> codes;
  for (const Finding& one : converted.findings) codes.push_back(one.code);
  EXPECT_THAT(codes, ElementsAre("TL-F504", "TL-F508"));
  EXPECT_THAT(converted.findings[1].message, HasSubstr("has no 'NextAction'"));
}

std::vector<tests::CorpusFile> LegacyFiles() {
  std::vector<tests::CorpusFile> files = tests::CorpusFiles();
  std::erase_if(files,
                [](const tests::CorpusFile& one) { return !one.name.starts_with("legacy/"); });
  return files;
}

class LegacyCorpus : public testing::TestWithParam<tests::CorpusFile> {};

// This one is a template: "${errorLoopCount}" stands where a number has to be.
bool IsTemplate(const tests::CorpusFile& file) {
  return file.name.starts_with("legacy/003");
}

TEST_P(LegacyCorpus, ConvertsToAFlowThatValidates) {
  const Parsed legacy = Parse(tests::ReadCorpus(GetParam()), GetParam().name);

  const LegacyConversion converted = ConvertLegacy(*legacy.document);

  ASSERT_TRUE(converted.document) << ToText(converted.findings);
  std::vector<std::string> errors;
  for (const Finding& one : Validate(*converted.document, ValidateMode::kObserved).findings)
    if (one.severity == Severity::kError) errors.push_back(one.message);
  if (IsTemplate(GetParam())) {
    EXPECT_THAT(errors, testing::UnorderedElementsAre(HasSubstr("'${errorLoopCount}'"),
                                                      HasSubstr("'${logging}'"),
                                                      HasSubstr("'${voicemailDuration}'")));
  } else {
    EXPECT_THAT(errors, IsEmpty());
  }
}

// Every text of a value, with numbers and booleans as texts.
void Collect(const json::Value& value, std::vector<std::string>& texts) {
  if (value.IsString()) texts.push_back(value.AsString());
  if (value.IsNumber()) texts.push_back(value.AsNumber().text);
  if (value.IsObject())
    for (const json::Member& member : value.AsObject()) Collect(member.value, texts);
  if (value.IsArray())
    for (const json::Value& item : value.AsArray()) Collect(item, texts);
}

// Words of the old format that the types of actions, branches and values say now.
constexpr std::string_view kSaidOtherwise[] = {
    "1",
    "Both",
    "Digits",
    "Enable",
    "Lambda",
    "Lex",
    "None",
    "Queue",
    "text",
    "PhoneNumber",
    "Custom",
    "Available",
    "FromCustomer",
    "ToCustomer",
    "Success",
    "Error",
    "System",
    "Stored customer input",
    "Customer Number",
    "Dialed Number",
};

TEST_P(LegacyCorpus, LosesNoValue) {
  const Parsed legacy = Parse(tests::ReadCorpus(GetParam()), GetParam().name);

  const LegacyConversion converted = ConvertLegacy(*legacy.document);

  std::vector<std::string> before;
  for (const json::Value& module : legacy.document->root.AsObject().GetArray("modules")) {
    Collect(module.AsObject().At("id"), before);
    Collect(module.AsObject().At("metadata"), before);
    for (const json::Value& one : module.AsObject().GetArray("parameters")) {
      for (const std::string_view member : {"value", "key", "resourceName"})
        if (const json::Value* value = one.AsObject().Find(member)) Collect(*value, before);
    }
    for (const json::Value& one : module.AsObject().GetArray("branches")) {
      for (const std::string_view member : {"conditionValue", "transition"})
        if (const json::Value* value = one.AsObject().Find(member)) Collect(*value, before);
    }
  }
  const std::string after = json::Write(converted.document->content) + ToText(converted.findings);
  std::vector<std::string> lost;
  for (const std::string& text : before) {
    const bool otherwise = std::ranges::find(kSaidOtherwise, text) != std::end(kSaidOtherwise) ||
                           text == "User Defined" || text == "External";
    const std::string quoted = json::Quote(text);
    if (!otherwise && after.find(quoted.substr(1, quoted.size() - 2)) == std::string::npos)
      lost.push_back(text);
  }
  EXPECT_THAT(lost, IsEmpty());
}

GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(LegacyCorpus);
INSTANTIATE_TEST_SUITE_P(Flows, LegacyCorpus, testing::ValuesIn(LegacyFiles()),
                         [](const auto& row) { return std::to_string(row.index); });

}  // namespace
}  // namespace trunkline::flow
