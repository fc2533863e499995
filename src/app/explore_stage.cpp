#include "app/explore_stage.h"

#include <algorithm>

#include "app/flow_source.h"
#include "app/run_tests.h"
#include "base/json_write.h"
#include "base/text.h"
#include "center/load.h"
#include "flow/symbols.h"
#include "sim/testing/match.h"

namespace trunkline::app {
namespace {

constexpr char kQueue[] = "BasicQueue";  // every instance has it

json::Object ActionTo(std::string_view id, std::string_view type, json::Object parameters,
                      std::string_view next) {
  json::Array errors{json::Object{{"ErrorType", "NoMatchingError"}, {"NextAction", "end"}}};
  if (type == "TransferContactToQueue")
    errors.emplace_back(json::Object{{"ErrorType", "QueueAtCapacity"}, {"NextAction", "end"}});
  return {{"Identifier", id},
          {"Type", type},
          {"Parameters", std::move(parameters)},
          {"Transitions", json::Object{{"NextAction", next}, {"Errors", std::move(errors)}}}};
}

// A customer queue flow is heard in a queue: a flow that does nothing but put callers there.
center::Flow QueueFor(const std::string& flow) {
  json::Array actions{
      ActionTo("hook", "UpdateContactEventHooks",
               {{"EventHooks", json::Object{{"CustomerQueue",
                                             flow::WriteSymbol(flow::ResourceKind::kFlow, flow)}}}},
               "queue"),
      ActionTo("queue", "UpdateContactTargetQueue",
               {{"QueueId", flow::WriteSymbol(flow::ResourceKind::kQueue, kQueue)}}, "say"),
      ActionTo("say", "MessageParticipant", {{"Text", "One moment, please."}}, "transfer"),
      ActionTo("transfer", "TransferContactToQueue", {}, "end"),
      json::Object{{"Identifier", "end"},
                   {"Type", "DisconnectParticipant"},
                   {"Parameters", json::Object()},
                   {"Transitions", json::Object()}}};
  const json::Object content = {
      {"Version", "2019-10-30"}, {"StartAction", "hook"}, {"Actions", std::move(actions)}};
  flow::Parsed parsed = flow::ParseContent(json::Write(content), "CONTACT_FLOW");
  center::Flow made{.name = {fmt::format("queue of {}", flow), {}}, .type = "CONTACT_FLOW"};
  made.document = std::move(parsed.document).value();
  return made;
}

// The module that a flow without a file was made to invoke (app/flow_source.h).
std::string ModuleOf(const center::Flow& made) {
  const std::string_view symbol =
      made.document.actions.front().parameters.GetString("FlowModuleId");
  const std::vector<flow::SymbolPiece> pieces = flow::ScanSymbols(symbol);
  return pieces.empty() ? *made.name : pieces.front().name;
}

const center::Flow* FindFlow(const center::Center& center, const std::string& name) {
  const auto found = std::ranges::find_if(
      center.flows, [&](const center::Flow& one) { return *one.name == name; });
  return found == center.flows.end() ? nullptr : &*found;
}

Result<StagePlace> PlaceIn(const center::Center& center, const std::string& environment) {
  if (!environment.empty()) {
    TL_TRY(const center::Environment* found, center::SelectEnvironment(center, environment));
    return PlaceOf(*found);
  }
  return center.environments.empty() ? StagePlace{} : PlaceOf(center.environments.front());
}

std::set<std::string> UnknownFlows(const Stage& stage) {
  std::set<std::string> unknown;
  for (const Placeholder& one : stage.placeholders) {
    if (one.kind != flow::ResourceKind::kFlow) continue;
    for (const sim::FlowResource& flow : stage.world.flows) {
      if (flow.name == one.name) unknown.insert(flow.id);
    }
  }
  return unknown;
}

// A misspelt queue would never be reached, and all would seem well.
Result<void> CheckQueues(const std::vector<std::string>& queues, const sim::World& world) {
  std::vector<std::string> names;
  for (const sim::Queue& queue : world.queues) names.push_back(queue.name);
  for (const std::string& queue : queues) {
    const std::string name = sim::WithoutSymbol(queue);
    if (world.FindQueue(name) != nullptr) continue;
    const auto nearest = Nearest(name, names);
    return Error(ErrorKind::kNotFound,
                 "'sensitiveQueues' of trunkline.json names queue '{}', which the center does not "
                 "have{}",
                 name, nearest ? fmt::format(": did you mean '{}'?", *nearest) : std::string());
  }
  return {};
}

sim::ExploreOrder OrderOf(const Stage& stage, const ExploreArgs& args, const ExploreStage& made,
                          const std::string& type) {
  sim::ExploreOrder order{.bounds = args.bounds};
  order.call = {
      .flow = made.flow, .channel = args.channel, .now = kTestTime, .attributes = args.attributes};
  order.call.customer.address = "+15550100";
  if (made.flow != made.explored) order.made = made.flow;
  order.unknown = UnknownFlows(stage);
  const center::ExploreSettings& settings = made.center.settings.explore;
  order.sensitive = {.queues = settings.sensitive_queues,
                     .attributes = settings.attributes,
                     .blocks = {settings.blocks.begin(), settings.blocks.end()}};
  order.whispers =
      type.ends_with("WHISPER") || type.ends_with("HOLD") || type.ends_with("TRANSFER");
  return order;
}

}  // namespace

Result<ExploreStage> SetExploreStage(Files& files, const ExploreArgs& args, const std::string& flow,
                                     Findings& findings) {
  TL_TRY(FlowSource source, FindFlowSource(files, flow, args.folder, findings));
  ExploreStage made{
      .center = std::move(source.center), .flow = source.flow, .explored = source.flow};
  const center::Flow* entered = FindFlow(made.center, made.flow);
  if (entered != nullptr && entered->document.file.empty()) made.explored = ModuleOf(*entered);
  const std::string type = entered == nullptr ? std::string() : entered->type;
  if (type == "CUSTOMER_QUEUE") {
    center::Flow queue = QueueFor(made.flow);
    made.flow = *queue.name;
    made.center.flows.push_back(std::move(queue));
  }
  TL_TRY(const StagePlace place, PlaceIn(made.center, args.environment));
  Stage stage = SetStage(made.center, place, source.alone);
  if (HasErrors(stage.findings)) {
    findings.insert(findings.end(), stage.findings.begin(), stage.findings.end());
    return Error(ErrorKind::kInvalid, "flow '{}' cannot be explored", source.flow);
  }
  TL_DO(CheckQueues(made.center.settings.explore.sensitive_queues, stage.world));
  made.order = OrderOf(stage, args, made, type);
  stage.world.answering.mode = sim::Answering::Mode::kHost;
  made.world = std::make_shared<const sim::World>(std::move(stage.world));
  made.stand_ins = std::move(stage.stand_ins);
  return made;
}

}  // namespace trunkline::app
