#include "app/flow_lint.h"

#include <algorithm>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "app/lint_baseline.h"
#include "app/lint_home.h"
#include "app/lint_text.h"
#include "base/json_read.h"
#include "base/text.h"

namespace trunkline::app {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// A flow that says a text that the linter warns about unless it is something else.
std::string Saying(std::string_view text, std::string_view metadata = "{}") {
  return fmt::format(
      R"({{
  "Version": "2019-10-30", "StartAction": "hi", "Metadata": {},
  "Actions": [
    {{"Identifier": "hi", "Type": "MessageParticipant", "Parameters": {{"Text": "{}"}},
      "Transitions": {{"NextAction": "end", "Errors": [{{"NextAction": "end", "ErrorType": "NoMatchingError"}}]}}}},
    {{"Identifier": "end", "Type": "DisconnectParticipant", "Parameters": {{}}, "Transitions": {{}}}}]}}
)",
      metadata, text);
}

constexpr std::string_view kFlows = "center/amzconnect-contact-flows/lib/callflows/";

std::string Flow(std::string_view name) {
  return fmt::format("{}{}.json", kFlows, name);
}

MemoryFiles CenterWith(std::string lint, std::string flow) {
  return {
      {"center/trunkline.json", fmt::format(R"({{"lint": {}}})", lint)},
      {"center/amzconnect-devops-pipelines/env/accountvars.json",
       R"({"accounts": [{"env": "dev", "branch": "develop", "enabled": true, "account": "111122223333", "region": ["eu-west-1"], "app": "ACME"}]})"},
      {Flow("main"), std::move(flow)}};
}

LintReport LintAll(const Files& files, LintOrder order = {}) {
  if (order.paths.empty()) order.paths = {"center/amzconnect-contact-flows"};
  if (order.today.empty()) order.today = "2026-11-27";
  Result<LintReport> report = LintFlows(files, order);
  EXPECT_TRUE(report.ok()) << report.error().message();
  return std::move(*report);
}

std::string Said(const Files& files, LintOrder order = {}) {
  const LintReport report = LintAll(files, std::move(order));
  return ToText(report, false, false) + SummaryOf(report);
}

std::vector<std::string> FingerprintsOf(const std::string& flow) {
  const MemoryFiles files{{"main.json", flow}};
  std::vector<std::string> fingerprints;
  for (const LintFinding& one : LintAll(files, {.paths = {"main.json"}}).findings)
    fingerprints.push_back(one.fingerprint);
  return fingerprints;
}

TEST(LintFlows, NamesFlowActionAndBlock) {
  const MemoryFiles files{{"main.json", Saying("TODO")}};
  const LintReport report = LintAll(files, {.paths = {"main.json"}});

  EXPECT_EQ(ToText(report, false, false),
            "main.json:4:79: warning: 'Parameters.Text' of action 'hi' still holds 'TODO' "
            "[TL-L117]\n"
            "   4 |     {\"Identifier\": \"hi\", \"Type\": \"MessageParticipant\", \"Parameters\": "
            "{\"Text\": \"TODO\"},\n"
            "     |                                                                               "
            "^~~~~~\n"
            "     in flow 'main', action 'hi' (Play prompt)\n");
  const json::Object json = ToJson(report, false);
  const json::Object& finding = json.GetArray("findings")[0].AsObject();
  EXPECT_EQ(finding.GetString("pointer"), "/Actions/0/Parameters/Text");
  EXPECT_EQ(finding.GetString("action"), "hi");
  EXPECT_EQ(finding.GetString("block"), "Play prompt");
}

TEST(LintFlows, TakesTheLevelsOfTheTrunklineJsonAbove) {
  const std::string lint =
      R"({"TL-L501": "off", "levels": {"leftover-text": "note"}, "environments": {"dev": {"TL-L117": "error"}}})";
  const MemoryFiles files = CenterWith(lint, Saying("TODO", R"({"type": "contactFlow"})"));

  EXPECT_THAT(Said(files), HasSubstr("1 flow: 0 errors, 0 warnings, 1 note\n"));
  EXPECT_THAT(Said(files, {.environment = "dev"}),
              HasSubstr("1 flow: 1 error, 0 warnings, 0 notes\n"));
  EXPECT_THAT(Said(files, {.paths = {Flow("main")}}),
              HasSubstr("1 flow: 0 errors, 0 warnings, 1 note\n"));
}

