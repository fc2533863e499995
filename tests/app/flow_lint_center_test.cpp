// What `flow lint` says of a contact center's other files.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include "app/flow_lint.h"
#include "app/lint_text.h"

namespace trunkline::app {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kMain = "center/amzconnect-contact-flows/lib/callflows/main.json";

// A center of one flow that reads what a function answers, and of the function.
MemoryFiles CenterWith(std::string_view settings, std::string_view function) {
  return {{"center/trunkline.json", std::string(settings)},
          {"center/amzconnect-lambdas/functions/crm/function.json",
           fmt::format(R"({{"runtime": "python3.12", "handler": "app.main", "code": "src",
{}}})",
                       function)},
          {"center/amzconnect-lambdas/functions/crm/src/app.py", ""},
          {std::string(kMain), R"({
  "Version": "2019-10-30", "StartAction": "ask",
  "Actions": [
    {"Identifier": "ask", "Type": "InvokeLambdaFunction",
      "Parameters": {"LambdaFunctionARN": "${lambda:crm}", "InvocationTimeLimitSeconds": "5"},
      "Transitions": {"NextAction": "hi", "Errors": [{"NextAction": "end", "ErrorType": "NoMatchingError"}]}},
    {"Identifier": "hi", "Type": "MessageParticipant", "Parameters": {"Text": "Hello $.External.nmae"},
      "Transitions": {"NextAction": "end", "Errors": [{"NextAction": "end", "ErrorType": "NoMatchingError"}]}},
    {"Identifier": "end", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}}]}
)"}};
}

std::string Said(const Files& files, std::string path = "center/amzconnect-contact-flows") {
  const Result<LintReport> report =
      LintFlows(files, {.paths = {std::move(path)}, .today = "2026-11-27"});
  EXPECT_TRUE(report.ok()) << report.error().message();
  return ToText(*report, false, false) + SummaryOf(*report);
}

TEST(LintCenter, LooksAtFunctionsWhenAWholeFolderIsLinted) {
  const MemoryFiles files = CenterWith("{}", R"("environment": {"TOKEN": "abc"})");

  EXPECT_THAT(Said(files),
              HasSubstr("center/amzconnect-lambdas/functions/crm/function.json:2:26: warning: the "
                        "environment variable 'TOKEN' of function 'crm' is written out"));
  EXPECT_THAT(Said(files, std::string(kMain)), Not(HasSubstr("TOKEN")));
}

TEST(LintCenter, SuppressesFindingsInOtherFilesByTheirRule) {
  const MemoryFiles files = CenterWith(R"({"lint": {"suppressions": [{"rule": "initial-secret",
"reason": "a sandbox", "until": "2099-01-01"}]}})",
                                       R"("environment": {"TOKEN": "abc"})");

  EXPECT_THAT(Said(files), AllOf(HasSubstr("1 suppressed"), Not(HasSubstr("'TOKEN'"))));
}

TEST(LintCenter, ComparesFlowsWithWhatFunctionsDeclare) {
  EXPECT_THAT(Said(CenterWith("{}", R"("answers": ["name"])")),
              AllOf(HasSubstr("main.json:7:79: warning: action 'hi' reads '$.External.nmae', which "
                              "function 'crm' does not answer with (action 'ask') [TL-L245b]"),
                    HasSubstr("did you mean 'name'?")));
}

TEST(LintCenter, CountsScenariosAsTests) {
  MemoryFiles files = CenterWith("{}", R"("answers": ["nmae"])");
  ASSERT_TRUE(files
                  .Write("center/amzconnect-contact-flows/lib/callflows/other.json",
                         R"({"Name": "other", "Type": "CONTACT_FLOW", "Content": {
"Version": "2019-10-30", "StartAction": "end", "Actions": [
{"Identifier": "end", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}}]}})")
                  .ok());
  const auto tested = [&](std::string_view flow) {
    const Result<void> written =
        files.Write("center/amzconnect-contact-flows/tests/calls.scenario",
                    fmt::format("test One\nflow {}\nhear Hello\nend\n", flow));
    EXPECT_TRUE(written.ok());
    return Said(files);
  };
  EXPECT_THAT(tested("main"), HasSubstr("other.json:3:1: note: no test"));
  EXPECT_THAT(tested("other"), Not(HasSubstr("no test")));
}

TEST(LintCenter, TakesTheLevelOfARuleByItsCodeWithALetter) {
  EXPECT_THAT(
      Said(CenterWith(R"({"lint": {"levels": {"TL-L245b": "off"}}})", R"("answers": ["name"])")),
      Not(HasSubstr("nmae', which")));
}

}  // namespace
}  // namespace trunkline::app
