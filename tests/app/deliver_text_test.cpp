// What plan and apply print, as golden files: tests/golden/app.
#include "app/deliver_text.h"

#include <gmock/gmock.h>

#include "base/json_write.h"
#include "tests/support/shared_data.h"

namespace trunkline::app {
namespace {

using tests::DiffGolden;

deploy::Change Create(std::string_view kind, std::string_view name) {
  return {.kind = std::string(kind), .name = std::string(name)};
}

deploy::Change Update(std::string_view kind, std::string_view name, std::string_view why) {
  return {.kind = std::string(kind),
          .name = std::string(name),
          .action = deploy::Action::kUpdate,
          .why = std::string(why)};
}

deploy::Change Stub(std::string_view name) {
  deploy::Change stub = Create("flow stub", name);
  stub.internal = true;
  return stub;
}

RegionReport Region(std::string_view name, std::vector<deploy::Change> changes,
                    std::size_t unchanged) {
  RegionReport region;
  region.region = name;
  region.plan.changes = std::move(changes);
  region.plan.unchanged = unchanged;
  region.duration = Milliseconds(2340);
  return region;
}

DeliverReport Report(std::vector<RegionReport> regions, bool plan_only = false) {
  DeliverReport report;
  report.environment = "dev";
  report.account = "111122223333";
  report.regions = std::move(regions);
  report.regions.front().primary = true;
  report.plan_only = plan_only;
  return report;
}

std::string Both(const DeliverReport& report) {
  return ToText(report) + "\n" + json::WritePretty(json::Value(ToJson(report)));
}

TEST(DeliverText, OfAPlanListsWhatWouldChangeButNoInnerSteps) {
  const DeliverReport report =
      Report({Region("eu-central-1",
                     {Create("queue", "Sales"), Stub("Main"),
                      Update("flow", "Main", "was changed since it was delivered")},
                     12)},
             true);

  EXPECT_EQ("", DiffGolden("app/plan.txt", Both(report)));
}

TEST(DeliverText, OfAPlanSaysHowCallersComeToAFunctionAndHowLongItTakes) {
  deploy::Change shifted = Update("function", "lookup", "differs");
  shifted.shift = "10 % for 5 min, then all";
  shifted.takes = Milliseconds(300'000);
  deploy::Change first = Create("function", "hook");
  first.shift = "all at once, as there are none yet";

  EXPECT_EQ("", DiffGolden("app/plan_shift.txt",
                           Both(Report({Region("eu-central-1", {first, shifted}, 1)}, true))));
}

TEST(DeliverText, OfAPlanWithOneChangeIsInTheSingular) {
  const DeliverReport report =
      Report({Region("eu-central-1", {Create("queue", "Sales")}, 1)}, true);

  EXPECT_EQ(ToText(report),
            "eu-central-1: 1 resource would change, 1 is as wanted\n"
            "  + create queue 'Sales'\n");
}

TEST(DeliverText, OfAPlanWithoutChangesSaysSo) {
  EXPECT_EQ(ToText(Report({Region("eu-central-1", {}, 1)}, true)),
            "eu-central-1: nothing to change, 1 resource is as wanted\n");
  EXPECT_EQ(ToText(Report({Region("eu-central-1", {}, 12)}, true)),
            "eu-central-1: nothing to change, 12 resources are as wanted\n");
}

TEST(DeliverText, OfAnApplyCountsWhatChangedInEveryRegion) {
  RegionReport first = Region("eu-central-1", {Stub("Main"), Create("flow", "Main")}, 3);
  first.applied.emplace();
  first.applied->done = first.plan.changes;
  RegionReport second = Region("eu-west-1", {}, 4);
  second.applied.emplace();

  EXPECT_EQ("", DiffGolden("app/applied.txt", Both(Report({first, second}))));
}

TEST(DeliverText, OfAFailedApplySaysWhatFailedAndWhatWasNotTried) {
  RegionReport region = Region(
      "eu-central-1",
      {Create("queue", "Sales"), Create("queue", "Support"), Stub("Main"), Create("flow", "Main")},
      3);
  region.applied.emplace();
  region.applied->done = {region.plan.changes[0]};
  region.applied->failed.push_back(
      {region.plan.changes[1], Error(ErrorKind::kInvalid, "too many queues")});
  region.applied->blocked = {region.plan.changes[2], region.plan.changes[3]};
  DeliverReport report = Report({region});
  report.not_tried = {"eu-west-1"};

  EXPECT_FALSE(report.ok());
  EXPECT_EQ("", DiffGolden("app/failed.txt", Both(report)));
}

TEST(DeliverText, OfAStoppedApplySaysHowToGoOn) {
  RegionReport region =
      Region("eu-central-1", {Create("queue", "Sales"), Create("queue", "Support")}, 0);
  region.applied.emplace();
  region.applied->done = {region.plan.changes[0]};
  region.applied->blocked = {region.plan.changes[1]};
  region.applied->stopped = true;

  EXPECT_EQ("", DiffGolden("app/stopped.txt", Both(Report({region}))));
}

TEST(DeliverText, OfAnApplyThatWasRolledBackSaysWhatIsAsItWas) {
  RegionReport region =
      Region("eu-central-1", {Update("flow", "Main", "differs"), Create("flow", "New")}, 3);
  region.applied.emplace();
  region.applied->failed.push_back(
      {region.plan.changes[1], Error(ErrorKind::kInvalid, "too many flows")});
  region.applied->rolled_back = true;
  region.applied->restored = {region.plan.changes[0]};
  region.applied->not_restored.push_back(
      {region.plan.changes[1], Error(ErrorKind::kThrottled, "slow down")});

  EXPECT_EQ("", DiffGolden("app/rolled_back.txt", Both(Report({region}))));
}

TEST(DeliverText, OfAPlanThatPrunesNamesWhatIsSetAside) {
  deploy::Change gone = Update("flow", "Old", "is in the monorepo no more");
  gone.action = deploy::Action::kSetAside;
  gone.other_name = "z_Old";

  EXPECT_EQ(ToText(Report({Region("eu-central-1", {gone}, 1)}, true)),
            "eu-central-1: 1 resource would change, 1 is as wanted\n"
            "  - set aside flow 'Old' as 'z_Old' (is in the monorepo no more)\n");
}

TEST(DeliverText, HoldsTheErrorOfARegionAndTheFindingsInItsJson) {
  RegionReport region = Region("eu-central-1", {}, 0);
  region.error = Error(ErrorKind::kDenied, "not allowed");
  DeliverReport report = Report({region});
  report.findings.push_back({.severity = Severity::kWarning,
                             .code = "TL-C001",
                             .message = "queue 'Sales' is never used",
                             .hint = {},
                             .place = {.file = "queues.json", .line = 3, .column = 5}});

  EXPECT_FALSE(report.ok());
  EXPECT_EQ("", DiffGolden("app/error.txt", Both(report)));
}

TEST(DeliverText, HoldsWhatKeptAPlanFromBeingAppliedInItsJson) {
  RegionReport region = Region("eu-central-1", {Create("queue", "Sales")}, 0);
  region.plan.findings.push_back({.code = "TL-D003",
                                  .message = "instance 'acme-dev-eu-central-1' is not there yet",
                                  .hint = {},
                                  .place = {.file = "configuration.json", .line = 2}});
  const DeliverReport report = Report({region});

  EXPECT_FALSE(report.ok());
  EXPECT_EQ("", DiffGolden("app/refused.txt", Both(report)));
}

TEST(DeliverText, NamesAChangeWithItsReason) {
  EXPECT_EQ(ToText(Create("queue", "Sales")), "create queue 'Sales'");
  EXPECT_EQ(ToText(Update("flow", "Main", "differs")), "update flow 'Main' (differs)");
  EXPECT_EQ(ToText(Update("flow", "Main", "")), "update flow 'Main'");
}

TEST(DeliverSummary, NamesTheFirstChangesAndCountsTheOthers) {
  std::vector<deploy::Change> changes;
  for (int i = 0; i < 7; ++i) changes.push_back(Create("queue", fmt::format("Q{}", i)));
  changes.push_back(Stub("Main"));

  const DeliverReport report =
      Report({Region("us-east-1", changes, 3), Region("us-west-2", {}, 9)}, true);

  EXPECT_EQ(
      ToSummary(report),
      "us-east-1: create queue 'Q0', create queue 'Q1', create queue 'Q2', create queue 'Q3', "
      "create queue 'Q4' and 2 more; us-west-2: nothing to change");
}

TEST(DeliverSummary, SaysWhatCannotBeDeliveredYet) {
  DeliverReport report = Report({Region("us-east-1", {}, 0)}, true);
  report.regions[0].plan.findings.push_back({.message = "flow 'A' needs queue 'Sales'"});
  report.not_tried = {"us-west-2"};

  EXPECT_EQ(ToSummary(report),
            "us-east-1: cannot be planned yet: flow 'A' needs queue 'Sales'; what other pipelines "
            "bring is waited for before it is delivered; us-west-2: not planned, because the "
            "primary Region did not succeed");
}

TEST(DeliverSummary, IsOneLineThatAnApprovalTakes) {
  const std::string name(200, 'x');
  const DeliverReport report =
      Report({Region("us-east-1",
                     {Create("queue", name), Create("queue", name), Create("queue", name)}, 0)},
             true);

  EXPECT_EQ(ToSummary(report).size(), 600U);
  EXPECT_TRUE(ToSummary(report).ends_with("..."));
}

}  // namespace
}  // namespace trunkline::app
