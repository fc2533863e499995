// trunkline call without a cloud: what it prints for the template, and what it says when it cannot.
#include <gmock/gmock.h>

#include "base/json_read.h"
#include "center/init.h"
#include "tests/cli/test_world.h"
#include "tests/support/shared_data.h"

namespace trunkline::cli {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using tests::DiffGolden;
using tests::TestWorld;

constexpr char kMain[] = "acme/amzconnect-contact-flows/lib/callflows/ACME_Main.json";
constexpr char kAda[] = R"(lambda:customer-lookup={"greeting": "Welcome back to ACME, Ada."})";

// In the folder above an ACME center.
class OfflineCalls : public testing::Test {
 protected:
  explicit OfflineCalls(std::vector<std::string> typed = {}) : world_({}, {}, std::move(typed)) {
    EXPECT_TRUE(center::WriteTemplate(world_.files(), "acme").ok());
  }

  int Call(std::vector<std::string> words) {
    words.insert(words.begin(), "call");
    return world_.Run(words);
  }
  // The command line, its exit code and what it printed.
  std::string Told(const std::vector<std::string>& words) {
    TestWorld fresh;
    EXPECT_TRUE(center::WriteTemplate(fresh.files(), "acme").ok());
    EXPECT_TRUE(fresh.files().Write("broken.json", "{\"Actions\": [").ok());
    EXPECT_TRUE(fresh.files().Write("list.json", "[1, 2]").ok());
    std::vector<std::string> all = words;
    all.insert(all.begin(), "call");
    std::string shown = "$ trunkline";
    for (const std::string& word : all) shown += " " + word;
    const int exit = fresh.Run(all);
    return fmt::format("{}\n{}{}exit {}\n\n", shown, fresh.out(), fresh.err(), exit);
  }

