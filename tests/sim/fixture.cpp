#include "tests/sim/fixture.h"

#include <cstdio>
#include <cstdlib>
#include <utility>

#include "base/json_read.h"
#include "base/json_write.h"

namespace trunkline::sim::tests {
namespace {

std::string ListOf(const std::vector<std::string>& items) {
  std::string list;
  for (const std::string& item : items) list += (list.empty() ? "" : ",") + item;
  return "[" + list + "]";
}

std::string FirstId(std::string_view actions) {
  const auto list = json::Parse("[" + std::string(actions) + "]");
  if (!list || list->AsArray().empty()) {
    std::fprintf(stderr, "actions of a test flow are not JSON: %s\n",
                 list ? "empty" : list.error().message().c_str());
    std::abort();
  }
  return std::string(list->AsArray().front().AsObject().GetString("Identifier"));
}

std::string ConditionOf(const std::string& branch, const std::string& target) {
  const auto blank = branch.find(' ');
  return json::Write(json::Object{
      {"NextAction", target},
      {"Condition", json::Object{{"Operator", branch.substr(0, blank)},
                                 {"Operands", json::Array{branch.substr(blank + 1)}}}}});
}

}  // namespace

FlowResource MakeFlow(std::string name, std::string type, std::string_view actions) {
  const std::string text = R"({"Version":"2019-10-30","StartAction":)" +
                           json::Quote(FirstId(actions)) + R"(,"Actions":[)" +
                           std::string(actions) + "]}";
  flow::Parsed parsed = flow::Parse(text, name + ".json");
  if (!parsed.document) std::abort();
  FlowResource resource{
      .id = name,
      .arn = "arn:aws:connect:eu-central-1:123456789012:instance/i/contact-flow/" + name,
      .name = name,
      .type = std::move(type)};
  resource.document = std::make_shared<const flow::Document>(std::move(*parsed.document));
  return resource;
}

std::string Action(std::string_view id, std::string_view type, std::string_view parameters,
                   const std::vector<std::pair<std::string, std::string>>& branches) {
  std::string next;
  std::vector<std::string> errors;
  std::vector<std::string> conditions;
  for (const auto& [branch, target] : branches) {
    if (branch == "next") {
      next = R"("NextAction":)" + json::Quote(target) + ",";
    } else if (branch.starts_with("Error:")) {
      errors.push_back(
          json::Write(json::Object{{"NextAction", target}, {"ErrorType", branch.substr(6)}}));
    } else {
      conditions.push_back(ConditionOf(branch, target));
    }
  }
  return R"({"Identifier":)" + json::Quote(id) + R"(,"Type":)" + json::Quote(type) +
         R"(,"Parameters":)" + std::string(parameters) + R"(,"Transitions":{)" + next +
         R"("Errors":)" + ListOf(errors) + R"(,"Conditions":)" + ListOf(conditions) + "}}";
}

World SmallWorld() {
  World world{.instance_arn = "arn:aws:connect:eu-central-1:123456789012:instance/i",
              .region = "eu-central-1",
              .account = "123456789012"};
  world.queues = {
      {.id = "q-sales",
       .arn = "arn:queue/sales",
       .name = "Sales",
       .hours_id = "h-always",
       .outbound_caller_id = "+15550199"},
      {.id = "q-finance", .arn = "arn:queue/finance", .name = "Finance", .hours_id = "h-always"}};
  HoursOfOperation always{
      .id = "h-always", .arn = "arn:hours/always", .name = "Always", .time_zone = "UTC"};
  for (int day = 0; day < 7; ++day) always.slots.push_back({.day = static_cast<Day>(day)});
  world.hours = {always};
  world.prompts = {{.id = "p-welcome",
                    .arn = "arn:prompt/welcome",
                    .name = "Welcome",
                    .text = "Welcome to ACME."}};
  world.agents = {{.id = "a-ada",
                   .arn = "arn:agent/ada",
                   .user_name = "ada",
                   .first_name = "Ada",
                   .last_name = "Lovelace"}};
  return world;
}

TestCall::TestCall(World world, Call call)
    : contact_(std::make_shared<const World>(std::move(world)), [&] {
        if (call.flow.empty()) call.flow = "main";
        if (call.contact_id.empty()) call.contact_id = "contact-1";
        if (call.customer.address.empty()) call.customer.address = "+15550100";
        if (call.system.address.empty()) call.system.address = "+15550111";
        return std::move(call);
      }()) {}

std::vector<Effect> TestCall::Step(const Event& event) {
  std::vector<Effect> effects = contact_.Step(event);
  effects_.insert(effects_.end(), effects.begin(), effects.end());
  return effects;
}

std::vector<std::string> TestCall::Said() const {
  std::vector<std::string> said;
  for (const Effect& effect : effects_) {
    const auto* say = std::get_if<Say>(&effect.what);
    if (say == nullptr) continue;
    const std::string what = !say->text.empty()     ? say->text
                             : !say->prompt.empty() ? say->prompt
                                                    : say->media_uri;
    said.push_back(std::string(ToText(say->to)) + ": " + what);
  }
  return said;
}

std::vector<std::string> TestCall::Ran() const {
  std::vector<std::string> ran;
  for (const Effect& effect : effects_) {
    const auto* line = std::get_if<sim::Ran>(&effect.what);
    if (line != nullptr) ran.push_back(std::string(line->type) + " " + line->outcome);
  }
  return ran;
}

std::vector<std::string> TestCall::Warnings() const {
  std::vector<std::string> warnings;
  for (const Effect& effect : effects_) {
    if (const auto* warned = std::get_if<Warned>(&effect.what)) warnings.push_back(warned->text);
  }
  return warnings;
}

std::string TestCall::EndReason() const {
  const Ended* ended = Last<Ended>();
  return ended == nullptr ? "" : ended->why;
}

}  // namespace trunkline::sim::tests
