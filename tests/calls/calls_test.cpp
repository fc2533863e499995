// What a caller of the template, and of a workshop's repository, lives through; in both link modes.
#include <gmock/gmock.h>

#include "app/mocks.h"
#include "app/stage.h"
#include "center/init.h"
#include "center/load.h"
#include "tests/support/shared_data.h"

namespace trunkline::tests {
namespace {

using flow::LinkMode;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using Words = std::vector<std::string>;

center::Center Acme(LinkMode mode = LinkMode::kStatic) {
  MemoryFiles files;
  EXPECT_TRUE(center::WriteTemplate(files, "acme").ok());
  center::Center center = *center::LoadCenter(files, "acme").center;
  center.settings.link_mode = mode;
  return center;
}

center::Center Workshop(LinkMode mode) {
  center::Center center =
      *center::LoadCenter(DiskFiles(), SourceFolder() + "/tests/data/workshop").center;
  center.settings.link_mode = mode;
  return center;
}

const Words kKnownCaller = {
    R"(lambda:customer-lookup={"greeting": "Welcome back to ACME, Ms. Rivera."})"};

// Calls ACME_Main, says these words one after the other when the bot listens, talks to the agent
// for a while and hangs up.
sim::Transcript Call(const center::Center& center, const Words& words, const Words& mocks) {
  app::Stage stage = app::SetStage(center, {});
  EXPECT_THAT(stage.findings, IsEmpty());
  EXPECT_THAT(stage.placeholders, IsEmpty());
  EXPECT_TRUE(app::AddMocks(mocks, MemoryFiles(), stage).ok());
  std::vector<sim::Event> script;
  for (const std::string& text : words) script.push_back(sim::CallerSaid{text});
  script.push_back(sim::CallerHungUp{});
  sim::Rehearsal rehearsal(std::make_shared<const sim::World>(std::move(stage.world)),
                           {.flow = "ACME_Main",
                            .customer = {"+12065550142"},
                            .now = *ParseIso8601("2026-11-23T15:00:00Z")},
                           std::move(stage.stand_ins));
  sim::PlayScript(rehearsal, script);
  return rehearsal.transcript();
}

std::string Transcribed(const center::Center& center, const Words& words,
                        const Words& mocks = kKnownCaller) {
  return ToText(Call(center, words, mocks));
}

TEST(AcmeCall, EndsInTheSalesQueueWhenTheCallerSaysSales) {
  EXPECT_EQ("", DiffGolden("calls/acme_sales.txt", Transcribed(Acme(), {"sales"})));
}

TEST(AcmeCall, NeedsNoMappingFunctionWhenLinkedStatically) {
  EXPECT_THAT(Transcribed(Acme(), {"sales"}), Not(HasSubstr("function mapping")));
}

TEST(AcmeCall, IsTheSameToTheCallerInAttributeMode) {
  EXPECT_EQ("", DiffGolden("calls/acme_sales_attribute.txt",
                           Transcribed(Acme(LinkMode::kAttribute), {"sales"})));
}

TEST(AcmeCall, UnderstandsWholeSentences) {
  EXPECT_EQ(Call(Acme(), {"I have a question about my invoice"}, kKnownCaller).queue,
            "ACME_Finance");
}

TEST(AcmeCall, AsksThreeTimesAndThenGivesUp) {
  EXPECT_EQ("", DiffGolden("calls/acme_not_understood.txt",
                           Transcribed(Acme(), {"pizza", "weather", "football", "never asked"})));
}

TEST(AcmeCall, GreetsAnybodyWhenTheFunctionIsDown) {
  const sim::Transcript transcript = Call(Acme(), {"finance"}, {});

  EXPECT_THAT(ToText(transcript), HasSubstr("the function failed"));
  EXPECT_THAT(ToText(transcript), HasSubstr("Welcome to ACME."));
  EXPECT_EQ(transcript.queue, "ACME_Finance");
}

TEST(AcmeCall, SendsTheCallerAwayOutsideBusinessHours) {
  center::Center center = Acme();
  center.hours.at(0).config.clear();

  const sim::Transcript transcript = Call(center, {"sales"}, kKnownCaller);

  EXPECT_THAT(ToText(transcript), HasSubstr("Our offices are closed"));
  EXPECT_EQ(transcript.queue, "");
}

TEST(AcmeBot, IsUnderstoodCompletely) {
  const app::Stage stage = app::SetStage(Acme(), {});

  ASSERT_THAT(stage.stand_ins.bots.at("ACME_lexbot"), SizeIs(2));
  for (const sim::BotLocale& locale : stage.stand_ins.bots.at("ACME_lexbot"))
    EXPECT_THAT(NotUnderstood(locale), IsEmpty());
}

TEST(WorkshopCall, WorksWithTheMappingFunction) {
  EXPECT_EQ("", DiffGolden("calls/workshop_sales.txt",
                           Transcribed(Workshop(LinkMode::kAttribute), {"sales"}, {})));
}

TEST(WorkshopCall, IsTheSameWhenLinkedStatically) {
  EXPECT_EQ(Transcribed(Workshop(LinkMode::kStatic), {"finance"}, {}),
            Transcribed(Workshop(LinkMode::kAttribute), {"finance"}, {}));
}

}  // namespace
}  // namespace trunkline::tests
