#include <gmock/gmock.h>

#include "flow/lint/digits.h"
#include "flow/lint/markup.h"
#include "flow/lint/voices.h"
#include "flow/lint/words.h"

namespace trunkline::flow::lint {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Words, PartAtCaseAndSigns) {
  EXPECT_THAT(Words("creditCard_number 2"), ElementsAre("credit", "card", "number"));
}

TEST(SlipFinder, TakesOnePlaceOfTwoCharactersButNoNumbers) {
  const SlipFinder names({"customerName", "menu1", "PaymentMinimumPayment", "email", "a"});

  EXPECT_EQ(names.Find("custmerName"), "customerName");
  EXPECT_EQ(names.Find("customerNames"), "customerName");
  EXPECT_EQ(names.Find("Email"), "email");
  EXPECT_EQ(names.Find("menu2"), std::nullopt);
  EXPECT_EQ(names.Find("C3PaymentMinimumPayment"), std::nullopt);
  EXPECT_EQ(names.Find("b"), std::nullopt);
  EXPECT_EQ(names.Find(""), std::nullopt);
}

TEST(SoundsSecret, TakesWholeWordsOnly) {
  EXPECT_TRUE(SoundsSecret("customer_PIN"));
  EXPECT_TRUE(SoundsSecret("creditCardNumber"));
  EXPECT_FALSE(SoundsSecret("shoppingCart"));
  EXPECT_FALSE(SoundsSecret("isPasswordSet"));
}

TEST(AsksForSecret, ReadsPhrases) {
  EXPECT_TRUE(AsksForSecret("Please enter your credit card number, then press pound."));
  EXPECT_TRUE(AsksForSecret("<speak>Your PIN, please.</speak>"));
  EXPECT_FALSE(AsksForSecret("Please enter the number of your order."));
}

TEST(KeysIn, FindsWhatIsToBePressed) {
  EXPECT_THAT(KeysIn("Press 1 for sales, or press two for support.").asked, ElementsAre("1", "2"));
  EXPECT_THAT(KeysIn("Oprima el dos para ventas. Drücken Sie die 3.").asked, ElementsAre("2", "3"));
  EXPECT_THAT(KeysIn("<speak>Press <break time=\"9s\"/> star.</speak>").asked, ElementsAre("*"));
}

TEST(KeysIn, LeavesOutNumbersThatAreNoKeys) {
  EXPECT_THAT(KeysIn("You have 3 messages, all from 2024.").asked, IsEmpty());
  EXPECT_THAT(KeysIn("Press one of the following keys.").asked, IsEmpty());
  EXPECT_THAT(KeysIn("For sales press 1, for support 2.").named, ElementsAre("1", "2"));
}

TEST(CheckMarkup, TakesWhatIsWellFormed) {
  for (const char* text :
       {"<speak>Hello</speak>", " <speak version=\"1.0\">a &amp; b<break/></speak> ",
        "<?xml version=\"1.0\"?><speak><!-- <no --><p>$.External.x</p></speak>"}) {
    EXPECT_EQ(CheckMarkup(text).broken, "") << text;
    EXPECT_EQ(CheckMarkup(text).unknown_tag, "") << text;
  }
}

TEST(CheckMarkup, SaysWhatIsBroken) {
  const auto broken = [](std::string_view text) { return CheckMarkup(text).broken; };

  EXPECT_EQ(broken("<speak>Hello"), "'</speak>' is missing");
  EXPECT_EQ(broken("<speak><p>Hello</speak>"), "'</speak>' where '</p>' was expected");
  EXPECT_EQ(broken("<speak>Smith & Sons</speak>"), "a bare '&': write '&amp;'");
  EXPECT_EQ(broken("<speak>1 < 2</speak>"), "a bare '<': write '&lt;'");
  EXPECT_EQ(broken("<speak><break time=\"1s</speak>"), "the tag '<break' does not end");
  EXPECT_EQ(broken("<speak>Hello</speak> there"), "text outside of '<speak>'");
  EXPECT_EQ(broken("<speak/><p>Hello</p>"), "'<p>' outside of '<speak>'");
  EXPECT_EQ(broken("<speak/></p>"), "'</p>' closes nothing");
}

TEST(CheckMarkup, TakesAMissingRootForAMatterOfItsOwn) {
  EXPECT_TRUE(CheckMarkup("Hello <break/> there").no_root);
  EXPECT_EQ(CheckMarkup("Hello <break/> there").broken, "");
  EXPECT_EQ(CheckMarkup("Hello <p>there").broken, "'</p>' is missing");
}

TEST(CheckMarkup, NamesTheFirstTagThatVoicesDoNotKnow) {
  EXPECT_EQ(CheckMarkup("<speak><b>Hello</b><i>x</i></speak>").unknown_tag, "b");
}

TEST(Voices, HaveTheirLanguage) {
  ASSERT_NE(FindVoice("Lupe"), nullptr);
  EXPECT_EQ(FindVoice("Lupe")->language, "es-US");
  EXPECT_EQ(FindVoice("lupe"), nullptr);
}

}  // namespace
}  // namespace trunkline::flow::lint