TEST(LintFlows, KnowsTheNamesOfTheContactCenter) {
  const std::string flow = R"({"Version": "2019-10-30", "StartAction": "queue", "Actions": [
    {"Identifier": "queue", "Type": "UpdateContactTargetQueue", "Parameters": {"QueueId": "${queue:NAME}"},
     "Transitions": {"NextAction": "end", "Errors": [{"NextAction": "end", "ErrorType": "NoMatchingError"}]}},
    {"Identifier": "end", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}}]})";
  const auto said = [&](std::string_view name) {
    return Said(CenterWith("{}", Replace(flow, "NAME", name)));
  };

  EXPECT_EQ(said("BasicQueue"), "1 flow: 0 errors, 0 warnings, 0 notes\n");
  EXPECT_THAT(said("BasicQeue"), HasSubstr("error: queue 'BasicQeue' is not declared in this "
                                           "center [TL-L304]"));
  EXPECT_THAT(said("BasicQeue"), HasSubstr("did you mean '${queue:BasicQueue}'?"));
}

TEST(LintFlows, RefusesAnEnvironmentThatIsNotDeclared) {
  const MemoryFiles files = CenterWith("{}", Saying("Hello"));
  const auto refused = [&](std::string path) {
    return LintFlows(files, {.paths = {std::move(path)}, .environment = "dve"}).error().message();
  };

  EXPECT_THAT(refused("center/amzconnect-contact-flows"), HasSubstr("'dve'"));
  const MemoryFiles alone{{"main.json", Saying("Hello")}};
  EXPECT_THAT(
      LintFlows(alone, {.paths = {"main.json"}, .environment = "dev"}).error().message(),
      HasSubstr("environment 'dev' is not known: expected the flows to be in a contact center's"));
}

TEST(LintFlows, SaysWhatIsWrongInTrunklineJson) {
  const MemoryFiles files = CenterWith(R"({"levels": {"no-loging": "off"}})", Saying("Hello"));

  EXPECT_THAT(Said(files), HasSubstr("center/trunkline.json:1:22: error: there is no lint rule "
                                     "'no-loging'; did you mean 'no-logging'? [TL-C021]"));
}

constexpr std::string_view kSuppressed =
    R"({{"suppressions": [{{"rule": "leftover-text", "flow": "{}", "reason": "text comes on Monday", "until": "{}"}}]}})";

TEST(LintFlows, HidesAndCountsWhatIsSuppressed) {
  const MemoryFiles files =
      CenterWith(fmt::format(kSuppressed, "main", "2027-01-01"), Saying("TODO"));
  const LintReport report = LintAll(files);

  EXPECT_EQ(ToText(report, false, false), "");
  EXPECT_EQ(SummaryOf(report), "1 flow: 0 errors, 0 warnings, 0 notes, 1 suppressed\n");
  EXPECT_THAT(ToText(report, true, false),
              HasSubstr("     suppressed until 2027-01-01: text comes on Monday\n"));
  EXPECT_THAT(ToJson(report, false).GetArray("findings"), IsEmpty());
  EXPECT_EQ(ToJson(report, false).GetInt("suppressed"), 1);
  EXPECT_EQ(ToJson(report, true)
                .GetArray("findings")[0]
                .AsObject()
                .GetObject("suppression")
                .GetString("reason"),
            "text comes on Monday");
}

TEST(LintFlows, ReportsASuppressionThatHasEndedAndWhatItHid) {
  const MemoryFiles files =
      CenterWith(fmt::format(kSuppressed, "main", "2026-11-26"), Saying("TODO"));

  EXPECT_THAT(Said(files), HasSubstr("still holds 'TODO'"));
  EXPECT_THAT(Said(files), HasSubstr("center/trunkline.json:1:28: warning: the suppression of "
                                     "'leftover-text' has ended on 2026-11-26"));
}

TEST(LintFlows, TakesNoTestCaseForAFlow) {
  constexpr std::string_view kTests = "center/amzconnect-contact-flows/tests/";
  MemoryFiles files = CenterWith("{}", Saying("Hello."));
  ASSERT_TRUE(files
                  .Write(fmt::format("{}bare.json", kTests),
                         R"({"Version": "2019-10-30", "Observations": [{"Actions": []}]})")
                  .ok());
  ASSERT_TRUE(files
                  .Write(fmt::format("{}input.json", kTests),
                         R"({"Name": "a", "Content": "{\"Observations\": []}"})")
                  .ok());

  const LintReport report = LintAll(files);

  EXPECT_EQ(report.files, 1U);
  EXPECT_EQ(report.skipped, 2U);
  EXPECT_EQ(report.Count(Severity::kError), 0U);
}