  TestWorld world_;
};

TEST_F(OfflineCalls, AFileOfTheTemplateIsCalledWithItsWholeCenter) {
  EXPECT_EQ(Call({"--flow", kMain, "--mock", kAda, "--say", "I need the sales department please"}),
            0);

  EXPECT_EQ("", DiffGolden("cli/call_sales.txt", world_.out()));
  EXPECT_EQ(world_.err(), "");
}

TEST_F(OfflineCalls, ANameIsTheSameAsTheFile) {
  EXPECT_EQ(Call({"--flow", "ACME_Main", "--folder", "acme", "--mock", kAda, "--say",
                  "I need the sales department please"}),
            0);

  EXPECT_EQ("", DiffGolden("cli/call_sales.txt", world_.out()));
}

TEST_F(OfflineCalls, WhatNothingAnsweredForIsToldAtTheEnd) {
  EXPECT_EQ(Call({"--flow", kMain, "--say", "finance"}), 0);

  EXPECT_THAT(world_.out(), HasSubstr("the function failed: nothing stands in for"));
  EXPECT_EQ(world_.err(),
            "note: nothing answered for 'lambda:customer-lookup': --mock "
            "'lambda:customer-lookup=...' does\n");
}

TEST_F(OfflineCalls, WordsThatWereNotSaidAreTold) {
  EXPECT_EQ(Call({"--flow", kMain, "--mock", kAda, "--mock", "hours:ACME_hours=closed", "--say",
                  "sales"}),
            0);

  EXPECT_THAT(world_.out(), HasSubstr("Our offices are closed"));
  EXPECT_EQ(world_.err(), "note: the contact ended before 'sales'\n");
}

TEST_F(OfflineCalls, TheTimeOfTheCallDecidesAboutTheHours) {
  const std::string hours = "acme/amzconnect-admin-objects/hours/ACME_hours.json";
  ASSERT_TRUE(
      world_.files()
          .Write(hours,
                 R"({"Name":"ACME_hours","TimeZone":"UTC","Config":[{"Day":"MONDAY",)"
                 R"("StartTime":{"Hours":9,"Minutes":0},"EndTime":{"Hours":17,"Minutes":0}}]})")
          .ok());

  Call({"--flow", kMain, "--say", "sales", "--at", "2026-11-23T16:59:00Z"});
  EXPECT_THAT(world_.out(), Not(HasSubstr("closed")));
  Call({"--flow", kMain, "--say", "sales", "--at", "2026-11-23T17:00:00Z"});
  EXPECT_THAT(world_.out(), HasSubstr("Our offices are closed"));
}

TEST_F(OfflineCalls, AreJsonIfAskedFor) {
  EXPECT_EQ(Call({"--flow", kMain, "--mock", kAda, "--say", "sales", "--json", "--env", "prod",
                  "--attribute", "tier=gold"}),
            0);

  const json::Value read = json::Parse(world_.out()).value();
  const json::Object& call = read.AsObject();
  EXPECT_EQ(call.GetString("queue"), "ACME_Sales");
  EXPECT_EQ(call.GetString("intent"), "Sales");
  EXPECT_EQ(call.GetString("account"), "333333333333");
  EXPECT_EQ(call.GetString("end"), "the caller hung up");
  EXPECT_EQ(call.GetObject("attributes").GetString("tier"), "gold");
  EXPECT_TRUE(call.GetBool("ended"));
  EXPECT_EQ(call.GetArray("lines").front().AsObject().GetString("Text"), "the call begins");
}

TEST_F(OfflineCalls, AModuleCanBeCalledByItself) {
  EXPECT_EQ(Call({"--flow", "acme/amzconnect-admin-objects/flow-modules/ACME_business_hours.json",
                  "--press", "1", "--json"}),
            0);

  const json::Value read = json::Parse(world_.out()).value();
  EXPECT_EQ(read.AsObject().GetObject("attributes").GetString("acme_open"), "true");
}

TEST_F(OfflineCalls, WithoutAnAgentTheCallerStaysInTheQueue) {
  EXPECT_EQ(Call({"--flow", kMain, "--say", "sales", "--unanswered"}), 0);

  EXPECT_THAT(world_.out(), HasSubstr("the caller waits in queue ACME_Sales"));
  EXPECT_THAT(world_.out(), Not(HasSubstr("accepts the call")));
}

class TypedOfflineCalls : public OfflineCalls {
 protected:
  TypedOfflineCalls() : OfflineCalls({"the moon", "", "1", "finance", "", "hangup"}) {}
};

TEST_F(TypedOfflineCalls, TakeWordsKeysAndSilence) {
  EXPECT_EQ(Call({"--flow", kMain, "--mock", kAda}), 0);

  EXPECT_EQ("", DiffGolden("cli/call_typed.txt", world_.out() + world_.err()));
}

TEST_F(OfflineCalls, SayWhatIsWrong) {
  std::string told;
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
           {},
           {"+15550100", "--flow", "ACME_Main"},
           {"+15550100", "--mock", "lambda:x={}"},
           {"--flow", "ACME_Main", "--region", "us-east-1"},
           {"--flow", "missing.json"},
           {"--flow", "list.json"},
           {"--flow", "broken.json"},
           {"--flow", "acme/trunkline.json"},
           {"--flow", "ACME_Mian", "--folder", "acme"},
           {"--flow", "ACME_Main", "--folder", "nowhere"},
           {"--flow", "ACME_Main"},
           {"--flow", kMain, "--env", "produ"},
           {"--flow", kMain, "--at", "tomorrow"},
           {"--flow", kMain, "--seed", "many"},
           {"--flow", kMain, "--attribute", "gold"},
           {"--flow", kMain, "--mock", "customer-lookup"},
           {"--flow", kMain, "--mock", "lambda:costumer-lookup={}"},
           {"--flow", kMain, "--mock", "lambda:customer-lookup={\"a\""},
           {"--flow", kMain, "--mock", "lambda:customer-lookup=@gone.json"},
           {"--flow", kMain, "--mock", "bot:ACME_lexbot=Sale"},
           {"--flow", kMain, "--mock", "hours:ACME_hours=shut"}}) {
    told += Told(words);
  }

  EXPECT_EQ("", DiffGolden("cli/call_messages.txt", told));
}

}  // namespace
}  // namespace trunkline::cli
