// What the layout calls the resources that actions name.
#include <gmock/gmock.h>

#include "flow/link_metadata.h"

namespace trunkline::flow {
namespace {

// The name of the only reference of a flow with one action and this layout of it.
std::string NameIn(std::string_view type, std::string_view parameters, std::string_view layout) {
  const Parsed parsed = ParseContent(
      fmt::format(R"({{"Version":"2019-10-30","StartAction":"a",)"
                  R"("Metadata":{{"ActionMetadata":{{"a":{}}}}},"Actions":[{{"Identifier":"a",)"
                  R"("Type":"{}","Parameters":{},"Transitions":{{}}}}]}})",
                  layout, type, parameters),
      "CONTACT_FLOW");
  const std::vector<Reference> references = References(*parsed.document);
  return DisplayName(*parsed.document, references.at(0));
}

TEST(DisplayName, StandsInTheMirrorOfTheParameters) {
  EXPECT_EQ(NameIn("UpdateContactTargetQueue", R"({"QueueId":"q-1"})",
                   R"({"parameters":{"QueueId":{"displayName":"Sales"}}})"),
            "Sales");
  EXPECT_EQ(NameIn("UpdateContactEventHooks", R"({"EventHooks":{"CustomerQueue":"f-1"}})",
                   R"({"parameters":{"EventHooks":{"CustomerQueue":{"displayName":"Music"}}}})"),
            "Music");
}

TEST(DisplayName, StandsInMembersOfOlderLayouts) {
  EXPECT_EQ(NameIn("UpdateContactTargetQueue", R"({"QueueId":"q-1"})",
                   R"({"queue":{"id":"q-1","text":"Sales"}})"),
            "Sales");
  EXPECT_EQ(NameIn("TransferToFlow", R"({"ContactFlowId":"f-1"})",
                   R"({"ContactFlow":{"id":"f-1","text":"Main"}})"),
            "Main");
  EXPECT_EQ(NameIn("MessageParticipantIteratively", R"({"Messages":[{"PromptId":"p-1"}]})",
                   R"({"audio":[{"id":"p-1","text":"Beep.wav","type":"Prompt"}]})"),
            "Beep.wav");
}

TEST(DisplayName, OfABotIsTheBotsNotTheAliass) {
  EXPECT_EQ(NameIn("ConnectParticipantWithLexBot", R"({"Text":"Hi","LexV2Bot":{"AliasArn":"x"}})",
                   R"({"parameters":{"LexV2Bot":{"AliasArn":{"displayName":"live"}}},)"
                   R"("lexV2BotName":"Travel"})"),
            "Travel");
}

TEST(DisplayName, IsEmptyWhereTheLayoutDoesNotSay) {
  EXPECT_EQ(NameIn("UpdateContactTargetQueue", R"({"QueueId":"q-1"})", R"({"queue":"odd"})"), "");
}

}  // namespace
}  // namespace trunkline::flow
