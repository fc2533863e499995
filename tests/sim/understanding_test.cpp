#include "sim/understanding.h"

#include <gmock/gmock.h>

#include "base/json_read.h"
#include "base/text.h"
#include "tests/support/shared_data.h"

namespace trunkline::sim {
namespace {

using trunkline::tests::FilesBelow;
using trunkline::tests::ReadFileOrDie;
using trunkline::tests::SharedFolder;

TimePoint Noon() {
  return *ParseIso8601("2026-11-22T12:00:00Z");
}  // a Sunday

Intent Fallback() {
  return {.name = "FallbackIntent", .parent = "AMAZON.FallbackIntent"};
}

BotLocale Departments() {
  return {
      .locale_id = "en_US",
      .threshold = 0.8,
      .intents = {
          {.name = "Sales", .utterances = {"sales", "I want to buy something", "place an order"}},
          {.name = "Finance", .utterances = {"finance", "billing", "a question about my invoice"}},
          Fallback()}};
}

BotLocale Departamentos() {
  return {.locale_id = "es_US",
          .threshold = 0.8,
          .intents = {{.name = "Sales", .utterances = {"ventas", "quiero comprar algo"}},
                      {.name = "Finance",
                       .utterances = {"finanzas", "facturación", "una pregunta sobre mi factura"}},
                      Fallback()}};
}

std::string Best(const BotLocale& locale, std::string_view text) {
  const auto ranked = Understand(locale, text, Noon());
  return ranked.empty() ? "" : ranked.front().intent;
}

struct Said {
  std::string_view text, intent;
};

class EnglishDepartments : public ::testing::TestWithParam<Said> {};

TEST_P(EnglishDepartments, AreUnderstood) {
  EXPECT_EQ(Best(Departments(), GetParam().text), GetParam().intent);
}

INSTANTIATE_TEST_SUITE_P(
    Utterances, EnglishDepartments,
    ::testing::Values(Said{"sales", "Sales"}, Said{"Sales!", "Sales"}, Said{"SALES", "Sales"},
                      Said{"I need the sales department please", "Sales"},
                      Said{"I want to talk to sales", "Sales"},
                      Said{"can you put me through to finance", "Finance"},
                      Said{"finnance", "Finance"}, Said{"slaes please", "Sales"},
                      Said{"I'd like to buy something", "Sales"},
                      Said{"questions about an invoice", "Finance"},
                      Said{"what is the weather in Paris", "FallbackIntent"},
                      Said{"my cat is on the roof", "FallbackIntent"},
                      Said{"tales", "FallbackIntent"}, Said{"please", "FallbackIntent"},
                      Said{"I want to", "FallbackIntent"}, Said{"", "FallbackIntent"},
                      Said{"???", "FallbackIntent"}, Said{"12345", "FallbackIntent"}));

class SpanishDepartments : public ::testing::TestWithParam<Said> {};

TEST_P(SpanishDepartments, AreUnderstood) {
  EXPECT_EQ(Best(Departamentos(), GetParam().text), GetParam().intent);
}

INSTANTIATE_TEST_SUITE_P(
    Utterances, SpanishDepartments,
    ::testing::Values(Said{"ventas", "Sales"}, Said{"¿Ventas?", "Sales"},
                      Said{"quiero hablar con el departamento de ventas por favor", "Sales"},
                      Said{"quisiera comprar algo", "Sales"}, Said{"facturacion", "Finance"},
                      Said{"tengo preguntas sobre mis facturas", "Finance"},
                      Said{"¿qué tiempo hace en Madrid?", "FallbackIntent"}));

TEST(Understanding, TheTextOfASampleIsCertain) {
  const auto ranked = Understand(Departments(), "  place an ORDER.", Noon());

  ASSERT_FALSE(ranked.empty());
  EXPECT_EQ(ranked[0].intent, "Sales");
  EXPECT_EQ(ranked[0].score, 1.0);
}

TEST(Understanding, FallbackStandsBehindIntentsAboveTheThresholdAndHasNoScore) {
  const auto ranked = Understand(Departments(), "sales", Noon());

  ASSERT_GE(ranked.size(), 2U);
  EXPECT_EQ(ranked[1].intent, "FallbackIntent");
  EXPECT_EQ(ranked[1].score, std::nullopt);
}

TEST(Understanding, AWordTheBotKnowsIsNoMisspellingOfAnother) {
  const BotLocale locale{.locale_id = "en_US",
                         .intents = {{.name = "Contract", .utterances = {"contract"}},
                                     {.name = "Contact", .utterances = {"contact"}}}};

  const auto ranked = Understand(locale, "contact", Noon());

  ASSERT_EQ(ranked.size(), 1U);
  EXPECT_EQ(ranked[0].intent, "Contact");
}

BotLocale Travel() {
  BotLocale locale{.locale_id = "en_US", .threshold = 0.4};
  locale.slot_types = {{.name = "City",
                        .resolution = SlotType::Resolution::kTopResolution,
                        .values = {{"New York", {"big apple", "NYC"}}, {"Paris", {}}}}};
  locale.intents = {
      {.name = "Book",
       .utterances = {"book a hotel in {City} for {Nights} nights", "a hotel in {City}",
                      "book a hotel"},
       .slots = {{.name = "City", .type = "City"}, {.name = "Nights", .type = "AMAZON.Number"}}},
      Fallback()};
  return locale;
}

TEST(Understanding, FillsSlotsOfASample) {
  const auto ranked = Understand(
      Travel(), "I would like to book a hotel in the big apple for twenty three nights", Noon());

  ASSERT_FALSE(ranked.empty());
  EXPECT_EQ(ranked[0].intent, "Book");
  ASSERT_TRUE(ranked[0].slots.contains("City"));
  EXPECT_EQ(ranked[0].slots.at("City").interpreted, "New York");
  EXPECT_EQ(ranked[0].slots.at("City").original, "big apple");
  ASSERT_TRUE(ranked[0].slots.contains("Nights"));
  EXPECT_EQ(ranked[0].slots.at("Nights").interpreted, "23");
}

TEST(Understanding, ASlotIsFoundWithinALongerAnswer) {
  const BotLocale locale = Travel();

  const auto fill = UnderstandSlot(locale, locale.intents[0].slots[0], "to paris please", Noon());

  ASSERT_TRUE(fill);
  EXPECT_EQ(fill->interpreted, "Paris");
}

TEST(Understanding, AnAnswerWithoutAValueFillsNoSlot) {
  const BotLocale locale = Travel();

  EXPECT_FALSE(UnderstandSlot(locale, locale.intents[0].slots[0], "what do you mean", Noon()));
}

// The bots of the corpus come with utterances their authors expect to be understood.
struct Tally {
  int right = 0, wrong = 0;
  std::string misses;
};

BotLocale ReadCorpusBot(const json::Object& bot) {
  BotLocale locale{.locale_id = std::string(bot.GetString("localeId")),
                   .threshold = bot.GetDouble("confidenceThreshold", 0.4)};
  for (const json::Value& one : bot.GetArray("intents")) {
    Intent intent{.name = std::string(one.AsObject().GetString("name"))};
    for (const json::Value& text : one.AsObject().GetArray("utterances"))
      intent.utterances.push_back(text.AsString());
    locale.intents.push_back(std::move(intent));
  }
  locale.intents.push_back(Fallback());
  return locale;
}

void Count(const json::Object& bot, Tally& tally) {
  const BotLocale locale = ReadCorpusBot(bot);
  for (const json::Value& intent : bot.GetArray("intents")) {
    const std::string_view name = intent.AsObject().GetString("name");
    for (const json::Value& test : intent.AsObject().GetArray("tests")) {
      const std::string_view text = test.AsObject().GetString("utterance");
      const std::string best = Best(locale, text);
      best == name ? ++tally.right : ++tally.wrong;
      if (best != name)
        tally.misses +=
            fmt::format("{} '{}': {} for {}\n", bot.GetString("name"), text, best, name);
    }
  }
}

TEST(Understanding, MostTestUtterancesOfTheCorpusBotsFindTheirIntent) {
  TL_NEEDS_SHARED();
  Tally tally;
  for (const std::string_view name : {"intent", "yesno"}) {
    for (const std::string& file : FilesBelow(*SharedFolder() + "/corpus/lex")) {
      if (!file.ends_with("__" + std::string(name) + ".bot.json")) continue;
      const auto bot = json::Parse(ReadFileOrDie(file));
      ASSERT_TRUE(bot.ok()) << file;
      Count(bot->AsObject(), tally);
    }
  }

  const int all = tally.right + tally.wrong;
  EXPECT_GT(all, 40);
  EXPECT_GE(tally.right * 100, all * 95) << tally.right << " of " << all << "\n" << tally.misses;
}

}  // namespace
}  // namespace trunkline::sim
