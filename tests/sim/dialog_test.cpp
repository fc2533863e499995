#include "sim/dialog.h"

#include <gmock/gmock.h>

namespace trunkline::sim {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

MessageGroup Plain(std::string text) {
  return {.message = {.content = std::move(text)}};
}

Prompting Asks(std::string text, std::string again, int retries) {
  MessageGroup group = Plain(std::move(text));
  group.variations = {{.content = std::move(again)}};
  return {.groups = {group}, .max_retries = retries};
}

BotLocale Bot() {
  BotLocale bot{.locale_id = "en_US", .threshold = 0.4};
  bot.slot_types = {{.name = "City",
                     .resolution = SlotType::Resolution::kTopResolution,
                     .values = {{"New York", {"NYC"}}, {"Paris", {}}}}};
  Intent book{.name = "Book", .utterances = {"book a hotel", "book a hotel in {City}"}};
  book.slots = {
      {.name = "City", .type = "City", .prompt = Asks("Which city?", "Sorry, which city?", 1)},
      {.name = "Nights",
       .type = "AMAZON.Number",
       .prompt = Asks("How many nights?", "How many?", 1)}};
  book.confirms = true;
  book.confirmation = Asks("{Nights} nights in {City}?", "Yes or no?", 1);
  book.declination = {Plain("Then not.")};
  book.closing_response = {Plain("Booked {City}.")};
  Intent sales{
      .name = "Sales", .utterances = {"sales"}, .closing_response = {Plain("One moment.")}};
  bot.intents = {book, sales, {.name = "FallbackIntent", .parent = "AMAZON.FallbackIntent"}};
  return bot;
}

std::vector<std::string> Words(const TurnResult& result) {
  std::vector<std::string> words;
  for (const BotMessage& message : result.messages) words.push_back(message.content);
  return words;
}

// A conversation that keeps its session.
class Dialog : public ::testing::Test {
 protected:
  TurnResult Say(std::string text) {
    TurnResult result = TakeTurn(bot_, session_, {.text = std::move(text)});
    session_ = result.session;
    return result;
  }

  BotLocale bot_ = Bot();
  Session session_;
};

TEST_F(Dialog, AnIntentWithoutSlotsClosesReadyForFulfillment) {
  const TurnResult result = Say("sales please");

  EXPECT_EQ(result.session.action.type, "Close");
  EXPECT_EQ(result.session.intent->name, "Sales");
  EXPECT_EQ(result.session.intent->state, "ReadyForFulfillment");
  EXPECT_THAT(Words(result), ElementsAre("One moment."));
}

TEST_F(Dialog, AsksForSlotsConfirmsAndCloses) {
  EXPECT_THAT(Words(Say("book a hotel")), ElementsAre("Which city?"));
  EXPECT_EQ(session_.action.slot, "City");
  EXPECT_THAT(Words(Say("in NYC")), ElementsAre("How many nights?"));
  EXPECT_THAT(Words(Say("three")), ElementsAre("3 nights in New York?"));
  EXPECT_EQ(session_.action.type, "ConfirmIntent");
  const TurnResult last = Say("yes");

  EXPECT_THAT(Words(last), ElementsAre("Booked New York."));
  EXPECT_EQ(last.session.intent->state, "ReadyForFulfillment");
  EXPECT_EQ(last.session.intent->confirmation, "Confirmed");
}

TEST_F(Dialog, ASlotFilledByTheFirstWordsIsNotAskedFor) {
  EXPECT_THAT(Words(Say("book a hotel in Paris")), ElementsAre("How many nights?"));
}

TEST_F(Dialog, AQuestionIsAskedAgainAndThenFails) {
  Say("book a hotel");
  EXPECT_THAT(Words(Say("what")), ElementsAre("Sorry, which city?"));

  const TurnResult result = Say("");

  EXPECT_EQ(result.session.action.type, "Close");
  EXPECT_EQ(result.session.intent->state, "Failed");
}

TEST_F(Dialog, ADeclinedConfirmationFails) {
  Say("book a hotel in Paris");
  Say("2");

  const TurnResult result = Say("no");

  EXPECT_THAT(Words(result), ElementsAre("Then not."));
  EXPECT_EQ(result.session.intent->state, "Failed");
  EXPECT_EQ(result.session.intent->confirmation, "Denied");
}

TEST_F(Dialog, AnotherIntentSaidClearlyLeavesTheQuestion) {
  Say("book a hotel");

  EXPECT_EQ(Say("sales").session.intent->name, "Sales");
}

TEST_F(Dialog, WordsNobodyUnderstandsAndSilenceMeanFallback) {
  const TurnResult result = Say("the weather");

  EXPECT_EQ(result.session.intent->name, "FallbackIntent");
  EXPECT_EQ(result.session.intent->state, "ReadyForFulfillment");
  EXPECT_EQ(Say("").session.intent->name, "FallbackIntent");
}

TEST_F(Dialog, AFulfillmentHookStopsTheTurnAndItsAnswerClosesIt) {
  bot_.intents[1].fulfillment_hook = true;
  const TurnResult pending = Say("sales");
  EXPECT_EQ(pending.hook, Hook::kFulfillment);
  EXPECT_THAT(pending.messages, IsEmpty());

  IntentState done = *pending.session.intent;
  done.state = "Fulfilled";
  const TurnResult result = ContinueAfterHook(bot_, pending,
                                              {.action = DialogAction{.type = "Close"},
                                               .intent = done,
                                               .messages = {{.content = "Done."}}});

  EXPECT_EQ(result.session.action.type, "Close");
  EXPECT_EQ(result.session.intent->state, "Fulfilled");
  EXPECT_THAT(Words(result), ElementsAre("Done."));
}

TEST_F(Dialog, ADialogHookThatDelegatesLetsTheBotAsk) {
  bot_.intents[0].dialog_hook = true;
  const TurnResult pending = Say("book a hotel");
  EXPECT_EQ(pending.hook, Hook::kDialog);

  const TurnResult result = ContinueAfterHook(bot_, pending, {});

  EXPECT_EQ(result.session.action.type, "ElicitSlot");
  EXPECT_THAT(Words(result), ElementsAre("Which city?"));
}

TEST_F(Dialog, ADialogHookMayAskItsOwnQuestion) {
  bot_.intents[0].dialog_hook = true;
  const TurnResult pending = Say("book a hotel");

  const TurnResult result = ContinueAfterHook(
      bot_, pending, {.action = DialogAction{.type = "ElicitSlot", .slot = "Nights"}});

  EXPECT_EQ(result.session.action.slot, "Nights");
  EXPECT_THAT(Words(result), ElementsAre("How many nights?"));
}

}  // namespace
}  // namespace trunkline::sim
