#include "tests/app/small_center.h"

#include <gmock/gmock.h>

#include "base/json_read.h"

namespace trunkline::app::tests {

std::string Flow(std::string_view actions, std::string_view before) {
  const std::string list =
      fmt::format(R"([{},{{"Identifier":"end","Type":"DisconnectParticipant","Parameters":{{}},)"
                  R"("Transitions":{{}}}}])",
                  actions);
  const std::string start(
      json::Parse(list).value().AsArray().front().AsObject().GetString("Identifier"));
  return fmt::format(R"({{"Version":"2019-10-30","StartAction":"{}",{}"Actions":{}}})", start,
                     before, list);
}

center::Center CenterOf(const std::string& flow, const std::string& name) {
  flow::Parsed parsed = flow::ParseContent(flow, "CONTACT_FLOW");
  EXPECT_TRUE(parsed.document.has_value());
  center::Center center;
  center.flows.push_back({.name = {name, {}},
                          .type = "CONTACT_FLOW",
                          .description = {},
                          .document = *parsed.document,
                          .settings = {},
                          .tags = {}});
  return center;
}

std::string CallAndSay(Stage stage, const std::vector<std::string>& words) {
  sim::Rehearsal rehearsal(
      std::make_shared<const sim::World>(std::move(stage.world)),
      {.flow = "Main", .customer = {"+15550100"}, .now = *ParseIso8601("2026-11-23T15:00:00Z")},
      std::move(stage.stand_ins));
  std::vector<sim::Event> script;
  for (const std::string& text : words) script.push_back(sim::CallerSaid{text});
  script.push_back(sim::CallerHungUp{});
  sim::PlayScript(rehearsal, script);
  return ToText(rehearsal.transcript());
}

}  // namespace trunkline::app::tests