TEST(LintFlows, NotesASuppressionThatHidesNothingWhenAWholeFolderIsLinted) {
  const MemoryFiles files =
      CenterWith(fmt::format(kSuppressed, "other", "2027-01-01"), Saying("Hello"));

  EXPECT_THAT(Said(files), HasSubstr("note: the suppression of 'leftover-text' hides nothing"));
  EXPECT_THAT(Said(files, {.paths = {Flow("main")}}), Not(HasSubstr("hides nothing")));
}

TEST(LintFlows, TakesSuppressionsOfTheFlowItself) {
  const auto said = [](std::string_view until) {
    const std::string metadata = fmt::format(
        R"({{"ActionMetadata": {{"hi": {{"trunkline": {{"lint": [{{"rule": "leftover-text", "reason": "r", "until": "{}"}}]}}}}}}}})",
        until);
    const MemoryFiles files{{"main.json", Saying("TODO", metadata)}};
    return Said(files, {.paths = {"main.json"}});
  };

  EXPECT_EQ(said("2027-01-01"), "1 flow: 0 errors, 0 warnings, 0 notes, 1 suppressed\n");
  EXPECT_THAT(said("2020-01-01"), HasSubstr("still holds 'TODO'"));
  EXPECT_THAT(said("2020-01-01"), HasSubstr("main.json:2:"));
  EXPECT_THAT(said("soon"), HasSubstr("[TL-L003]"));
}

// A flow that sets the attribute 'customerName'.
constexpr const char* kNaming =
    R"({"Version": "2019-10-30", "StartAction": "a", "Metadata": {"name": "naming"}, "Actions": [
  {"Identifier": "a", "Type": "UpdateContactAttributes", "Parameters": {"Attributes": {"customerName": "Smith"}},
   "Transitions": {"NextAction": "b", "Errors": [{"NextAction": "b", "ErrorType": "NoMatchingError"}]}},
  {"Identifier": "b", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}}]})";

TEST(LintFlows, LintsTheFlowsOfACenterTogether) {
  MemoryFiles files = CenterWith("{}", Saying("Hello $.Attributes.custmerName"));
  ASSERT_TRUE(files.Write(Flow("naming"), kNaming).ok());

  EXPECT_THAT(Said(files),
              testing::AllOf(HasSubstr("main.json:4:79: warning: action 'hi' reads "
                                       "'$.Attributes.custmerName', which no flow sets [TL-L311b]"),
                             HasSubstr("did you mean 'customerName'?"),
                             HasSubstr("in flow 'main', action 'hi' (Play prompt)")));
}

TEST(LintFlows, SuppressesInTheFlowWhatFlowsSayTogether) {
  MemoryFiles files = CenterWith(
      "{}",
      Saying(
          "Hello $.Attributes.custmerName",
          R"({"trunkline": {"lint": [{"rule": "attribute-never-set", "reason": "r", "until": "2026-12-31"}]}})"));
  ASSERT_TRUE(files.Write(Flow("naming"), kNaming).ok());

  const std::string said = Said(files);

  EXPECT_THAT(said, Not(HasSubstr("TL-L")));
  EXPECT_THAT(said, HasSubstr("1 suppressed"));
}

TEST(Fingerprint, IsTheSameOnAnotherLineAndInAnotherFolder) {
  const std::vector<std::string> before = FingerprintsOf(Saying("TODO"));

  ASSERT_EQ(before.size(), 1U);
  EXPECT_EQ(FingerprintsOf("\n\n" + Saying("And TODO")), before);
  const MemoryFiles moved{{"a/b/main.json", Saying("TODO")}};
  EXPECT_EQ(LintAll(moved, {.paths = {"a"}}).findings[0].fingerprint, before[0]);
}

TEST(Fingerprint, DiffersForEveryFinding) {
  const std::vector<std::string> prints = FingerprintsOf(Saying("TODO, and TBD"));

  ASSERT_EQ(prints.size(), 2U);
  EXPECT_NE(prints[0], prints[1]);
}

TEST(Baseline, LetsOnlyNewFindingsCount) {
  MemoryFiles files{{"main.json", Saying("TODO")}};
  LintReport first = LintAll(files, {.paths = {"main.json"}});

  ASSERT_TRUE(WriteBaseline(first, files, "known.json").ok());
  EXPECT_EQ(SummaryOf(first), "1 flow: 0 errors, 0 warnings, 0 notes, 1 in the baseline\n");

  ASSERT_TRUE(files.Write("main.json", Saying("Still TODO, and TBD")).ok());
  LintReport second = LintAll(files, {.paths = {"main.json"}});
  ASSERT_TRUE(CompareWithBaseline(second, files, "known.json").ok());
  EXPECT_EQ(SummaryOf(second), "1 flow: 0 errors, 1 warning, 0 notes, 1 in the baseline\n");
  EXPECT_THAT(ToText(second, false, false), HasSubstr("still holds 'TBD'"));
  EXPECT_THAT(ToText(second, false, false), Not(HasSubstr("'TODO'")));
}

