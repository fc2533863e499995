// Making flows of an instance portable.
#include "flow/unlink.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "base/json_read.h"
#include "base/json_write.h"
#include "flow/link.h"

namespace trunkline::flow {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::string_view kInstance =
    "arn:aws:connect:us-east-1:111111111111:instance/aaaaaaaa-1111-4111-8111-aaaaaaaaaaaa";
constexpr std::string_view kQueueId = "bbbbbbbb-2222-4222-8222-bbbbbbbbbbbb";
constexpr std::string_view kFunction = "arn:aws:lambda:us-east-1:111111111111:function:acme-lookup";

std::string QueueArn() {
  return fmt::format("{}/queue/{}", kInstance, kQueueId);
}

NamesByArn Names() {
  NamesByArn names;
  names.Add(QueueArn(), ResourceKind::kQueue, "Sales");
  names.Add(std::string(kQueueId), ResourceKind::kQueue, "Sales");
  names.Add(std::string(kFunction), ResourceKind::kLambda, "lookup");
  names.Add("arn:aws:connect:us-east-1:aws:view/form", ResourceKind::kView, "Form");
  return names;
}

std::string ContentWith(std::string_view type, std::string_view parameters,
                        std::string_view metadata = "{}") {
  return fmt::format(
      R"({{"Version":"2019-10-30","StartAction":"a","Metadata":{},"Actions":[{{"Identifier":"a","Type":"{}","Parameters":{},"Transitions":{{}}}}]}})",
      metadata, type, parameters);
}

struct Outcome {
  std::string content;
  std::vector<Unresolved> unresolved;
};

Outcome UnlinkText(const std::string& text) {
  json::Value content = json::Parse(text).value();
  std::vector<Unresolved> unresolved = Unlink(content, Names());
  return {json::Write(content), std::move(unresolved)};
}

TEST(Unlink, NamesAQueueByItsArnAndByItsId) {
  for (const std::string& text : {QueueArn(), std::string(kQueueId)}) {
    const Outcome outcome = UnlinkText(
        ContentWith("UpdateContactTargetQueue", fmt::format(R"({{"QueueId":"{}"}})", text)));

    EXPECT_EQ(outcome.content,
              ContentWith("UpdateContactTargetQueue", R"({"QueueId":"${queue:Sales}"})"));
    EXPECT_THAT(outcome.unresolved, IsEmpty());
  }
}

TEST(Unlink, NamesAFunctionWhateverAliasIsCalled) {
  for (const std::string_view alias : {"", ":live", ":7"}) {
    const Outcome outcome =
        UnlinkText(ContentWith("InvokeLambdaFunction",
                               fmt::format(R"({{"LambdaFunctionARN":"{}{}"}})", kFunction, alias)));

    EXPECT_EQ(outcome.content,
              ContentWith("InvokeLambdaFunction", R"({"LambdaFunctionARN":"${lambda:lookup}"})"));
  }
}

TEST(Unlink, KeepsTheVersionOfAView) {
  const Outcome outcome = UnlinkText(ContentWith(
      "ShowView", R"({"ViewResource":{"Id":"arn:aws:connect:us-east-1:aws:view/form:$LATEST"}})"));

  EXPECT_EQ(outcome.content,
            ContentWith("ShowView", R"({"ViewResource":{"Id":"${view:Form}:$LATEST"}})"));
}

TEST(Unlink, ReplacesArnsWithinLongerTexts) {
  const Outcome outcome = UnlinkText(ContentWith(
      "UpdateContactAttributes",
      fmt::format(R"({{"Attributes":{{"all":"{{\"queue\":\"{}\",\"n\":1}}"}}}})", QueueArn())));

  EXPECT_EQ(outcome.content,
            ContentWith("UpdateContactAttributes",
                        R"({"Attributes":{"all":"{\"queue\":\"${queue:Sales}\",\"n\":1}"}})"));
}

TEST(Unlink, WritesIdsOfTheLayoutAsSymbolsAndLeavesWhatItShows) {
  const Outcome outcome = UnlinkText(ContentWith(
      "UpdateContactTargetQueue", fmt::format(R"({{"QueueId":"{}"}})", QueueArn()),
      fmt::format(R"({{"ActionMetadata":{{"a":{{"queue":{{"text":"Sales","id":"{}"}}}}}}}})",
                  QueueArn())));

  EXPECT_EQ(
      outcome.content,
      ContentWith("UpdateContactTargetQueue", R"({"QueueId":"${queue:Sales}"})",
                  R"({"ActionMetadata":{"a":{"queue":{"text":"Sales","id":"${queue:Sales}"}}}})"));
}

TEST(Unlink, ListsWhatNobodyKnows) {
  const std::string other = fmt::format("{}/queue/cccccccc-3333-4333-8333-cccccccccccc", kInstance);
  const std::string text =
      ContentWith("UpdateContactTargetQueue", fmt::format(R"({{"QueueId":"{}"}})", other));

  const Outcome outcome = UnlinkText(text);

  EXPECT_EQ(outcome.content, text);
  EXPECT_THAT(
      outcome.unresolved,
      ElementsAre(Unresolved{
          .action = "a", .path = "Parameters.QueueId", .text = other, .in_metadata = false}));
}

TEST(Unlink, LeavesReferencesOfTheRunTimeAlone) {
  const std::string text =
      ContentWith("UpdateContactTargetQueue", R"({"QueueId":"$.External.queue"})");

  const Outcome outcome = UnlinkText(text);

  EXPECT_EQ(outcome.content, text);
  EXPECT_THAT(outcome.unresolved, IsEmpty());
}

TEST(Unlink, IsUndoneByLinking) {
  const std::string linked = ContentWith(
      "UpdateContactTargetQueue", fmt::format(R"({{"QueueId":"{}"}})", QueueArn()),
      fmt::format(R"({{"ActionMetadata":{{"a":{{"queue":{{"text":"Sales","id":"{}"}}}}}}}})",
                  QueueArn()));
  SymbolTable table;
  table.Add(ResourceKind::kQueue, "Sales",
            {.arn = QueueArn(), .id = std::string(kQueueId), .number = {}});

  const Parsed portable = ParseContent(UnlinkText(linked).content, "CONTACT_FLOW");

  EXPECT_EQ(Link(*portable.document, table, LinkMode::kStatic).content, linked);
}

}  // namespace
}  // namespace trunkline::flow
