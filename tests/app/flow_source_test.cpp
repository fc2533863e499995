// Where a called flow comes from.
#include "app/flow_source.h"

#include <gmock/gmock.h>

#include "center/init.h"
#include "tests/app/small_center.h"

namespace trunkline::app {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;
using tests::Flow;

constexpr std::string_view kSay =
    R"({"Identifier":"hi","Type":"MessageParticipant","Parameters":{"Text":"Hi."},
        "Transitions":{"NextAction":"end"}})";

class FindFlow : public testing::Test {
 protected:
  FindFlow() { EXPECT_TRUE(center::WriteTemplate(files_, "acme").ok()); }

  Result<FlowSource> Find(const std::string& flow, const std::string& folder = "") {
    return FindFlowSource(files_, flow, folder, findings_);
  }
  std::string MessageOf(const std::string& flow, const std::string& folder = "") {
    const auto found = Find(flow, folder);
    return found ? "no error" : found.error().message();
  }

  MemoryFiles files_;
  Findings findings_;
};

TEST_F(FindFlow, AFileOfAMonorepoBringsItsCenter) {
  const auto found =
      Find("acme/amzconnect-contact-flows/lib/callflows/../callflows/ACME_Main.json");

  ASSERT_TRUE(found.ok());
  EXPECT_EQ(found->flow, "ACME_Main");
  EXPECT_FALSE(found->alone);
  EXPECT_THAT(found->center.flows, SizeIs(7));
  EXPECT_THAT(found->center.bots, SizeIs(1));
}

TEST_F(FindFlow, ADraftBelowTheMonorepoTakesThePlaceOfItsName) {
  ASSERT_TRUE(files_
                  .Write("acme/drafts/try.json",
                         fmt::format(R"({{"Name":"ACME_Main","ContactFlowType":"CONTACT_FLOW",)"
                                     R"("Content":{}}})",
                                     Flow(kSay)))
                  .ok());

  const auto found = Find("acme/drafts/try.json");

  ASSERT_TRUE(found.ok());
  EXPECT_THAT(found->center.flows, SizeIs(7));
  EXPECT_EQ(found->center.flows.back().document.file, "acme/drafts/try.json");
}

TEST_F(FindFlow, AFileAloneIsACenterOfItsOwn) {
  ASSERT_TRUE(files_.Write("elsewhere/hello.json", Flow(kSay)).ok());

  const auto found = Find("elsewhere/hello.json");

  ASSERT_TRUE(found.ok());
  EXPECT_TRUE(found->alone);
  EXPECT_EQ(found->flow, "hello");
  EXPECT_EQ(found->center.flows.at(0).type, "CONTACT_FLOW");
}

TEST_F(FindFlow, AModuleIsCalledByAFlowMadeForIt) {
  const auto found = Find("acme/amzconnect-admin-objects/flow-modules/ACME_business_hours.json");

  ASSERT_TRUE(found.ok());
  EXPECT_EQ(found->flow, "call of module ACME_business_hours");
  EXPECT_THAT(found->center.modules, SizeIs(1));
  const flow::Document& caller = found->center.flows.back().document;
  EXPECT_EQ(caller.actions.at(0).parameters.GetString("FlowModuleId"),
            "${module:ACME_business_hours}");
}

TEST_F(FindFlow, ANameIsLookedUpInTheFolder) {
  const auto found = Find("ACME_Main", "acme");

  ASSERT_TRUE(found.ok());
  EXPECT_EQ(found->flow, "ACME_Main");
}

TEST_F(FindFlow, WhatIsNotThereIsSaid) {
  EXPECT_EQ(MessageOf("acme/Main.json"), "there is no file 'acme/Main.json'");
  EXPECT_EQ(MessageOf("ACME_Mian", "acme"),
            "the center in 'acme' has no flow 'ACME_Mian', did you mean 'ACME_Main'?");
  EXPECT_EQ(MessageOf("ACME_Main", "nowhere"), "there is no folder 'nowhere'");
  EXPECT_EQ(MessageOf("ACME_Main"),
            "there is no file 'ACME_Main', and no monorepo here that could have a flow "
            "'ACME_Main': say where with --folder, or with --instance call the embedded cloud");
}

TEST_F(FindFlow, WhatIsNoFlowIsRefused) {
  ASSERT_TRUE(files_.Write("notes/list.json", R"({"Actions": []})").ok());
  EXPECT_EQ(MessageOf("notes/list.json"),
            "'notes/list.json' is no flow: expected an object with 'Actions', or with 'Content'");
}

TEST_F(FindFlow, ACenterThatCannotBeReadGivesItsFindings) {
  ASSERT_TRUE(files_.Write("acme/trunkline.json", "{").ok());

  EXPECT_EQ(MessageOf("ACME_Main", "acme"), "the center in 'acme' cannot be read");
  EXPECT_THAT(findings_, Not(IsEmpty()));
}

}  // namespace
}  // namespace trunkline::app