TEST(Baseline, CountsWhatWasMended) {
  MemoryFiles files{{"main.json", Saying("TODO")}};
  LintReport first = LintAll(files, {.paths = {"main.json"}});
  ASSERT_TRUE(WriteBaseline(first, files, "known.json").ok());
  ASSERT_TRUE(files.Write("main.json", Saying("Hello")).ok());

  LintReport second = LintAll(files, {.paths = {"main.json"}});
  ASSERT_TRUE(CompareWithBaseline(second, files, "known.json").ok());

  EXPECT_EQ(SummaryOf(second),
            "1 flow: 0 errors, 0 warnings, 0 notes, 0 in the baseline; 1 finding of the baseline "
            "found no more: write it anew\n");
}

TEST(Baseline, ReadsWellInAReview) {
  MemoryFiles files{{"main.json", Saying("TODO")}};
  LintReport report = LintAll(files, {.paths = {"main.json"}});
  ASSERT_TRUE(WriteBaseline(report, files, "known.json").ok());

  const json::Value written = json::Parse(files.Read("known.json").value()).value();
  const json::Object& entry = written.AsObject().GetArray("findings")[0].AsObject();
  EXPECT_EQ(entry.GetString("rule"), "TL-L117");
  EXPECT_EQ(entry.GetString("flow"), "main");
  EXPECT_EQ(entry.GetString("action"), "hi");
  EXPECT_EQ(entry.GetString("message"), "'Parameters.Text' of action 'hi' still holds 'TODO'");
}

TEST(LintFlows, NamesTheFlowOfAFileThatIsWrongBeforeItIsLinted) {
  const MemoryFiles files{
      {"main.json", R"({"Version": "2019-10-30", "StartAction": "a", "Actions": [
    {"Identifier": "a", "Type": "Compare", "Transitions": {"Conditions": [{"NextAction": "a", "Condition": {}}]}}]})"}};
  const LintReport report = LintAll(files, {.paths = {"main.json"}});

  EXPECT_EQ(report.findings[0].finding.code, "TL-F007");
  EXPECT_EQ(report.findings[0].subject.action, "a");
  EXPECT_NE(report.findings[0].fingerprint, "");
}

TEST(Baseline, HoldsNoFileWithoutAFlow) {
  MemoryFiles files{{"main.json", R"({"Actions":)"}};
  LintReport report = LintAll(files, {.paths = {"main.json"}});

  ASSERT_TRUE(WriteBaseline(report, files, "known.json").ok());

  EXPECT_EQ(report.Count(Severity::kError), 1U);
}

TEST(Baseline, RefusesAnotherFile) {
  MemoryFiles files{{"main.json", Saying("TODO")}, {"broken.json", "{"}};
  LintReport report = LintAll(files, {.paths = {"main.json"}});

  EXPECT_THAT(CompareWithBaseline(report, files, "main.json").error().message(),
              HasSubstr("expected 'main.json' to be a baseline of version 1"));
  EXPECT_THAT(CompareWithBaseline(report, files, "broken.json").error().message(),
              HasSubstr("baseline 'broken.json' is not JSON"));
}

TEST(FindMonorepo, WalksUpToTrunklineJsonOrTheRepositorysTop) {
  const MemoryFiles files{{"a/trunkline.json", "{}"},
                          {"a/b/c/flow.json", "{}"},
                          {"a/repo/.git/HEAD", ""},
                          {"a/repo/flows/flow.json", "{}"},
                          {"/d/amzconnect-contact-flows/lib/callflows/flow.json", "{}"}};

  EXPECT_EQ(FindMonorepo(files, "a/b/c"), "a");
  EXPECT_EQ(FindMonorepo(files, "a"), "a");
  EXPECT_EQ(FindMonorepo(files, "a/repo/flows"), std::nullopt);
  EXPECT_EQ(FindMonorepo(files, "/d/amzconnect-contact-flows/lib/callflows"), "/d");
  EXPECT_EQ(FindMonorepo(files, "."), std::nullopt);
}

}  // namespace
}  // namespace trunkline::app
