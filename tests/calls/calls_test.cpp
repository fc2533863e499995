// What a caller of the template, and of a workshop's repository, lives through; in both link modes.
#include <gmock/gmock.h>

#include "center/init.h"
#include "center/load.h"
#include "tests/calls/conversation.h"
#include "tests/support/shared_data.h"

namespace trunkline::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

center::Center Acme() {
  MemoryFiles files;
  EXPECT_TRUE(center::WriteTemplate(files, "acme").ok());
  return *center::LoadCenter(files, "acme").center;
}

center::Center Workshop() {
  return *center::LoadCenter(DiskFiles(), std::string(TRUNKLINE_SOURCE) + "/tests/data/workshop")
              .center;
}

FunctionAnswers Known() {
  return {{"customer-lookup", R"({"greeting": "Welcome back to ACME, Ms. Rivera."})"}};
}

TEST(AcmeCall, EndsInTheSalesQueueWhenTheCallerSaysSales) {
  const Instance acme = MakeInstance(Acme(), flow::LinkMode::kStatic);

  const std::string transcript = Conversation(acme, Known()).Call({"sales"});

  EXPECT_EQ("", DiffGolden("calls/acme_sales.txt", transcript));
}

TEST(AcmeCall, NeedsNoMappingFunctionWhenLinkedStatically) {
  const Instance acme = MakeInstance(Acme(), flow::LinkMode::kStatic);

  const std::string transcript = Conversation(acme, Known()).Call({"sales"});

  EXPECT_THAT(transcript, Not(HasSubstr("function mapping")));
}

TEST(AcmeCall, IsTheSameToTheCallerInAttributeMode) {
  const Instance acme = MakeInstance(Acme(), flow::LinkMode::kAttribute);

  const std::string transcript = Conversation(acme, Known()).Call({"sales"});

  EXPECT_EQ("", DiffGolden("calls/acme_sales_attribute.txt", transcript));
}

TEST(AcmeCall, UnderstandsWholeSentences) {
  const Instance acme = MakeInstance(Acme(), flow::LinkMode::kStatic);

  const std::string transcript =
      Conversation(acme, Known()).Call({"I have a question about my invoice"});

  EXPECT_THAT(transcript, HasSubstr("queue ACME_Finance"));
}

TEST(AcmeCall, AsksThreeTimesAndThenGivesUp) {
  const Instance acme = MakeInstance(Acme(), flow::LinkMode::kStatic);

  const std::string transcript =
      Conversation(acme, Known()).Call({"pizza", "weather", "football", "never asked"});

  EXPECT_EQ("", DiffGolden("calls/acme_not_understood.txt", transcript));
}

TEST(AcmeCall, GreetsAnybodyWhenTheFunctionIsDown) {
  const Instance acme = MakeInstance(Acme(), flow::LinkMode::kStatic);

  const std::string transcript = Conversation(acme, {}).Call({"finance"});

  EXPECT_THAT(transcript, StartsWith("function customer-lookup\ncustomer <- Welcome to ACME.\n"));
  EXPECT_THAT(transcript, HasSubstr("queue ACME_Finance"));
}

TEST(AcmeCall, SendsTheCallerAwayOutsideBusinessHours) {
  center::Center center = Acme();
  center.hours.at(0).config.clear();
  const Instance acme = MakeInstance(center, flow::LinkMode::kStatic);

  const std::string transcript = Conversation(acme, Known()).Call({"sales"});

  EXPECT_THAT(transcript, HasSubstr("Our offices are closed"));
  EXPECT_THAT(transcript, Not(HasSubstr("queue")));
}

TEST(WorkshopCall, WorksWithTheMappingFunction) {
  const Instance workshop = MakeInstance(Workshop(), flow::LinkMode::kAttribute);

  const std::string transcript = Conversation(workshop, {}).Call({"sales"});

  EXPECT_EQ("", DiffGolden("calls/workshop_sales.txt", transcript));
}

TEST(WorkshopCall, IsTheSameWhenLinkedStatically) {
  const Instance attribute = MakeInstance(Workshop(), flow::LinkMode::kAttribute);
  const Instance linked = MakeInstance(Workshop(), flow::LinkMode::kStatic);

  EXPECT_EQ(Conversation(linked, {}).Call({"finance"}),
            Conversation(attribute, {}).Call({"finance"}));
}

}  // namespace
}  // namespace trunkline::tests
