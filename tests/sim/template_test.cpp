// The ACME center that `trunkline init` writes, called without a cloud: its own flows, module,
// hours and bot.
//
// Symbols stand for themselves: a queue's id is "${queue:ACME_Sales}", so that the flows need no
// linking.
#include <gmock/gmock.h>

#include "base/json_read.h"
#include "sim/bot_file.h"
#include "sim/rehearsal.h"
#include "tests/support/shared_data.h"

namespace trunkline::sim::tests {
namespace {

using trunkline::tests::DiffGolden;
using trunkline::tests::FilesBelow;
using trunkline::tests::ReadFileOrDie;

std::string Folder() {
  return std::string(TRUNKLINE_SOURCE) + "/templates/acme/";
}

FlowResource ReadFlow(const std::string& file, const std::string& kind) {
  flow::Parsed parsed = flow::Parse(ReadFileOrDie(file), file);
  if (!parsed.document) return {};
  FlowResource flow{.id = "${" + kind + ":" + parsed.document->name + "}",
                    .name = parsed.document->name,
                    .type = parsed.document->type};
  flow.document = std::make_shared<const flow::Document>(std::move(*parsed.document));
  return flow;
}

json::Value ReadJson(const std::string& file) {
  auto read =
      json::Read(ReadFileOrDie(Folder() + file), file, {.comments = true, .trailing_commas = true});
  return read.value ? std::move(*read.value) : json::Value();
}

World Acme() {
  World world{.region = "eu-central-1", .account = "123456789012"};
  for (const std::string& file : FilesBelow(Folder() + "amzconnect-contact-flows/lib/callflows")) {
    world.flows.push_back(ReadFlow(file, "flow"));
  }
  for (const std::string& file : FilesBelow(Folder() + "amzconnect-admin-objects/flow-modules")) {
    world.modules.push_back({.latest = ReadFlow(file, "module")});
  }
  const json::Value hours = ReadJson("amzconnect-admin-objects/hours/ACME_hours.json");
  world.hours = {{.id = "${hours:ACME_hours}",
                  .time_zone = std::string(hours.AsObject().GetString("TimeZone"))}};
  if (auto slots = ReadSlots(hours.AsObject().GetArray("Config"))) world.hours[0].slots = *slots;
  world.queues = {{.id = "${queue:ACME_Sales}", .name = "ACME_Sales"},
                  {.id = "${queue:ACME_Finance}", .name = "ACME_Finance"}};
  world.prompts = {{.id = "${prompt:CustomerQueue.wav}", .name = "CustomerQueue.wav"}};
  world.functions = {{.arn = "${lambda:customer-lookup}", .name = "customer-lookup"}};
  world.bots = {{.arn = "${bot:ACME_lexbot}", .name = "ACME_lexbot"}};
  return world;
}

StandIns AcmeStandIns() {
  StandIns stand_ins{
      .functions = {{"customer-lookup", R"({"greeting":"Welcome back to ACME, Ada."})"}}};
  const json::Value locales =
      ReadJson("amzconnect-supporting-infra/lib/infra-stack/bots/ACME_lexbot/Locales.json");
  for (const json::Value& locale : locales.AsArray()) {
    stand_ins.bots["ACME_lexbot"].push_back(ReadLocaleFile(locale.AsObject()));
  }
  return stand_ins;
}

Transcript CallAndSay(const std::vector<std::string>& words, StandIns stand_ins = AcmeStandIns()) {
  std::vector<Event> script;
  for (const std::string& text : words) script.push_back(CallerSaid{text});
  script.push_back(CallerHungUp{});
  Rehearsal rehearsal(std::make_shared<const World>(Acme()),
                      {.contact_id = "11111111-2222-4333-8444-555555555555",
                       .flow = "${flow:ACME_Main}",
                       .customer = {"+15550100"},
                       .now = *ParseIso8601("2026-11-23T15:00:00Z")},
                      std::move(stand_ins));
  PlayScript(rehearsal, script);
  return rehearsal.transcript();
}

TEST(AcmeTemplate, ACallForSalesEndsInItsQueue) {
  const Transcript transcript = CallAndSay({"I need the sales department please"});

  EXPECT_EQ("", DiffGolden("sim/acme-sales.txt", ToText(transcript)));
  EXPECT_EQ(transcript.queue, "ACME_Sales");
  EXPECT_EQ(transcript.intent, "Sales");
}

TEST(AcmeTemplate, ACallForFinanceEndsInItsQueue) {
  EXPECT_EQ(CallAndSay({"I want to pay my bill"}).queue, "ACME_Finance");
}

TEST(AcmeTemplate, ACallerWhoIsNotUnderstoodThreeTimesReachesSales) {
  const Transcript transcript = CallAndSay({"the weather", "my cat", "the moon"});

  EXPECT_EQ(transcript.queue, "ACME_Sales");
}

TEST(AcmeTemplate, WithoutTheLookUpEverybodyIsWelcome) {
  StandIns without = AcmeStandIns();
  without.functions.clear();

  EXPECT_THAT(ToText(CallAndSay({"finance"}, without)), ::testing::HasSubstr("Welcome to ACME."));
}

TEST(AcmeTemplate, ItsBotIsUnderstoodCompletely) {
  const StandIns stand_ins = AcmeStandIns();

  ASSERT_EQ(stand_ins.bots.at("ACME_lexbot").size(), 2U);
  for (const BotLocale& locale : stand_ins.bots.at("ACME_lexbot"))
    EXPECT_TRUE(NotUnderstood(locale).empty());
}

}  // namespace
}  // namespace trunkline::sim::tests
